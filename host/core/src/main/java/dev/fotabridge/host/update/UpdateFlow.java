package dev.fotabridge.host.update;

import dev.fotabridge.host.api.BayEvent;
import dev.fotabridge.host.api.CompleteOn;
import dev.fotabridge.host.api.FotaEvent;
import dev.fotabridge.host.api.Phase;
import dev.fotabridge.host.api.Reason;
import dev.fotabridge.host.link.BoardIdentity;
import dev.fotabridge.host.update.FlowState.Step;
import dev.fotabridge.protocol.board.BoardInfo;
import dev.fotabridge.protocol.board.RunningState;
import dev.fotabridge.protocol.session.SessionEvent;
import dev.fotabridge.protocol.time.Deadline;
import dev.fotabridge.protocol.upload.Upload;
import java.util.List;
import java.util.Optional;

/**
 * One update of one board as a pure state machine: the board's answers, commands and time go in; effects and a
 * deadline come out. It reads no clock and does no I/O. Not thread-safe.
 *
 * <p>Whenever the board answers HELLO, {@link Decision} says what to do, from the journal and from what the board
 * runs. It is the same at first contact, after a lost link, after the reset, and after the host was killed:
 *
 * <pre>
 * CONNECTING → decision ┬ SEND, MARK_AGAIN → SENDING → MARKING → RESETTING → CONNECTING …
 *                       ├ COMPARE → COMPARING → MARK_AGAIN, or ENDED
 *                       ├ CONFIRM → CONFIRMING → CONNECTING (reads it back) …
 *                       └ anything else → ENDED
 * </pre>
 *
 * A lost link leads from every step back to CONNECTING. The caller performs the effects in order: the journal is
 * durable before MARK is sent. {@link LinkFailures} decides what follows a failed session. Time is nanoseconds of one
 * monotonic clock.
 */
public final class UpdateFlow extends BoardFlow {
    private static final long SELF_CONFIRM_POLL_NANOS = 1_000_000_000L;

    /** MARKs of one execution: the first, and one after each loss of power in between. */
    private static final int MAX_ATTEMPTS = 3;

    private final UpdatePlan plan;

    private boolean watched;
    /** How often this process has asked for MARK. */
    private int marks;

    private boolean confirmed;
    private boolean started;
    private long selfConfirmDeadline = Deadline.NEVER;

    /**
     * Prepares an update.
     *
     * @param left journals of earlier runs, of any execution and board; only those of this execution are used
     */
    public UpdateFlow(UpdatePlan plan, List<UpdateJournal> left) {
        super(
                plan,
                left.stream().filter(journal -> isOfThisUpdate(plan, journal)).toList());
        this.plan = plan;
    }

    private static boolean isOfThisUpdate(UpdatePlan plan, UpdateJournal left) {
        return left.execution().equals(plan.execution())
                && left.fileSha256().equals(plan.fileSha256())
                && left.imageHash().equals(plan.imageHash());
    }

    @Override
    public List<UpdateEffect> start(long now) {
        state.phase(Phase.CONNECT);
        if (state.mayBePending()) {
            state.awaitBoard(
                    SwapTime.LARGEST_NANOS + plan.linkTimeoutNanos(), Reason.NOT_VERIFIED, state.nobody(), now);
        } else {
            state.awaitBoard(plan.firstContactNanos(), Reason.NO_ANSWER, "Nothing answered.", now);
        }
        return state.drain();
    }

    @Override
    public long deadline() {
        return state.step == Step.CONNECTING || state.step == Step.ABORTING ? state.wait.nextNanos() : Deadline.NEVER;
    }

    @Override
    public List<UpdateEffect> tick(long now) {
        if (deadline() > now) {
            return state.drain();
        }
        if (now >= state.wait.deadlineNanos()) {
            nobodyCame();
        } else {
            state.connect(now);
        }
        return state.drain();
    }

    @Override
    void dispatch(SessionEvent event, long now) {
        if (state.step == Step.COMPARING && event instanceof SessionEvent.Compared compared) {
            compared(compared.slot().isWhole(), now);
        } else if (state.step == Step.SENDING && event instanceof SessionEvent.UploadPlanned planned) {
            planned(planned, now);
        } else if (state.step == Step.SENDING && event instanceof SessionEvent.Progress made) {
            progressed(made, now);
        } else if (state.step == Step.SENDING && event instanceof SessionEvent.Verified) {
            verified();
        } else if (state.step == Step.MARKING && event instanceof SessionEvent.Marked) {
            marked();
        } else if (event instanceof SessionEvent.Resetting) {
            state.awaitSwap(now);
        } else if (event instanceof SessionEvent.Confirmed) {
            readBack(now);
        } else if (state.step == Step.ABORTING && event instanceof SessionEvent.Aborted) {
            cancellation.takenBack();
        }
    }

    @Override
    void met(BoardInfo info, long now) {
        if (cancellation.isRequested()) {
            takeBack(info, now);
            return;
        }
        if (!state.mayBePending() && isOfWrongType(info)) {
            return;
        }
        switch (Decision.of(plan, state.journal, info, watched, state.proven)) {
            case UP_TO_DATE -> finish(confirmed ? Reason.SUCCEEDED : Reason.UP_TO_DATE, BoardVersion.sentence(info));
            case SUCCEEDED -> finish(Reason.SUCCEEDED, BoardVersion.sentence(info));
            case PENDING -> pending();
            case CONFIRM -> confirm(info, now);
            case SEND -> checkAndSend(info);
            case MARK_AGAIN -> markAgain(info);
            case COMPARE -> compare();
            case REVERTED -> reverted(info);
            case NOT_READY ->
                finish(Reason.BOARD_NOT_READY, "The board runs " + BoardVersion.name(info) + " on trial.");
        }
    }

    private void pending() {
        finish(Reason.SUCCEEDED, "The image is verified and pending; the board swaps at its next restart.");
    }

    private void reverted(BoardInfo info) {
        finish(Reason.REVERTED, "The board runs " + BoardVersion.name(info) + " and not the new image.");
    }

    private void compare() {
        state.step = Step.COMPARING;
        state.add(new UpdateEffect.Compare());
    }

    /** Without an identity only the slot's bytes can say that this board was given the image. */
    private void compared(boolean whole, long now) {
        BoardInfo info = state.board.orElseThrow();
        if (cancellation.isRequested()) {
            takeBack(info, now);
        } else if (!whole) {
            finish(
                    Reason.NOT_VERIFIED,
                    "The board runs " + BoardVersion.name(info) + " and does not hold the new image. Whether it is the "
                            + "board that was given the image is not known, since it has no unit id.");
        } else if (Decision.isUnanswered(state.journal.orElseThrow(), watched)) {
            markAgain(info);
        } else {
            reverted(info);
        }
    }

    private void checkAndSend(BoardInfo info) {
        if (!isUnfit(info)) {
            state.markOnly = false;
            send(info);
        }
    }

    private void markAgain(BoardInfo info) {
        String bootId = info.identity().bootId();
        if (marks >= MAX_ATTEMPTS || !state.journal.orElseThrow().allowsMark(bootId, MAX_ATTEMPTS)) {
            finish(Reason.NOT_VERIFIED, "The board did not restart into the new image in " + MAX_ATTEMPTS + " tries.");
            return;
        }
        state.markOnly = true;
        // The image was verified whole, so the slot is trusted even after a failed attempt.
        state.trust = Upload.Trust.CLEAN;
        send(info);
    }

    private void send(BoardInfo info) {
        BoardIdentity who = updated.identity();
        UpdateJournal next = state.journal.map(j -> j.of(who)).orElseGet(() -> UpdateJournal.begin(plan, info, who));
        // If MARK may have been carried out, its boot id stays until the next MARK: a new boot id means a restart.
        boolean rewrites = state.trust == Upload.Trust.NOTHING;
        UpdateJournal.Stage stage = rewrites ? UpdateJournal.Stage.REWRITING : UpdateJournal.Stage.SENDING;
        state.journal = Optional.of(
                next.mayBePending() ? next : next.at(stage, info.identity().bootId()));
        state.step = Step.SENDING;
        if (rewrites) {
            state.persist();
            state.add(new UpdateEffect.Send(Upload.Trust.NOTHING, 0));
        } else {
            // The board compares its pages while the journal is written; it writes only after both are done.
            state.add(new UpdateEffect.Send(state.trust, next.durablePages()));
            state.persist();
        }
        state.phase(Phase.TRANSFER);
    }

    private void planned(SessionEvent.UploadPlanned planned, long now) {
        if (state.markOnly && planned.toSend() > 0) {
            finish(Reason.REVERTED, "The bootloader threw the new image out of its slot.");
            return;
        }
        if (!started) {
            started = true;
            state.report(BayEvent.Fota.of(FotaEvent.START));
        }
        state.progress.begin(now);
        state.log(planned.toSend() + " of " + planned.pages() + " pages to send.");
    }

    private void progressed(SessionEvent.Progress made, long now) {
        UpdateJournal before = state.journal.orElseThrow();
        if (made.durablePages() > before.durablePages()) {
            failures.madeProgress();
            state.journal = Optional.of(before.withDurablePages(made.durablePages()));
            state.add(new UpdateEffect.NoteDurable(made.durablePages()));
        }
        state.progress.events(made.bytes(), made.total(), now).forEach(state::report);
        if (made.bytes() >= made.total()) {
            state.phase(Phase.VERIFY);
        }
    }

    private void verified() {
        state.phase(Phase.VERIFY);
        state.progress.complete().forEach(state::report);
        state.phase(Phase.MARK);
        String bootId = state.board.orElseThrow().identity().bootId();
        state.journal = state.journal.map(j -> j.marking(bootId));
        marks++;
        state.step = Step.MARKING;
        watched = true;
        state.persist();
        state.add(new UpdateEffect.Mark());
    }

    private void marked() {
        state.journal = state.journal.map(j -> j.at(UpdateJournal.Stage.MARKED, j.bootId()));
        if (plan.completeOn() == CompleteOn.WRITTEN) {
            state.persist();
            pending();
            return;
        }
        state.phase(Phase.SWAP);
        state.persist();
        state.reset();
    }

    private void confirm(BoardInfo info, long now) {
        state.phase(Phase.CONFIRM);
        if (confirmed) {
            finish(Reason.NOT_VERIFIED, "The board took CONFIRM, but does not show its image as confirmed.");
        } else if (info.running().applicationConfirms()) {
            awaitSelfConfirm(now);
        } else {
            state.step = Step.CONFIRMING;
            state.add(new UpdateEffect.Confirm());
        }
    }

    private void awaitSelfConfirm(long now) {
        if (selfConfirmDeadline == Deadline.NEVER) {
            selfConfirmDeadline = now + plan.linkTimeoutNanos();
        }
        state.step = Step.CONNECTING;
        state.wait = LinkWait.until(
                        selfConfirmDeadline,
                        Reason.NOT_VERIFIED,
                        "The new image runs, but its application has not confirmed it.")
                .retryAt(now + SELF_CONFIRM_POLL_NANOS);
    }

    private void readBack(long now) {
        confirmed = true;
        state.awaitBoard(plan.linkTimeoutNanos(), Reason.NOT_VERIFIED, "The board took CONFIRM and went silent.", now);
    }

    // The way back: before the reset the slot is made harmless, after it the board returns to its old image.

    @Override
    void cancelled(long now) {
        boolean polling = state.wait.retryNanos() != Deadline.NEVER
                && state.board.filter(state::runsNewImage).isPresent();
        if (state.step == Step.SENDING || state.step == Step.MARKING) {
            abort(now);
        } else if (state.step == Step.CONNECTING && polling) {
            takeBack(state.board.get(), now);
        } else if (state.step == Step.IDLE || state.step == Step.CONNECTING && !state.mayBePending()) {
            cancellation.finish("");
        }
    }

    private void takeBack(BoardInfo info, long now) {
        if (!state.runsNewImage(info) && state.mayBePending() && state.hasNotRestarted(info)) {
            abort(now);
        } else if (!state.runsNewImage(info)) {
            cancellation.takenBack();
        } else if (info.running().state() == RunningState.CONFIRMED) {
            cancellation.settle(" The board had confirmed the new image already.");
        } else {
            state.phase(Phase.ABORT);
            state.reset();
        }
    }

    private void abort(long now) {
        cancellation.abort(new UpdateEffect.Abort(), now);
    }
}
