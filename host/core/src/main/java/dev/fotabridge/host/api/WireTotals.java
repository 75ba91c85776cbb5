package dev.fotabridge.host.api;

/**
 * What an update did on the serial line. Bytes are counted on the wire, framing included.
 *
 * @param sentBytes bytes from host to board
 * @param receivedBytes bytes from board to host
 * @param retransmittedBytes bytes, among {@code sentBytes}, of data frames that were sent again
 * @param damagedFrames pieces of input from the board that were neither frames nor text of its console
 * @param pagesSent flash pages sent; a page that was sent twice counts twice
 * @param pagesSkipped flash pages that were right before the first upload; what a later session finds right was sent by an
 *     earlier one
 * @param pagesErased flash pages erased, as the board counts them: its trailer and lead page included
 */
public record WireTotals(
        long sentBytes,
        long receivedBytes,
        long retransmittedBytes,
        long damagedFrames,
        int pagesSent,
        int pagesSkipped,
        int pagesErased) {
    /** All counts are zero. */
    public static final WireTotals NONE = new WireTotals(0, 0, 0, 0, 0, 0, 0);

    /**
     * {@return the sum of this and the next session, but for {@code pagesSkipped}, which stays once pages were counted}
     *
     * @param next counts of the next session alone
     */
    public WireTotals plus(WireTotals next) {
        boolean first = pagesSent + pagesSkipped == 0;
        return new WireTotals(
                sentBytes + next.sentBytes,
                receivedBytes + next.receivedBytes,
                retransmittedBytes + next.retransmittedBytes,
                damagedFrames + next.damagedFrames,
                pagesSent + next.pagesSent,
                first ? next.pagesSkipped : pagesSkipped,
                pagesErased + next.pagesErased);
    }

    /**
     * {@return the counts since an earlier one}
     *
     * @param earlier a count of the same line
     */
    public WireTotals minus(WireTotals earlier) {
        return new WireTotals(
                sentBytes - earlier.sentBytes,
                receivedBytes - earlier.receivedBytes,
                retransmittedBytes - earlier.retransmittedBytes,
                damagedFrames - earlier.damagedFrames,
                pagesSent - earlier.pagesSent,
                pagesSkipped - earlier.pagesSkipped,
                pagesErased - earlier.pagesErased);
    }
}
