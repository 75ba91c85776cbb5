package dev.fotabridge.host.update;

import dev.fotabridge.host.api.Reason;
import dev.fotabridge.protocol.session.SessionEvent;
import dev.fotabridge.protocol.session.SessionFailure;

/** The one table from a session's failure to ours. Tested by UpdateFlowTest. */
public final class FailureReasons {
    private FailureReasons() {}

    /** Total: every failure has a reason. */
    public static Reason of(SessionFailure failure) {
        return switch (failure) {
            case LINK_LOST, LINE_CHANGED, BOARD_RESTARTED -> Reason.LINK_LOST;
            case NOT_A_STUB -> Reason.NOT_A_STUB;
            case VERSION, PROTOCOL, REFUSED -> Reason.STUB_VERSION;
            case ON_TRIAL -> Reason.BOARD_NOT_READY;
            case TOO_LARGE -> Reason.IMAGE_SIZE;
            case FLASH, MISMATCH -> Reason.WRITE_MISMATCH;
            case BOOT, IMAGE_HASH -> Reason.NOT_VERIFIED;
        };
    }

    /** The same for a board that has not answered yet: there was no link that could be lost. */
    public static Reason ofFirstContact(SessionFailure failure) {
        return failure == SessionFailure.LINK_LOST ? Reason.NO_ANSWER : of(failure);
    }

    /** What the session said, as a sentence for people. */
    public static String sentence(SessionEvent.Failed failed) {
        return Printable.sentence(failed.text());
    }

    /** Whether the board may simply come back. */
    static boolean isTransient(SessionFailure failure) {
        return failure == SessionFailure.LINK_LOST
                || failure == SessionFailure.BOARD_RESTARTED
                || failure == SessionFailure.NOT_A_STUB;
    }
}
