package dev.fotabridge.host.update;

import dev.fotabridge.host.api.Reason;
import dev.fotabridge.host.update.FlowState.Step;
import dev.fotabridge.protocol.session.SessionEvent;
import dev.fotabridge.protocol.upload.Upload;

/** What a failed session leads to: another try, as long as there is hope, or the end. Tested by UpdateFlowTest. */
final class LinkFailures {
    /** Reconnects in a row in which no page became durable; a line that is up only for moments would never end. */
    private static final int MAX_FRUITLESS_RECONNECTS = 10;

    private final FlowState state;
    private int mismatchCount;
    private int fruitlessReconnectCount;

    LinkFailures(FlowState state) {
        this.state = state;
    }

    /** A page has become durable: the line is worth its while. */
    void madeProgress() {
        fruitlessReconnectCount = 0;
    }

    void failed(SessionEvent.Failed failed, long now) {
        Reason reason = FailureReasons.of(failed.failure());
        if (state.step == Step.CONNECTING) {
            failedToConnect(failed, reason, now);
        } else if (FailureReasons.isTransient(failed.failure())) {
            linkLost(failed.text(), now);
        } else if (state.step == Step.SENDING && reason == Reason.WRITE_MISMATCH) {
            mismatch(failed.text(), now);
        } else {
            state.finish(reason, failed.text());
        }
    }

    private void failedToConnect(SessionEvent.Failed failed, Reason reason, long now) {
        if (!FailureReasons.isTransient(failed.failure())) {
            state.finish(reason, failed.text());
            return;
        }
        if (state.isFirstContact()) {
            // The session knows whether bytes came at all.
            state.wait = state.wait.meaning(FailureReasons.ofFirstContact(failed.failure()), failed.text());
        }
        if (now >= state.wait.deadlineNanos()) {
            state.finish(state.wait.reason(), state.wait.sentence());
        } else {
            state.wait = state.wait.paused(now);
        }
    }

    private void linkLost(String text, long now) {
        fruitlessReconnectCount++;
        if (fruitlessReconnectCount > MAX_FRUITLESS_RECONNECTS) {
            state.finish(state.mayBePending() ? Reason.NOT_VERIFIED : Reason.LINK_LOST, text);
            return;
        }
        state.log("The link is lost, waiting for the board: " + text);
        if (state.step == Step.SENDING && !state.markOnly) {
            state.trust = state.trust == Upload.Trust.NOTHING ? state.trust : Upload.Trust.UNCLEAN;
            state.awaitBoard(state.plan.linkTimeoutNanos(), Reason.LINK_LOST, text, now);
        } else {
            state.awaitSwap(now);
        }
    }

    private void mismatch(String text, long now) {
        mismatchCount++;
        if (mismatchCount > 1) {
            state.finish(Reason.WRITE_MISMATCH, text);
            return;
        }
        state.log("What the board wrote differs, every page is sent again: " + text);
        state.trust = Upload.Trust.NOTHING;
        state.journal = state.journal.map(j -> j.withDurablePages(0));
        state.awaitBoard(state.plan.linkTimeoutNanos(), Reason.LINK_LOST, text, now);
    }
}
