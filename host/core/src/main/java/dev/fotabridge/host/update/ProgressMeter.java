package dev.fotabridge.host.update;

import dev.fotabridge.host.api.BayEvent;

/**
 * Turns durable bytes and time into percent, rate and time left. Pure; one object for each transfer.
 * Tested by UpdateFlowTest.
 */
public final class ProgressMeter {
    private static final long NANOS = 1_000_000_000L;
    private static final long REPORT_NANOS = NANOS / 5;

    private long startNanos;
    private long startBytes;
    private long lastReportNanos;
    private int lastPercent = -1;

    /** Starts at a position: what is there already does not count for the rate. */
    public void start(long bytes, long now) {
        startNanos = now;
        startBytes = bytes;
        lastReportNanos = now - REPORT_NANOS;
    }

    /** Whether it is time for another TRANSFER event: five in a second are enough for any eye. */
    public boolean isDue(long bytes, long total, long now) {
        if (now - lastReportNanos < REPORT_NANOS && bytes < total) {
            return false;
        }
        lastReportNanos = now;
        return true;
    }

    /** The event for this position. */
    public BayEvent.Transfer transfer(long bytes, long total, long now) {
        long elapsed = now - startNanos;
        long done = bytes - startBytes;
        long rate = elapsed > 0 ? Math.round((double) done * NANOS / elapsed) : 0;
        long left = total < 0 || rate <= 0 ? -1 : (total - bytes + rate - 1) / rate;
        return new BayEvent.Transfer(bytes, total, rate, left);
    }

    /** The percentage if it has changed since it was last asked for, or -1. Below 100: that is said after the proof. */
    int newPercent(long bytes, long total) {
        int percent = total <= 0 ? 0 : (int) Math.min(99, bytes * 100 / total);
        if (percent == lastPercent) {
            return -1;
        }
        lastPercent = percent;
        return percent;
    }
}
