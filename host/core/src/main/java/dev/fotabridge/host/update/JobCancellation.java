package dev.fotabridge.host.update;

import dev.fotabridge.host.api.Phase;
import dev.fotabridge.host.api.Reason;
import dev.fotabridge.host.update.FlowState.Step;
import dev.fotabridge.protocol.board.BoardInfo;
import dev.fotabridge.protocol.board.RunningState;
import dev.fotabridge.protocol.time.Deadline;
import java.util.Optional;

/**
 * AWS has the job no longer as ours. Before the reset the slot is made harmless; after it the board is let go back to its
 * old image, for which it is waited until it answers.
 * Tested by UpdateFlowTest.
 */
final class JobCancellation {
    private static final long ABORT_NANOS = 10_000_000_000L;

    private final FlowState state;
    private Optional<UpdateEffect.Finish> end = Optional.empty();

    JobCancellation(FlowState state) {
        this.state = state;
    }

    boolean isRequested() {
        return end.isPresent();
    }

    /** Asks for it, once; what cannot be taken back at this moment is taken back when the board answers. */
    void request(Reason reason, String sentence, long now) {
        end = Optional.of(new UpdateEffect.Finish(reason, sentence));
        boolean polling = state.wait.retryNanos() != Deadline.NEVER
                && state.board.filter(state::runsNewImage).isPresent();
        if (state.step == Step.SENDING || state.step == Step.MARKING) {
            abort(now);
        } else if (state.step == Step.CONNECTING && polling) {
            takeBack(state.board.get(), now);
        } else if (state.step == Step.IDLE || state.step == Step.CONNECTING && !state.mayBePending()) {
            state.finish(reason, sentence);
        }
    }

    /** The board has answered: nothing of the new image may stay where it could start. */
    void takeBack(BoardInfo info, long now) {
        boolean sameStart = state.journal
                .filter(j -> j.bootId().equals(info.identity().bootId()))
                .isPresent();
        if (!state.runsNewImage(info)) {
            if (state.mayBePending() && sameStart) {
                abort(now);
            } else {
                done();
            }
        } else if (info.running().state() == RunningState.CONFIRMED) {
            state.settled = true;
            finish(" The board had confirmed the new image already.");
        } else {
            state.phase(Phase.ABORT);
            state.reset();
        }
    }

    private void abort(long now) {
        UpdateEffect.Finish wanted = end.orElseThrow();
        state.phase(Phase.ABORT);
        state.verdict = end;
        state.step = Step.ABORTING;
        state.wait = LinkWait.until(now + ABORT_NANOS, wanted.reason(), wanted.message());
        state.add(new UpdateEffect.Abort());
    }

    /** The board has made its slot harmless, or has it so already. */
    void done() {
        state.settled = true;
        finish("");
    }

    /** Ends it. @param remark what is to be said beside */
    void finish(String remark) {
        UpdateEffect.Finish wanted = end.orElseThrow();
        state.finish(wanted.reason(), wanted.message() + remark);
    }
}
