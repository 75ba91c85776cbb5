package dev.fotabridge.junit;

import java.time.Duration;
import java.util.Locale;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * The time that a test has for its boards, or a claim to make one ready; every wait of the test ends at its deadline, whatever else it is given. The clock stands
 * while a board is waited for or updated, which have time limits of their own. Thread-safe. Tested by TimeBudgetTest.
 */
final class TimeBudget {
    private final Duration total;
    private final String what;
    private final LongSupplier nanos;
    private long deadline;
    private long stoodSince;
    private int standing;

    /**
     * @param what whose time it is, and the parameter that sets it
     * @param nanos a monotonic clock
     */
    private TimeBudget(Duration total, String what, LongSupplier nanos) {
        this.total = total;
        this.what = what;
        this.nanos = nanos;
        this.deadline = nanos.getAsLong() + total.toNanos();
    }

    static TimeBudget ofTest(Duration total, LongSupplier nanos) {
        return new TimeBudget(total, "the test (fotabridge.rig.test-timeout)", nanos);
    }

    static TimeBudget ofClaim(Duration total, LongSupplier nanos) {
        return new TimeBudget(total, "the claim (fotabridge.rig.claim-timeout)", nanos);
    }

    /**
     * How long a wait may take.
     *
     * @param time not negative
     * @param sentence which deadline that is, for a failure
     */
    record Limit(Duration time, String sentence) {}

    synchronized Duration left() {
        long now = standing > 0 ? stoodSince : nanos.getAsLong();
        return Duration.ofNanos(Math.max(0, deadline - now));
    }

    /** Returns the shorter of what a wait asks for and what is left. */
    Limit limit(Duration own) {
        Duration left = left();
        return own.compareTo(left) < 0
                ? new Limit(own, seconds(own) + " for this wait, and then " + seconds(left.minus(own)) + " are left")
                : new Limit(left, seconds(total) + " of " + what);
    }

    /** Returns how much is left, for people. */
    String sentence() {
        return seconds(left()) + " are left of the " + seconds(total) + " of " + what;
    }

    /** The clock stands while this is done. */
    <T> T standing(Supplier<T> work) {
        stand();
        try {
            return work.get();
        } finally {
            goOn();
        }
    }

    private synchronized void stand() {
        if (standing++ == 0) {
            stoodSince = nanos.getAsLong();
        }
    }

    private synchronized void goOn() {
        if (--standing == 0) {
            deadline += nanos.getAsLong() - stoodSince;
        }
    }

    /** Returns a time as people read it: {@code 90 s}, {@code 1.5 s}. */
    static String seconds(Duration time) {
        long millis = time.toMillis();
        return millis % 1000 == 0 ? millis / 1000 + " s" : String.format(Locale.ROOT, "%.1f s", millis / 1000.0);
    }
}
