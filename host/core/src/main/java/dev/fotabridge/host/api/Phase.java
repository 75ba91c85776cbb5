package dev.fotabridge.host.api;

/** A phase of an update: the {@code phase} of {@link BayEvent.PhaseEntered} and of the job's statusDetails. */
public enum Phase {
    /** Waiting for a job. */
    WAIT,
    /** Fetching the image. */
    DOWNLOAD,
    /** Checking the file before the board is touched. */
    CHECK,
    /** Looking for the board. */
    CONNECT,
    /** The modem erases its area, which takes up to minutes; modem deltas only. */
    ERASE,
    /** Comparing digests, erasing and writing pages; or sending the modem its delta. */
    TRANSFER,
    /** The board hashes what it wrote. */
    VERIFY,
    /** Marking the image pending, or scheduling the delta. */
    MARK,
    /** The board resets, MCUboot swaps the slots, and the board answers again. */
    SWAP,
    /** The board resets, the modem applies its delta, and the board answers again. */
    APPLY,
    /** Confirming the new image and reading the confirmation back. */
    CONFIRM,
    /** Taking back a cancelled update. */
    ABORT,
    /** Telling AWS how the update ended. */
    REPORT
}
