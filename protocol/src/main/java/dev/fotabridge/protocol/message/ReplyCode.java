package dev.fotabridge.protocol.message;

import java.util.Optional;

/** The codes of REPLY and STATUS, in the order of their numbers; SPEC.md section 5. */
public enum ReplyCode {
    OK,
    BUSY,
    UNSUPPORTED,
    MALFORMED,
    STATE,
    BOOT_ID,
    RANGE,
    ON_TRIAL,
    TOO_LARGE,
    ERASE_FAILED,
    PROGRAM_FAILED,
    READ_FAILED,
    MISMATCH,
    BOOT_FAILED,
    IMAGE_HASH,
    MODEM;

    /** The byte on the wire. */
    public int code() {
        return ordinal();
    }

    /** Empty for a code that this version does not know. */
    public static Optional<ReplyCode> of(int code) {
        return code >= 0 && code < values().length ? Optional.of(values()[code]) : Optional.empty();
    }
}
