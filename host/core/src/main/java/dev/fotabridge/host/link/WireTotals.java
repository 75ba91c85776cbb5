package dev.fotabridge.host.link;

import dev.fotabridge.protocol.session.SessionStats;

/**
 * What all sessions of one link did on the line, added up; the fields are those of {@link SessionStats}.
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

    /** With one more session. */
    public WireTotals plus(SessionStats stats) {
        boolean first = pagesSent + pagesSkipped == 0;
        return new WireTotals(
                sentBytes + stats.sentBytes(),
                receivedBytes + stats.receivedBytes(),
                retransmittedBytes + stats.retransmittedBytes(),
                damagedFrames + stats.damagedFrames(),
                pagesSent + stats.pagesSent(),
                first ? stats.pagesSkipped() : pagesSkipped,
                pagesErased + stats.pagesErased());
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
