package dev.fotabridge.protocol.rate;

/**
 * Whether a line loses so much that the next lower rate would be faster: rates differ by a factor of two or so, and what is lost costs its
 * repair and the smaller fragments too. One long burst, which takes all that is under way, is not enough.
 */
final class LossMeter {
    /** Four times what a board's receive buffers hold, and more than what one burst can take a third of. */
    static final long WINDOW_BYTES = 32_768;

    private static final int TOO_MUCH = 3;

    private long sentBefore;
    private long againBefore;

    /** From now on. */
    void restart(long sentBytes, long againBytes) {
        sentBefore = sentBytes;
        againBefore = againBytes;
    }

    /**
     * @param sentBytes wire bytes so far
     * @param againBytes those of them that had been sent before
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
