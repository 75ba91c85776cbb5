package dev.fotabridge.host.update;

import dev.fotabridge.host.api.Phase;
import dev.fotabridge.host.api.Reason;
import dev.fotabridge.host.update.FlowState.Step;
import java.util.Optional;

/**
 * The job was cancelled, deleted, timed out or taken over at AWS. Holds what was asked, and ends the flow with it; the
 * flow says how its target is taken back.
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

    /** Takes the request, unless the flow has ended or was cancelled before. Returns whether it was taken. */
    boolean request(Reason reason, String sentence) {
        boolean taken = !state.hasEnded() && !isRequested();
        if (taken) {
            end = Optional.of(new UpdateEffect.Finish(reason, sentence));
        }
        return taken;
    }

    /** Has the board take it back by {@code effect}; the flow waits 10 s for its answer. */
    void abort(UpdateEffect effect, long now) {
        UpdateEffect.Finish wanted = end.orElseThrow();
        state.phase(Phase.ABORT);
        state.verdict = end;
        state.step = Step.ABORTING;
        state.wait = LinkWait.until(now + ABORT_NANOS, wanted.reason(), wanted.message());
        state.add(effect);
    }

    /** Ends the flow: the new firmware can no longer start. */
    void takenBack() {
        settle("");
    }

    /** Ends the flow: the board has said what became of the new firmware. */
    void settle(String remark) {
        state.settled = true;
        finish(remark);
    }

    /** Ends the flow. @param remark appended to the sentence of the request */
    void finish(String remark) {
        UpdateEffect.Finish wanted = end.orElseThrow();
        state.finish(wanted.reason(), wanted.message() + remark);
    }
}
