package dev.fotabridge.host.update;

import dev.fotabridge.host.api.CompleteOn;
import dev.fotabridge.protocol.board.BoardInfo;
import dev.fotabridge.protocol.board.RunningState;
import dev.fotabridge.protocol.board.SlotState;
import java.util.Optional;

/**
 * What a host does when a board has answered: journal × what the board says. The table stands in docs/DESIGN.md; each of
 * its rows has a test. The same table serves a restarted host, a link that came back, and the board after its reset.
 */
enum Decision {
    /** It runs already and is there to stay; this update did not do it. */
    UP_TO_DATE,
    /** It runs and is there to stay, through this update. */
    SUCCEEDED,
    /** It runs, on trial. */
    CONFIRM,
    /** Bring the image into the slot; pages that are right are not sent. */
    SEND,
    /** The image is in the slot: verify and mark it, but if a page had to be sent, the bootloader threw the image out. */
    MARK_AGAIN,
    /** The board may have restarted with the image pending, or be another one: its slot says which, as far as that can be known. */
    COMPARE,
    /** The image is pending, and no more is asked for. */
    PENDING,
    /** The board restarted with the image pending and runs another one. */
    REVERTED,
    /** Another image is on trial: nothing may be written. */
    NOT_READY;

    /**
     * Looks the row up.
     *
     * @param journal of this very execution, if there is one
     * @param watched whether this process itself sent the journal's MARK and has been watching the board since
     * @param proven whether the journal is for certain that of this board
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

    /** Without an answer to MARK, a board that was watched all the time has most likely lost its power before it. */
    static boolean isUnanswered(UpdateJournal journal, boolean watched) {
        return watched && journal.stage() == UpdateJournal.Stage.MARKING;
    }
}
