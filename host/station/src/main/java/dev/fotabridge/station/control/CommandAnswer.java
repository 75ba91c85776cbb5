package dev.fotabridge.station.control;

import java.util.Optional;

/**
 * What the station answers to a command.
 *
 * @param status HTTP status: 200, 202, 404, 409, 422, 423 or 503
 * @param code one word for programs, such as BUSY
 * @param message a sentence for people: what happened, and what to try
 * @param bay the bay that it is about; empty if it is about none
 * @param runId the run that it is about; empty if it is about none
 */
public record CommandAnswer(int status, String code, String message, Optional<Integer> bay, String runId) {
    /**
     * {@return an answer that is about no run}
     *
     * @param status HTTP status
     * @param code one word for programs
     * @param message a sentence for people
     */
    public static CommandAnswer of(int status, String code, String message) {
        return new CommandAnswer(status, code, message, Optional.empty(), "");
    }
}
