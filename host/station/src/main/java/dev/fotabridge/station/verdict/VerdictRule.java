package dev.fotabridge.station.verdict;

import dev.fotabridge.host.api.Reason;

/** The verdict of an attempt, by its reason and by what had become of the board. */
public final class VerdictRule {
    private VerdictRule() {}

    /**
     * Returns the verdict of an attempt.
     *
     * @param reason why the attempt ended
     * @param stage how far it had come on the board
     * @param boardGone whether the board had left its place, or another one had come there
     */
    public static Verdict of(Reason reason, RunStage stage, boolean boardGone) {
        if (!isLoss(reason)) {
            return of(reason);
        }
        if (stage.isInDoubt()) {
            return Verdict.UNKNOWN;
        }
        return boardGone ? Verdict.ABORTED : of(reason);
    }

    /** Reasons by which an attempt ends when its board does not answer any more. */
    private static boolean isLoss(Reason reason) {
        return switch (reason) {
            case LINK_LOST, NO_ANSWER, NO_BOARD, SEVERAL_BOARDS, PORT_BUSY, PORT_FORBIDDEN, PORT_MISSING -> true;
            default -> false;
        };
    }

    /** Returns the verdict by the reason alone: of a board that stands at its place, and of which nothing is in doubt. */
    static Verdict of(Reason reason) {
        return switch (reason) {
            case SUCCEEDED, UP_TO_DATE -> Verdict.PASS;
            case REVERTED,
                    WRITE_MISMATCH,
                    MODEM_FAILED,
                    BOARD_NOT_READY,
                    MODEM_NOT_READY,
                    BOARD_TYPE,
                    MODEM_BASE,
                    DOWNGRADE,
                    NOT_A_STUB,
                    STUB_VERSION,
                    NO_ANSWER,
                    LINK_LOST -> Verdict.FAIL;
            case JOB_CANCELED, JOB_DELETED, JOB_TIMED_OUT, JOB_TAKEN_OVER, INTERRUPTED -> Verdict.ABORTED;
            case NOT_VERIFIED -> Verdict.UNKNOWN;
            // Of the image, the download, the cloud, the station itself: a bad image must not read as 64 bad units.
            default -> Verdict.ERROR;
        };
    }
}
