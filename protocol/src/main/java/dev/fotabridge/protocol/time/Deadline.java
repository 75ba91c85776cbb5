package dev.fotabridge.protocol.time;

/** Times in nanoseconds on a clock that never goes back; {@link #NEVER} is one that is not reached. */
public final class Deadline {
    /** A deadline that is never reached. */
    public static final long NEVER = Long.MAX_VALUE;

    private Deadline() {}

    /** Returns the time {@code limitNanos} after {@code nowNanos}; {@link #NEVER} for a limit of {@link #NEVER}. */
    public static long after(long nowNanos, long limitNanos) {
        return limitNanos >= NEVER - nowNanos ? NEVER : nowNanos + limitNanos;
    }
}
