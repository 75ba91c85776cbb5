package dev.fotabridge.protocol.session;

/**
 * Counters of one session.
 *
 * @param retransmittedBytes wire bytes of DATA frames that were sent again
 * @param damagedFrames chunks from the board that were neither frames nor text
 * @param pagesErased as the board counts them, trailer and lead page included
 * @param roundTripNanos smoothed, 0 before the first sample
 */
public record SessionStats(
        long sentBytes,
        long receivedBytes,
        long retransmittedBytes,
        long damagedFrames,
        int pagesSent,
        int pagesSkipped,
        int pagesErased,
        long roundTripNanos) {}
