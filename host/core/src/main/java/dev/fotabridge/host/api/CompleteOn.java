package dev.fotabridge.host.api;

/** When an update counts as done, and AWS is told SUCCEEDED. */
public enum CompleteOn {
    /** The new image answered with the right imageHash and is confirmed: it stays at the next reset. The default. */
    CONFIRMED,
    /** The new image answered with the right imageHash; the application on the board confirms it. */
    BOOTED,
    /** The image is verified in the slot and pending; the application on the board restarts when it likes. */
    WRITTEN
}
