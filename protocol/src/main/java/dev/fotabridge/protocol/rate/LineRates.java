package dev.fotabridge.protocol.rate;

/**
 * Rates at which a session may use its line, bits a second; SPEC.md section 10.
 *
 * @param now the line's rate when the session begins; 0 for a line whose rate is fixed
 * @param start rate of the first HELLO
 * @param other rate at which HELLO is sent too if the board does not answer; 0 for none
 * @param otherAfterNanos how long the board must be silent at {@code start} before {@code other} is tried
 * @param ceiling highest rate that the session may ask for
 */
public record LineRates(int now, int start, int other, long otherAfterNanos, int ceiling) {
    /** A line whose rate the session does not change. */
    public static final LineRates FIXED = new LineRates(0, 0, 0, 0);

    /**
     * How long only {@code start} is tried for a board whose rate is not known. A board that a host left at a raised rate returns by
     * itself after 3 s (SPEC.md section 10); one more second for bytes that were on their way.
     */
    public static final long SILENT_NANOS = 4_000_000_000L;

    /** For a board that may be at either rate: both are tried from the beginning. */
    public LineRates(int now, int start, int other, int ceiling) {
        this(now, start, other, 0, ceiling);
    }

    /** For a line that already runs at the boards' starting rate. */
    public static LineRates from(int start, int ceiling) {
        return new LineRates(start, start, 0, ceiling);
    }

    /** Returns whether the session leaves the line's rate alone. */
    public boolean areFixed() {
        return now == 0;
    }
}
