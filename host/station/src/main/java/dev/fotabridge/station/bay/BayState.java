package dev.fotabridge.station.bay;

/** What a bay is doing. Beside it a bay has a verdict, which stays, and may be locked. */
public enum BayState {
    /** No board is there. */
    EMPTY,
    /** A board is there and is asked who it is. */
    IDENTIFYING,
    /** The board is known; its label must be scanned before a start. */
    NEEDS_SCAN,
    /** A start will be taken. */
    READY,
    /** A start is taken and recorded; it waits for one of the station's running slots. */
    QUEUED,
    /** The board is updated. */
    RUNNING,
    /** The end of the run is not on disk yet, so no verdict is shown. */
    STORING,
    /** The verdict is shown, and the board is still there. */
    ENDED
}
