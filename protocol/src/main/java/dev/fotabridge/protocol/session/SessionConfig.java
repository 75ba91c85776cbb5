package dev.fotabridge.protocol.session;

import dev.fotabridge.protocol.rate.LineRates;
import dev.fotabridge.protocol.time.Deadline;

/**
 * Limits and rates of a session. Times in nanoseconds.
 *
 * @param connectLimitNanos how long HELLO is repeated before the session fails; {@link Deadline#NEVER} for no limit
 * @param silenceLimitNanos how long the board may be silent before the link counts as lost; default 10 s
 * @param software the host's name and version, told to the board, ASCII, at most 32 characters
 * @param rates rates at which the session may use the line
 */
public record SessionConfig(long connectLimitNanos, long silenceLimitNanos, String software, LineRates rates) {
    /** Returns limits of ten seconds, and a line whose rate is fixed. */
    public static SessionConfig defaults(String software) {
        return new SessionConfig(10_000_000_000L, 10_000_000_000L, software, LineRates.FIXED);
    }

    /** Returns a copy with other rates. */
    public SessionConfig withRates(LineRates other) {
        return new SessionConfig(connectLimitNanos, silenceLimitNanos, software, other);
    }
}
