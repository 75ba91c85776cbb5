package dev.fotabridge.protocol.session;

import dev.fotabridge.protocol.rate.RateControl;
import dev.fotabridge.protocol.time.Deadline;
import java.util.Arrays;

/**
 * The session's time and its timers; SPEC.md section 8. Time moves only when the driver says so.
 * Tested by HostSessionTest.
 */
final class Timers {
    /** In the order in which they are served when several are due. */
    enum Timer {
        /** Send HELLO again. */
        HELLO,
        /** No WELCOME within {@link SessionConfig#connectLimitNanos}. */
        CONNECT_LIMIT,
        /** Nothing was heard for {@link SessionConfig#silenceLimitNanos}. */
        SILENCE,
        /** The board answers, but what it was asked for makes no progress. */
        WORK_LIMIT,
        /** Nothing was heard for one time-out although something is outstanding. */
        ANSWER,
        /** The deadline of {@link RateControl}. */
        RATE,
        /** Nothing was sent for a while. */
        KEEP_ALIVE,
        /** Ask the modem again whether its erase is over. */
        MODEM_POLL,
        /** Console text without a line end waits. */
        TEXT
    }

    private static final long KEEP_ALIVE = 1_000_000_000L;

    private final long[] at = new long[Timer.values().length];
    private long now;

    Timers(long nowNanos) {
        now = nowNanos;
        clear();
    }

    /** The time of the driver's latest call. */
    long now() {
        return now;
    }

    void advance(long nowNanos) {
        now = nowNanos;
    }

    void arm(Timer timer, long atNanos) {
        at[timer.ordinal()] = atNanos;
    }

    /** @param limitNanos from now on; {@link Deadline#NEVER} cancels the timer */
    void armAfter(Timer timer, long limitNanos) {
        arm(timer, Deadline.after(now, limitNanos));
    }

    /** Sets the timer KEEP_ALIVE, one second from now. */
    void keepAlive() {
        armAfter(Timer.KEEP_ALIVE, KEEP_ALIVE);
    }

    void cancel(Timer timer) {
        at[timer.ordinal()] = Deadline.NEVER;
    }

    boolean isArmed(Timer timer) {
        return at[timer.ordinal()] != Deadline.NEVER;
    }

    /** Returns whether the timer is due. A due timer is cancelled. */
    boolean expire(Timer timer) {
        boolean due = isArmed(timer) && at[timer.ordinal()] <= now;
        if (due) {
            cancel(timer);
        }
        return due;
    }

    void clear() {
        Arrays.fill(at, Deadline.NEVER);
    }

    long earliest() {
        return Arrays.stream(at).min().getAsLong();
    }
}
