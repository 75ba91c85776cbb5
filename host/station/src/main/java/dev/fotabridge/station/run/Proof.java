package dev.fotabridge.station.run;

import dev.fotabridge.host.api.Outcome;
import dev.fotabridge.host.api.Reason;

/** Whether a success is proven: by the hash that was ordered, from the board that it was ordered for. */
final class Proof {
    private Proof() {}

    /** {@return the outcome; NOT_VERIFIED in its place if it is a success without a proof} */
    static BoardOutcome checked(BoardOutcome outcome, BoardsPort.Order order) {
        boolean success = outcome.reason().outcome() == Outcome.SUCCEEDED
                || outcome.reason().outcome() == Outcome.UP_TO_DATE;
        if (!success) {
            return outcome;
        } else if (order.board().isOtherBoard(outcome.board())) {
            return unproven(
                    outcome,
                    "The board " + outcome.board().name() + " answered, and the run is for "
                            + order.board().name() + ".");
        } else if (!outcome.seen().imageHash().equals(order.imageHash())) {
            return unproven(outcome, "The board runs another image than the run was to bring.");
        }
        return outcome;
    }

    private static BoardOutcome unproven(BoardOutcome outcome, String message) {
        return new BoardOutcome(Reason.NOT_VERIFIED, message, outcome.board(), outcome.seen());
    }
}
