package dev.fotabridge.station.bay;

/** What starts a run. */
public enum StartKind {
    /** A new board is plugged in. */
    INSERT,
    /** Somebody asks for it. */
    BUTTON,
    /** The board's label is scanned. */
    SCAN,
    /** AWS has a job for the board's thing. */
    JOB
}
