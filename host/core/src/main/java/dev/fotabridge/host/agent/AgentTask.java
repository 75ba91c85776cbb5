package dev.fotabridge.host.agent;

import dev.fotabridge.host.api.ThingJobs.Until;

/**
 * Whose jobs an agent works on.
 *
 * @param thing 1 to 128 letters, digits, colon, underscore and hyphen
 * @param cloud the endpoint, for people
 */
public record AgentTask(String thing, String cloud, Until until) {
    /** Whether to end after one job. */
    boolean once() {
        return until == Until.ONE_JOB;
    }
}
