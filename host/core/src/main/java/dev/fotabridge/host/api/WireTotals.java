package dev.fotabridge.host.api;

/**
 * What an update did on the line. Bytes are those of the wire, framing included.
 *
 * @param pagesSent each page as often as it was sent
 * @param pagesSkipped pages that were right before the first upload; what later sessions find right was sent by an earlier one
 */
public record WireTotals(
        long sentBytes,
        long receivedBytes,
        long retransmittedBytes,
        long damagedFrames,
        int pagesSent,
        int pagesSkipped,
        int pagesErased) {
    /** Nothing yet. */
    public static final WireTotals NONE = new WireTotals(0, 0, 0, 0, 0, 0, 0);

    /** With what the next session did. */
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

    /** What has come since an earlier count. */
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
