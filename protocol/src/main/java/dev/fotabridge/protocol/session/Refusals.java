package dev.fotabridge.protocol.session;

import dev.fotabridge.protocol.message.ReplyCode;

/**
 * Maps a board's reply code to a {@link SessionFailure}: the one table for SPEC.md section 5.
 * Tested by PosixStubIT.
 */
final class Refusals {
    private Refusals() {}

    /** @param code any byte; an unknown one breaks the specification */
    static SessionFailure failure(int code) {
        return ReplyCode.of(code).map(Refusals::failure).orElse(SessionFailure.PROTOCOL);
    }

    private static SessionFailure failure(ReplyCode code) {
        return switch (code) {
            case OK, BUSY, STATE, RANGE -> SessionFailure.REFUSED;
            case UNSUPPORTED, MALFORMED, MODEM -> SessionFailure.PROTOCOL;
            case BOOT_ID -> SessionFailure.BOARD_RESTARTED;
            case ON_TRIAL -> SessionFailure.ON_TRIAL;
            case TOO_LARGE -> SessionFailure.TOO_LARGE;
            case ERASE_FAILED, PROGRAM_FAILED, READ_FAILED -> SessionFailure.FLASH;
            case MISMATCH -> SessionFailure.MISMATCH;
            case BOOT_FAILED -> SessionFailure.BOOT;
            case IMAGE_HASH -> SessionFailure.IMAGE_HASH;
        };
    }

    /** Returns a sentence that says what the board answered to {@code what}. */
    static String sentence(String what, int code) {
        return "the board answered " + what + " with " + name(code) + meaning(code);
    }

    private static String name(int code) {
        return ReplyCode.of(code).map(ReplyCode::name).orElse("the unknown code " + code);
    }

    private static String meaning(int code) {
        return ReplyCode.of(code).map(Refusals::meaning).orElse("");
    }

    private static String meaning(ReplyCode code) {
        return switch (code) {
            case ON_TRIAL -> ": the running image is an unconfirmed test";
            case TOO_LARGE -> ": the image is larger than its limit";
            case ERASE_FAILED -> ": a page of its flash could not be erased";
            case PROGRAM_FAILED -> ": a page of its flash could not be programmed";
            case READ_FAILED -> ": its flash could not be read";
            case MISMATCH -> ": SHA-256 over the slot is not the file's";
            case BOOT_FAILED -> ": MCUboot's API refused";
            case IMAGE_HASH -> ": another image is running";
            case BOOT_ID -> ": it has started anew";
            case MODEM -> ": its modem refused";
            case OK, BUSY, UNSUPPORTED, MALFORMED, STATE, RANGE -> "";
        };
    }
}
