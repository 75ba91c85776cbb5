package dev.fotabridge.protocol.session;

import dev.fotabridge.protocol.rate.RateControl;
import dev.fotabridge.protocol.time.Deadline;
import java.util.Arrays;

/** Every timer of a session; SPEC.md section 8. Values, advanced by the session. */
final class Timers {
    /** In the order in which they are served when several are due. */
    enum Timer {
        /** HELLO is sent again. */
        HELLO,
        /** No WELCOME: the driver's patience ends. */
        CONNECT_LIMIT,
        /** Nothing was heard for the silence limit. */
        SILENCE,
        /** The board answers, but what was asked does not come to an end. */
        WORK_LIMIT,
        /** Nothing was heard for one time-out although something is outstanding. */
        ANSWER,
        /** The deadline of {@link RateControl}. */
        RATE,
        /** Nothing was sent for a while. */
        KEEP_ALIVE,
        /** The modem is asked again whether its erase is over. */
        MODEM_POLL,
        /** Console text without a line end waits. */
        TEXT
    }

    private final long[] at = new long[Timer.values().length];

    Timers() {
        clear();
    }

    void arm(Timer timer, long atNanos) {
        at[timer.ordinal()] = atNanos;
    }

    /** Arms a timer that is a limit which may be {@link Deadline#NEVER}. */
    void armAfter(Timer timer, long nowNanos, long limitNanos) {
        arm(timer, Deadline.after(nowNanos, limitNanos));
    }

    void cancel(Timer timer) {
        at[timer.ordinal()] = Deadline.NEVER;
    }

    boolean isArmed(Timer timer) {
        return at[timer.ordinal()] != Deadline.NEVER;
    }

    /** True once: a due timer is cancelled. */
    boolean expire(Timer timer, long nowNanos) {
        boolean due = isArmed(timer) && at[timer.ordinal()] <= nowNanos;
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
