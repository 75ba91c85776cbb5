package dev.fotabridge.protocol.session;

import dev.fotabridge.protocol.rate.LineRates;
import dev.fotabridge.protocol.time.Deadline;

/**
 * What a session may take. Times in nanoseconds.
 *
 * @param connectLimitNanos how long HELLO is repeated before the session fails; {@link Deadline#NEVER} for no limit
 * @param silenceLimitNanos how long nothing may be heard before the link counts as lost; default 10 s
 * @param software the host's name and version, told to the board, ASCII, at most 32 characters
 * @param rates what the session may do with the rate of the line
 */
public record SessionConfig(long connectLimitNanos, long silenceLimitNanos, String software, LineRates rates) {
    /** Ten seconds for both limits. */
    public static SessionConfig defaults(String software) {
        return new SessionConfig(10_000_000_000L, 10_000_000_000L, software, LineRates.FIXED);
    }

    /** The same on a line whose rate may change. */
    public SessionConfig withRates(LineRates other) {
        return new SessionConfig(connectLimitNanos, silenceLimitNanos, software, other);
    }
}
