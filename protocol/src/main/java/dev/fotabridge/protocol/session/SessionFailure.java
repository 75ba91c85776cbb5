package dev.fotabridge.protocol.session;

/** Why a session ended; the host maps it to its own reasons in one table. */
public enum SessionFailure {
    /** The board was silent for the silence limit, in spite of PINGs. */
    LINK_LOST,
    /** Bytes arrive, but no WELCOME: another program sends on this line, or the rate is wrong. */
    NOT_A_STUB,
    /** Something on the line turns LF into CR LF. */
    LINE_CHANGED,
    /** No protocol version in common. */
    VERSION,
    /** The board broke the specification. */
    PROTOCOL,
    /** The board restarted during the session. */
    BOARD_RESTARTED,
    /** BEGIN: the running image is an unconfirmed test. */
    ON_TRIAL,
    /** The image is larger than the board's limit. */
    TOO_LARGE,
    /** The board's flash failed (erase, program or read). */
    FLASH,
    /** SHA-256 over the slot is not the file's. */
    MISMATCH,
    /** MCUboot's API on the board refused to mark or to confirm. */
    BOOT,
    /** CONFIRM named another image than the one that runs. */
    IMAGE_HASH,
    /** The board refused for another reason; the event's text says which. */
    REFUSED
}
