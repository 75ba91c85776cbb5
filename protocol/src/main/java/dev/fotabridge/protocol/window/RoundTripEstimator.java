package dev.fotabridge.protocol.window;

/** How long an answer takes, smoothed as RFC 6298 section 2 does. Nanoseconds. Tested by WindowTest. */
public final class RoundTripEstimator {
    private static final long BEFORE_FIRST_SAMPLE = 300_000_000L;
    private static final long MARGIN = 20_000_000L;
    private static final long LIMIT = 2_000_000_000L;

    private long smoothed;
    private long deviation;
    private boolean sampled;

    public void sample(long roundTrip) {
        if (!sampled) {
            smoothed = roundTrip;
            deviation = roundTrip / 2;
            sampled = true;
        } else {
            deviation = (3 * deviation + Math.abs(smoothed - roundTrip)) / 4;
            smoothed = (7 * smoothed + roundTrip) / 8;
        }
    }

    /** 0 before the first sample. */
    public long smoothed() {
        return smoothed;
    }

    /**
     * How long to wait for an answer; SPEC.md section 8.
     *
     * @param stallNanos how long the other side may be deaf
     * @param attempt 0 for the first wait, each more doubles it
     */
    public long timeout(long stallNanos, int attempt) {
        long base = sampled ? smoothed + 4 * deviation + stallNanos + MARGIN : BEFORE_FIRST_SAMPLE;
        return Math.min(LIMIT, base << Math.min(attempt, 10));
    }
}
