package dev.fotabridge.host.update;

import dev.fotabridge.host.api.BayEvent;
import dev.fotabridge.host.api.FotaException;
import dev.fotabridge.host.api.Reason;
import dev.fotabridge.host.link.BoardIdentity;
import dev.fotabridge.host.update.FlowState.Step;
import dev.fotabridge.protocol.board.BoardInfo;
import dev.fotabridge.protocol.session.SessionEvent;
import dev.fotabridge.protocol.session.SessionFailure;
import java.util.List;
import java.util.Optional;

/**
 * One update of one board as a pure state machine: the board's answers, commands and time go in; effects and a
 * deadline come out. It reads no clock and does no I/O. Not thread-safe. The caller performs the effects in order.
 * Time is nanoseconds of one monotonic clock. This class holds what the flows of an image and of a modem delta share:
 * a lost port, a failed session, a cancellation, an interruption, and the wrong board.
 * Tested by UpdateFlowTest.
 */
public abstract sealed class BoardFlow permits UpdateFlow, ModemFlow {
    final FlowState state;
    final LinkFailures failures;
    final UpdatedBoard updated;
    final JobCancellation cancellation;

    BoardFlow(UpdatePlan plan, List<UpdateJournal> left) {
        this.state = new FlowState(plan, left);
        this.updated = new UpdatedBoard(state, left);
        this.failures = new LinkFailures(state);
        this.cancellation = new JobCancellation(state);
    }

    /**
     * The flow for what the plan names.
     *
     * @param left what earlier runs left, of whatever execution and board
     */
    public static BoardFlow of(UpdatePlan plan, List<UpdateJournal> left) {
        return plan.target().flow(plan, left);
    }

    /** Begins. */
    public abstract List<UpdateEffect> start(long now);

    /** When {@link #tick} is next useful, or Deadline.NEVER. */
    public abstract long deadline();

    /** Runs what is due; early calls do nothing. */
    public abstract List<UpdateEffect> tick(long now);

    /** The job was cancelled, deleted, timed out or taken over at AWS: what can be taken back is. */
    public final List<UpdateEffect> cancel(Reason reason, String sentence, long now) {
        if (cancellation.request(reason, sentence)) {
            cancelled(now);
        }
        return state.drain();
    }

    /** Begins to take back what can be taken back now; {@link #met} takes back the rest when the board answers. */
    abstract void cancelled(long now);

    /** Of a modem delta: the modem's own name for how it ended; empty as long as it has not said. */
    public String modemResult() {
        return "";
    }

    /**
     * A board has answered HELLO; that it does so at the port of the last one says nothing.
     *
     * @param who its identity
     */
    public final List<UpdateEffect> connected(BoardInfo info, BoardIdentity who, long now) {
        if (!state.hasEnded()) {
            String before = updated.name();
            if (updated.meet(info, who, cancellation.isRequested())) {
                state.board = Optional.of(info);
                met(info, now);
            } else {
                another(before, who);
            }
        }
        return state.drain();
    }

    /** The board of this update has answered HELLO. */
    abstract void met(BoardInfo info, long now);

    private void another(String before, BoardIdentity who) {
        state.metAnother = true;
        String sentence = "At the port of " + before + " answers " + who + " now, to which nothing was done.";
        if (cancellation.isRequested()) {
            cancellation.finish(" " + sentence);
        } else if (state.mayBePending()) {
            finish(Reason.NOT_VERIFIED, sentence + " What " + before + " runs is not known.");
        } else {
            finish(Reason.LINK_LOST, sentence);
        }
    }

    /** Whether it ended since another board answered in the place of the one that is updated. */
    public final boolean metAnother() {
        return state.metAnother;
    }

    /** What else the session told, in order. */
    public final List<UpdateEffect> on(SessionEvent event, long now) {
        if (event instanceof SessionEvent.ConsoleLine line) {
            state.report(new BayEvent.Log(line.text(), true));
        } else if (event instanceof SessionEvent.LineRate rate) {
            state.log(rate.text());
        } else if (event instanceof SessionEvent.Failed failed) {
            String sentence = Printable.sentence(failed.text());
            failed(new SessionEvent.Failed(failed.failure(), sentence, failed.page()), now);
        } else if (!state.hasEnded()) {
            dispatch(event, now);
        }
        return state.drain();
    }

    /** Of a flow that has not ended, what its session tells but an answer to HELLO or a failure. */
    abstract void dispatch(SessionEvent event, long now);

    /** The port could not be opened, or it vanished: a session that was open is gone. */
    public final List<UpdateEffect> portFailed(FotaException cause, long now) {
        if (state.step != Step.CONNECTING) {
            failed(new SessionEvent.Failed(SessionFailure.LINK_LOST, cause.getMessage(), -1), now);
        } else if (state.board.isEmpty() && state.journal.isEmpty()) {
            finish(cause.reason(), cause.getMessage());
        } else {
            state.wait = state.wait.paused(now);
        }
        return state.drain();
    }

    private void failed(SessionEvent.Failed failed, long now) {
        if (state.step == Step.ABORTING) {
            cancellation.finish(" The board could not be told.");
        } else if (!state.hasEnded()) {
            failures.failed(failed, now);
        }
    }

    /** The user wants the program to end: nothing is taken back, the next start goes on. */
    public final List<UpdateEffect> interrupt() {
        state.interrupt();
        return state.drain();
    }

    /** The journal could not be written; the effects behind it were not done. */
    public final List<UpdateEffect> storageFailed(FotaException cause) {
        state.storageFailed(cause);
        return state.drain();
    }

    /** The journal as it should be on disk. */
    public final Optional<UpdateJournal> journal() {
        return state.journal;
    }

    /** After a cancellation: whether the new firmware may still start, because the board could not be told. */
    public final boolean mayBePending() {
        return state.mayBePending() && !state.settled;
    }

    /** What the board that is updated last said of itself. */
    public final Optional<BoardInfo> board() {
        return state.board;
    }

    /** A board that runs the image already must be of the right type too: it may be the wrong board on this port. */
    final boolean isOfWrongType(BoardInfo info) {
        return isRefused(() -> state.plan.check().requireType(info));
    }

    /** Whether what the plan holds can not go to this board; the flow has ended then. */
    final boolean isUnfit(BoardInfo info) {
        return isRefused(() -> state.plan.check().require(info));
    }

    /** The wait for the board has ended. */
    final void nobodyCame() {
        if (cancellation.isRequested()) {
            cancellation.finish(" The board did not answer any more.");
        } else {
            finish(state.wait.reason(), state.wait.sentence());
        }
    }

    private interface Requirement {
        void require() throws FotaException;
    }

    private boolean isRefused(Requirement requirement) {
        try {
            requirement.require();
            return false;
        } catch (FotaException e) {
            finish(e.reason(), e.getMessage());
            return true;
        }
    }

    final void finish(Reason reason, String message) {
        state.finish(reason, message);
    }
}
