package dev.fotabridge.protocol.upload;

/**
 * Finds the times at which the board would only wait for the line, so that it can erase a later page meanwhile; SPEC.md section 6.2. It
 * adds up how long the line and the board are busy with the records so far, in seconds since the first record.
 */
final class EraseAhead {
    /** Pages ahead of the next one, at most. After a cut, the erase of these pages may be half done; {@link PagePlan} relies on it. */
    static final int PAGES = 12;

    /** Part of an erase that the board must wait anyway; a shorter wait is not worth a record. */
    private static final double WORTHWHILE = 0.25;

    private final double leadSeconds;
    private double lineFree;
    private double boardFree;

    /** @param leadSeconds how long the line needs to fill the board's ring; the line cannot be further ahead of the board */
    EraseAhead(double leadSeconds) {
        this.leadSeconds = leadSeconds;
    }

    /** Returns whether the board would wait long enough for {@code next} to erase meanwhile. */
    boolean hasTimeFor(Packed erase, Packed next) {
        double idle = lineFree + next.lineSeconds() - boardFree;
        return idle > WORTHWHILE * erase.boardSeconds();
    }

    /** Returns when the board is done with the stream's records, in seconds since the first one. */
    double seconds() {
        return boardFree;
    }

    /** The stream got its next record. */
    void add(Packed record) {
        lineFree += record.lineSeconds();
        boardFree = Math.max(boardFree, lineFree) + record.boardSeconds();
        lineFree = Math.max(lineFree, boardFree - leadSeconds);
    }
}
