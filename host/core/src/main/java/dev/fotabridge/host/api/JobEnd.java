package dev.fotabridge.host.api;

import static dev.fotabridge.host.api.AwsFotaConfig.require;

/**
 * How an execution ended, for AWS. Texts are empty where nothing is known.
 * Tested by AwsFotaArgumentsTest.
 *
 * @param execution which one
 * @param intended final state that it is to get: SUCCEEDED, FAILED or REJECTED
 * @param reason why it ended; told in the statusDetails
 * @param message one sentence; of paths in it AWS is told the last name only
 * @param from version that ran before
 * @param to version of the new image
 * @param imageHash MCUboot's hash of the new image, 64 hex digits
 * @param seconds duration of the work; 0 or less if not known
 */
public record JobEnd(
        ExecutionKey execution,
        AtAws intended,
        Reason reason,
        String message,
        String from,
        String to,
        String imageHash,
        double seconds) {
    /**
     * Checks the final state.
     *
     * @param execution which one
     * @param intended any but NOTHING; else {@link IllegalArgumentException}
     * @param reason why it ended
     * @param message one sentence
     * @param from version that ran before
     * @param to version of the new image
     * @param imageHash 64 hex digits
     * @param seconds duration of the work
     */
    public JobEnd {
        require(intended != null && intended != AtAws.NOTHING, "intended must be SUCCEEDED, FAILED or REJECTED");
    }
}
