package dev.fotabridge.protocol.rate;

/**
 * Finds out whether the line loses so much that the next lower rate would be faster. Rates differ by a factor of about two, and a loss also
 * costs its repair and smaller fragments.
 * Tested by RateControlTest.
 */
final class LossMeter {
    /** Four times what a board's receive buffers hold. Large enough that one burst cannot account for a third of it. */
    static final long WINDOW_BYTES = 32_768;

    private static final int TOO_MUCH = 3;

    private long sentBefore;
    private long againBefore;

    /** Counts from here. */
    void restart(long sentBytes, long againBytes) {
        sentBefore = sentBytes;
        againBefore = againBytes;
    }

    /**
     * @param sentBytes wire bytes so far
     * @param againBytes those of them that were sent again
     * @return whether more than a third of the last window was sent again
     */
    boolean losesTooMuch(long sentBytes, long againBytes) {
        long sent = sentBytes - sentBefore;
        if (sent < WINDOW_BYTES) {
            return false;
        }
        long again = againBytes - againBefore;
        restart(sentBytes, againBytes);
        return again * TOO_MUCH > sent;
    }
}
