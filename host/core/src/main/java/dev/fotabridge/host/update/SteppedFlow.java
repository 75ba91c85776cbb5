package dev.fotabridge.host.update;

import dev.fotabridge.host.link.BoardIdentity;
import dev.fotabridge.host.outcome.FotaException;
import dev.fotabridge.host.outcome.Reason;
import dev.fotabridge.host.update.FlowState.Step;
import dev.fotabridge.protocol.board.BoardInfo;
import dev.fotabridge.protocol.session.SessionEvent;
import dev.fotabridge.protocol.session.SessionFailure;
import java.util.List;
import java.util.Optional;

/** What both flows do alike: a lost port, a failed session, an interruption, and the board that is the wrong one. */
abstract sealed class SteppedFlow implements BoardFlow permits UpdateFlow, ModemFlow {
    final FlowState state;
    final LinkFailures failures;
    final UpdatedBoard updated;

    SteppedFlow(UpdatePlan plan, List<UpdateJournal> left) {
        this.state = new FlowState(plan, left);
        this.updated = new UpdatedBoard(state, left);
        this.failures = new LinkFailures(state);
    }

    @Override
    public final List<UpdateEffect> connected(BoardInfo info, BoardIdentity who, long now) {
        if (!state.hasEnded()) {
            String before = updated.name();
            if (updated.meet(info, who, isTakingBack())) {
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
        if (isTakingBack()) {
            endTakingBack(" " + sentence);
        } else if (state.mayBePending()) {
            finish(Reason.NOT_VERIFIED, sentence + " What " + before + " runs is not known.");
        } else {
            finish(Reason.LINK_LOST, sentence);
        }
    }

    /** Whether AWS has the job no longer as ours. */
    abstract boolean isTakingBack();

    /** Ends it as cancelled. @param remark what is to be said beside */
    abstract void endTakingBack(String remark);

    @Override
    public final boolean metAnother() {
        return state.metAnother;
    }

    @Override
    public final List<UpdateEffect> on(SessionEvent event, long now) {
        if (event instanceof SessionEvent.ConsoleLine line) {
            state.log(line.text());
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

    @Override
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
            endTakingBack(" The board could not be told.");
        } else if (!state.hasEnded()) {
            failures.failed(failed, now);
        }
    }

    @Override
    public final List<UpdateEffect> interrupt() {
        state.interrupt();
        return state.drain();
    }

    @Override
    public final List<UpdateEffect> storageFailed(FotaException cause) {
        state.storageFailed(cause);
        return state.drain();
    }

    @Override
    public final Optional<UpdateJournal> journal() {
        return state.journal;
    }

    @Override
    public final boolean mayBePending() {
        return state.mayBePending() && !state.settled;
    }

    @Override
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
