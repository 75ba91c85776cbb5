package dev.fotabridge.protocol.rate;

/**
 * What a session may do with the rate of its line; SPEC.md section 10. Bits a second.
 *
 * @param now what the line runs at as the session begins; 0 for a line whose rate nobody changes
 * @param start at which a board is greeted
 * @param other at which it is greeted as well, if it does not answer; 0 for none
 * @param otherAfterNanos how long it must have been silent at {@code start} before it is greeted at {@code other}
 * @param ceiling the highest that the session may ask for
 */
public record LineRates(int now, int start, int other, long otherAfterNanos, int ceiling) {
    /** A line whose rate nobody changes. */
    public static final LineRates FIXED = new LineRates(0, 0, 0, 0);

    /**
     * How long a board without a known rate is greeted at {@code start} alone. A board that a host has left at a raised
     * rate is back by itself after 3 s (SPEC.md section 10); one more for what was on its way.
     */
    public static final long SILENT_NANOS = 4_000_000_000L;

    /** For a board that may be at either rate: it is greeted at both from the beginning. */
    public LineRates(int now, int start, int other, int ceiling) {
        this(now, start, other, 0, ceiling);
    }

    /** For a line that runs at the rate at which boards start. */
    public static LineRates from(int start, int ceiling) {
        return new LineRates(start, start, 0, ceiling);
    }

    /** Whether nobody changes it. */
    public boolean areFixed() {
        return now == 0;
    }
}
