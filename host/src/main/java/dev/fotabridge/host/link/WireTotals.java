package dev.fotabridge.host.link;

import dev.fotabridge.protocol.session.SessionStats;

/** What all sessions of one link did on the line, added up; the fields are those of {@link SessionStats}. */
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
        return new WireTotals(
                sentBytes + stats.sentBytes(),
                receivedBytes + stats.receivedBytes(),
                retransmittedBytes + stats.retransmittedBytes(),
                damagedFrames + stats.damagedFrames(),
                pagesSent + stats.pagesSent(),
                pagesSkipped + stats.pagesSkipped(),
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
