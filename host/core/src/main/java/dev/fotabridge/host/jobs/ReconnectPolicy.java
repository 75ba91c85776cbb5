package dev.fotabridge.host.jobs;

import java.util.random.RandomGenerator;

/**
 * When to try a connection again: exponential with full jitter, capped, one object for each client, so that boards neither
 * share a delay nor come back all at once. Not thread-safe.
 */
public final class ReconnectPolicy {
    private final RandomGenerator random;
    private final long firstNanos;
    private final long maxNanos;
    private int failureCount;

    /**
     * Sets the limits.
     *
     * @param firstNanos upper end of the first pause; also the least pause, since AWS takes one CONNECT a second from a
     *     client
     * @param maxNanos upper end of every pause
     */
    public ReconnectPolicy(RandomGenerator random, long firstNanos, long maxNanos) {
        if (firstNanos <= 0 || maxNanos < firstNanos) {
            throw new IllegalArgumentException("pauses must be positive and in order");
        }
        this.random = random;
        this.firstNanos = firstNanos;
        this.maxNanos = maxNanos;
    }

    /** From 1 s to at most 64 s. */
    public static ReconnectPolicy standard(RandomGenerator random) {
        return new ReconnectPolicy(random, 1_000_000_000L, 64_000_000_000L);
    }

    /** The next pause in nanoseconds, between first and max. */
    public long nextPause() {
        int doublings = Math.min(failureCount++, 30);
        long ceiling = Math.min(maxNanos, firstNanos * (1L << doublings));
        return ceiling <= firstNanos ? firstNanos : random.nextLong(firstNanos, ceiling + 1);
    }

    /** A connection has held: the next pause is the first one again. */
    public void succeeded() {
        failureCount = 0;
    }
}
