package dev.fotabridge.host.api;

/** Where an update is; the {@code phase} of a PHASE event and of the job's statusDetails. */
public enum Phase {
    /** Waiting for a job. */
    WAIT,
    /** Fetching the image. */
    DOWNLOAD,
    /** Checking the file before the board is touched. */
    CHECK,
    /** Looking for the board. */
    CONNECT,
    /** The modem erases its area; modem deltas only. */
    ERASE,
    /** Comparing digests, erasing and writing pages; or giving the modem its delta. */
    TRANSFER,
    /** The board hashes what it wrote. */
    VERIFY,
    /** Marking the image pending, or scheduling the delta. */
    MARK,
    /** Reset; the bootloader swaps, and the board comes back. */
    SWAP,
    /** Reset; the modem applies its delta, and the board comes back. */
    APPLY,
    /** Confirming the new image and reading that back. */
    CONFIRM,
    /** Taking back a cancelled update. */
    ABORT,
    /** Telling AWS how it ended. */
    REPORT
}
