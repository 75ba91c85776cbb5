package dev.fotabridge.host.update;

import dev.fotabridge.host.api.CompleteOn;
import dev.fotabridge.protocol.board.BoardInfo;
import dev.fotabridge.protocol.board.RunningState;
import dev.fotabridge.protocol.board.SlotState;
import java.util.Optional;

/**
 * What the host does when a board has answered, by the journal and what the board says. docs/DESIGN.md holds the
 * table, and each row has a test. The same table serves a restarted host, a restored link, and the board after its
 * reset.
 */
enum Decision {
    /** The image runs and is confirmed; this update did not install it. */
    UP_TO_DATE,
    /** The image runs and is confirmed; this update installed it. */
    SUCCEEDED,
    /** The image runs on trial. */
    CONFIRM,
    /** Write the image into the slot; pages that already match are not sent. */
    SEND,
    /**
     * The slot must already hold the image: verify and mark it. Having to send a page means that MCUboot rejected it.
     */
    MARK_AGAIN,
    /** The board restarted with the image pending, or it is another board: compare the slot to find out which. */
    COMPARE,
    /** The image is pending, and the caller asked for no more. */
    PENDING,
    /** The board restarted with the image pending and runs another image. */
    REVERTED,
    /** Another image is on trial: nothing may be written. */
    NOT_READY;

    /**
     * Returns the row's decision.
     *
     * @param journal of this execution, if there is one
     * @param watched whether this process itself sent the journal's MARK and has been watching the board since
     * @param proven whether the journal certainly belongs to this board
     */
    static Decision of(
            UpdatePlan plan, Optional<UpdateJournal> journal, BoardInfo board, boolean watched, boolean proven) {
        boolean begun = journal.filter(UpdateJournal::mayBePending).isPresent();
        if (board.running().imageHash().equals(plan.imageHash().hex())) {
            return runsNew(plan.completeOn(), begun && proven, board.running().state());
        }
        if (board.running().state() == RunningState.ON_TRIAL) {
            return NOT_READY;
        }
        if (!begun) {
            return SEND;
        }
        return proven ? runsOld(plan, journal.get(), board, watched) : COMPARE;
    }

    private static Decision runsNew(CompleteOn completeOn, boolean begun, RunningState state) {
        if (state == RunningState.CONFIRMED) {
            return begun ? SUCCEEDED : UP_TO_DATE;
        }
        return completeOn == CompleteOn.CONFIRMED ? CONFIRM : SUCCEEDED;
    }

    private static Decision runsOld(UpdatePlan plan, UpdateJournal journal, BoardInfo board, boolean watched) {
        if (!board.identity().bootId().equals(journal.bootId())) {
            return isUnanswered(journal, watched) ? MARK_AGAIN : REVERTED;
        }
        boolean marked =
                journal.stage() == UpdateJournal.Stage.MARKED && board.slot().state() == SlotState.PENDING_TEST;
        return marked && plan.completeOn() == CompleteOn.WRITTEN ? PENDING : MARK_AGAIN;
    }

    /**
     * If a watched board restarts without having answered MARK, it most likely lost its power before MARK took
     * effect.
     */
    static boolean isUnanswered(UpdateJournal journal, boolean watched) {
        return watched && journal.stage() == UpdateJournal.Stage.MARKING;
    }
}
