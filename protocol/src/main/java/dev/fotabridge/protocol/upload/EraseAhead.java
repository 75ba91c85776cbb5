package dev.fotabridge.protocol.upload;

/**
 * When a board would have nothing to do but to wait for the line, so that it may as well erase a page whose bytes come later; SPEC.md
 * section 6.2. It follows the records as they are made, in seconds since the first: until when the line is busy with them, and until when
 * the board is.
 */
final class EraseAhead {
    /** So far from the next page; a host that goes on after a cut knows by this which pages an erase may have left half done. */
    static final int PAGES = 12;

    /** A wait of less than this part of an erase is not worth a record. */
    private static final double WORTHWHILE = 0.25;

    private final double leadSeconds;
    private double lineFree;
    private double boardFree;

    /** @param leadSeconds how long the line needs to fill the board's ring: it cannot be further ahead of the board's work */
    EraseAhead(double leadSeconds) {
        this.leadSeconds = leadSeconds;
    }

    /** Whether the board would wait for this record for about as long as the erase takes. */
    boolean hasTimeFor(Packed erase, Packed next) {
        double idle = lineFree + next.lineSeconds() - boardFree;
        return idle > WORTHWHILE * erase.boardSeconds();
    }

    /** The next record of the stream. */
    void made(Packed record) {
        lineFree += record.lineSeconds();
        boardFree = Math.max(boardFree, lineFree) + record.boardSeconds();
        lineFree = Math.max(lineFree, boardFree - leadSeconds);
    }
}
