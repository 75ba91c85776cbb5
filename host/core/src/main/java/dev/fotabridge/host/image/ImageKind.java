package dev.fotabridge.host.image;

/** What a file is, told by its bytes and never by its name. */
public enum ImageKind {
    /** An application image for MCUboot's slot 1. */
    MCUBOOT,
    /** A delta for the modem's own firmware. */
    MODEM_DELTA
}
