package dev.fotabridge.host.jobs;

/**
 * How an agent behaves.
 * Tested by JobsAgentTest.
 *
 * @param thingName 1 to 128 letters, digits, colon, underscore and hyphen
 * @param session names this run of the program: prefix of every clientToken and an entry of statusDetails, by which a
 *     second host on the same job is told from an own lost reply; 1 to 32 letters, digits and hyphens, random
 * @param stepTimeoutMinutes AWS ends the execution when no report comes for so long; 1 to 10 080
 * @param replyTimeoutNanos after which a request without a reply is repeated
 */
public record JobsAgentConfig(String thingName, String session, int stepTimeoutMinutes, long replyTimeoutNanos) {
    /** AWS's own device client waits 10 s for a reply. */
    public static final long DEFAULT_REPLY_TIMEOUT_NANOS = 10_000_000_000L;

    /** Long enough for the slowest phase, a modem's erase of minutes. */
    public static final int DEFAULT_STEP_TIMEOUT_MINUTES = 60;

    /** Rejects values outside their ranges. */
    public JobsAgentConfig {
        JobsTopics.requireThingName(thingName);
        if (!session.matches("[A-Za-z0-9-]{1,32}")) {
            throw new IllegalArgumentException("a session is 1 to 32 letters, digits and hyphens");
        }
        if (stepTimeoutMinutes < 1 || stepTimeoutMinutes > 10_080 || replyTimeoutNanos <= 0) {
            throw new IllegalArgumentException("step timer or reply time-out out of range");
        }
    }

    /** With the default timers. */
    public static JobsAgentConfig of(String thingName, String session) {
        return new JobsAgentConfig(thingName, session, DEFAULT_STEP_TIMEOUT_MINUTES, DEFAULT_REPLY_TIMEOUT_NANOS);
    }
}
