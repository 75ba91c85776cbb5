package dev.fotabridge.host.api;

/** When an update counts as done. */
public enum CompleteOn {
    /** The new image answered with the right imageHash and is confirmed. The default. */
    CONFIRMED,
    /** The new image answered with the right imageHash; confirming is the application's business. */
    BOOTED,
    /** The image is verified in the slot and pending; the restart is the application's business. */
    WRITTEN
}
