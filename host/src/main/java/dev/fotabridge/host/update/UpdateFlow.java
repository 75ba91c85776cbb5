package dev.fotabridge.host.update;

import dev.fotabridge.host.outcome.FotaException;
import dev.fotabridge.host.outcome.Reason;
import dev.fotabridge.protocol.session.BoardInfo;
import dev.fotabridge.protocol.session.RunningState;
import dev.fotabridge.protocol.session.SessionEvent;
import dev.fotabridge.protocol.session.SessionFailure;
import dev.fotabridge.protocol.session.Upload;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One update of one board as a pure state machine: the board's answers, commands and time go in; effects and a deadline
 * come out. It reads no clock and does no I/O. Not thread-safe.
 *
 * <p>Whenever the board has answered HELLO, be it for the first time, after a lost link, after the reset, or to a host
 * that was killed meanwhile, {@link Decision} says what to do, from the journal and from what the board runs. So there
 * is one way to go on, and it does not depend on why it had stopped:
 *
 * <pre>
 * CONNECTING → decision ┬ SEND, MARK_AGAIN → SENDING → MARKING → RESETTING → CONNECTING …
 *                       ├ CONFIRM → CONFIRMING → CONNECTING (reads it back) …
 *                       └ anything else → ENDED
 * </pre>
 *
 * A lost link leads from every step back to CONNECTING. Whoever performs the effects keeps their order: the journal is
 * durable before MARK is sent. The update's time is nanoseconds of one monotonic clock.
 */
public final class UpdateFlow {
    /** A deadline that never comes. */
    public static final long NEVER = Long.MAX_VALUE;

    private static final long SECOND = 1_000_000_000L;
    private static final long SELF_CONFIRM_POLL_NANOS = SECOND;
    private static final long ABORT_NANOS = 10 * SECOND;
    private static final long FIRST_CONTACT_NANOS = 4 * SECOND;

    /** Reconnects in a row in which no page became durable; a line that is up only for moments would never end. */
    private static final int MAX_FRUITLESS_RECONNECTS = 10;

    /** MARKs of one execution: the first, and one after each loss of power in between. */
    private static final int MAX_ATTEMPTS = 3;

    private enum Step {
        IDLE,
        CONNECTING,
        SENDING,
        MARKING,
        RESETTING,
        CONFIRMING,
        ABORTING,
        ENDED
    }

    private final UpdatePlan plan;
    private final TransferProgress progress = new TransferProgress();
    private final List<UpdateEffect> out = new ArrayList<>();

    private Step step = Step.IDLE;
    private Optional<UpdateJournal> journal;
    private Optional<BoardInfo> board = Optional.empty();
    private Optional<UpdateEffect.Finish> cancel = Optional.empty();
    private Optional<UpdateEffect.Finish> verdict = Optional.empty();
    private LinkWait wait = LinkWait.until(NEVER, Reason.LINK_LOST, "");
    private Upload.Trust trust;
    private boolean markOnly;
    private boolean watched;
    private boolean confirmed;
    private boolean started;
    private int mismatchCount;
    private int fruitlessReconnectCount;
    private long selfConfirmDeadline = NEVER;

    /**
     * Prepares an update.
     *
     * @param journal what an earlier run left, of whatever execution; only this very one's is believed
     */
    public UpdateFlow(UpdatePlan plan, Optional<UpdateJournal> journal) {
        this.plan = plan;
        this.journal = journal.filter(this::isOfThisUpdate);
        this.trust = this.journal.isPresent() ? Upload.Trust.UNCLEAN : Upload.Trust.UNKNOWN;
    }

    private boolean isOfThisUpdate(UpdateJournal left) {
        return left.execution().equals(plan.execution())
                && left.fileSha256().equals(plan.fileSha256())
                && left.imageHash().equals(plan.imageHash());
    }

    /** Begins. */
    public List<UpdateEffect> start(long now) {
        boolean written = plan.completeOn() == CompleteOn.WRITTEN;
        if (written
                && journal.filter(j -> j.stage() == UpdateJournal.Stage.MARKED).isPresent()) {
            finish(Reason.SUCCEEDED, "The image is pending; the board swaps at its next restart.");
            return drain();
        }
        phase(Phase.CONNECT);
        if (journal.filter(UpdateJournal::mayBePending).isPresent()) {
            awaitBoard(SwapTime.LARGEST_NANOS + plan.linkTimeoutNanos(), Reason.NOT_VERIFIED, NOBODY, now);
        } else {
            awaitBoard(plan.firstContactNanos(), Reason.NO_ANSWER, "Nothing answered.", now);
        }
        return drain();
    }

    private static final String NOBODY = "The image was marked pending, but the board has not answered since.";

    /** When {@link #tick} is next useful, or NEVER. */
    public long deadline() {
        return step == Step.CONNECTING || step == Step.ABORTING ? wait.nextNanos() : NEVER;
    }

    /** Runs what is due; early calls do nothing. */
    public List<UpdateEffect> tick(long now) {
        if (deadline() > now) {
            return drain();
        }
        if (now >= wait.deadlineNanos()) {
            finish(cancel.map(UpdateEffect.Finish::reason).orElse(wait.reason()), timeoutSentence());
        } else {
            connect(now);
        }
        return drain();
    }

    private String timeoutSentence() {
        return cancel.map(c -> c.message() + " The board did not answer any more.")
                .orElse(wait.sentence());
    }

    /** What the session told, in order. */
    public List<UpdateEffect> on(SessionEvent event, long now) {
        if (event instanceof SessionEvent.ConsoleLine line) {
            out.add(new UpdateEffect.Report(new UpdateEvent.Log(line.text())));
        } else if (step != Step.ENDED) {
            dispatch(event, now);
        }
        return drain();
    }

    private void dispatch(SessionEvent event, long now) {
        if (event instanceof SessionEvent.Connected connected) {
            connected(connected.board(), now);
        } else if (step == Step.SENDING && event instanceof SessionEvent.UploadPlanned planned) {
            planned(planned, now);
        } else if (step == Step.SENDING && event instanceof SessionEvent.Progress made) {
            progressed(made, now);
        } else if (step == Step.SENDING && event instanceof SessionEvent.Verified) {
            verified();
        } else if (step == Step.MARKING && event instanceof SessionEvent.Marked) {
            marked();
        } else if (event instanceof SessionEvent.Resetting) {
            resetting(now);
        } else if (event instanceof SessionEvent.Confirmed) {
            readBack(now);
        } else if (event instanceof SessionEvent.Aborted) {
            verdict.ifPresent(v -> finish(v.reason(), v.message()));
        } else if (event instanceof SessionEvent.Failed failed) {
            String sentence = Printable.sentence(failed.text());
            failed(new SessionEvent.Failed(failed.failure(), sentence, failed.page()), now);
        }
    }

    /** The port could not be opened, or it vanished: a session that was open is gone. */
    public List<UpdateEffect> portFailed(FotaException cause, long now) {
        if (step == Step.CONNECTING) {
            boolean neverSeen = board.isEmpty() && journal.isEmpty();
            if (neverSeen) {
                finish(cause.reason(), cause.getMessage());
            } else {
                wait = wait.paused(now);
            }
        } else if (step != Step.ENDED) {
            failed(new SessionEvent.Failed(SessionFailure.LINK_LOST, cause.getMessage(), -1), now);
        }
        return drain();
    }

    /** AWS has the job no longer as ours: before the reset the slot is made harmless, after it the board goes back. */
    public List<UpdateEffect> cancel(Reason reason, String sentence, long now) {
        if (step == Step.ENDED || cancel.isPresent()) {
            return drain();
        }
        cancel = Optional.of(new UpdateEffect.Finish(reason, sentence));
        boolean polling =
                wait.retryNanos() != NEVER && board.filter(this::runsNewImage).isPresent();
        if (step == Step.SENDING || step == Step.MARKING) {
            abort(cancel.get(), now);
        } else if (step == Step.CONNECTING && polling) {
            takeBack(board.get(), now);
        } else if (step == Step.IDLE || step == Step.CONNECTING && !mayBePending()) {
            finish(reason, sentence);
        }
        return drain();
    }

    /** The user wants the program to end: nothing is taken back, the next start goes on. */
    public List<UpdateEffect> interrupt() {
        if (step != Step.ENDED) {
            finish(Reason.INTERRUPTED, "Interrupted; the next start goes on from here.");
        }
        return drain();
    }

    /** The journal could not be written; the effects behind it were not done. */
    public List<UpdateEffect> storageFailed(FotaException cause) {
        if (step == Step.ENDED) {
            verdict.ifPresent(out::add);
        } else {
            finish(cause.reason(), cause.getMessage());
        }
        return drain();
    }

    /** The journal as it should be on disk. */
    public Optional<UpdateJournal> journal() {
        return journal;
    }

    /** What the board last said of itself. */
    public Optional<BoardInfo> board() {
        return board;
    }

    private void connected(BoardInfo info, long now) {
        board = Optional.of(info);
        if (cancel.isPresent()) {
            takeBack(info, now);
            return;
        }
        switch (Decision.of(plan, journal, info, watched)) {
            case UP_TO_DATE -> finish(confirmed ? Reason.SUCCEEDED : Reason.UP_TO_DATE, runsSentence(info));
            case SUCCEEDED -> finish(Reason.SUCCEEDED, runsSentence(info));
            case CONFIRM -> confirm(info, now);
            case SEND -> checkAndSend(info);
            case MARK_AGAIN -> markAgain(info);
            case REVERTED -> finish(Reason.REVERTED, "The board runs " + name(info) + " and not the new image.");
            case NOT_READY -> finish(Reason.BOARD_NOT_READY, "The board runs " + name(info) + " on trial.");
        }
    }

    private String runsSentence(BoardInfo info) {
        String state = switch (info.running()) {
            case CONFIRMED -> "confirmed";
            case ON_TRIAL -> "on trial";
            case UNKNOWN -> "state unknown";
        };
        return "The board runs " + name(info) + ", " + state + ".";
    }

    private static String name(BoardInfo info) {
        String hash = info.imageHash().substring(0, 12);
        String version = BoardVersion.of(info);
        return version.isEmpty() ? "image " + hash : version + " (" + hash + ")";
    }

    private void checkAndSend(BoardInfo info) {
        try {
            plan.check().require(info);
        } catch (FotaException e) {
            finish(e.reason(), e.getMessage());
            return;
        }
        markOnly = false;
        send(info);
    }

    private void markAgain(BoardInfo info) {
        if (journal.orElseThrow().attempt() >= MAX_ATTEMPTS) {
            finish(Reason.NOT_VERIFIED, "The board did not restart into the new image in " + MAX_ATTEMPTS + " tries.");
            return;
        }
        markOnly = true;
        trust = trust == Upload.Trust.NOTHING ? trust : Upload.Trust.CLEAN;
        send(info);
    }

    private void send(BoardInfo info) {
        UpdateJournal next = journal.orElseGet(() -> freshJournal(info));
        // The boot id of a MARK that may have been carried out must stay until the next MARK: it tells a restart.
        journal = Optional.of(next.mayBePending() ? next : next.at(UpdateJournal.Stage.SENDING, info.bootId()));
        step = Step.SENDING;
        out.add(new UpdateEffect.Persist(journal.get()));
        phase(Phase.TRANSFER);
        out.add(new UpdateEffect.Send(trust, trust == Upload.Trust.NOTHING ? 0 : next.durablePages()));
    }

    private UpdateJournal freshJournal(BoardInfo info) {
        String from = BoardVersion.of(info);
        return new UpdateJournal(
                plan.execution(),
                plan.imageHash(),
                plan.fileSha256(),
                UpdateJournal.Stage.SENDING,
                info.bootId(),
                0,
                0,
                from);
    }

    private void planned(SessionEvent.UploadPlanned planned, long now) {
        if (markOnly && planned.toSend() > 0) {
            finish(Reason.REVERTED, "The bootloader threw the new image out of its slot.");
            return;
        }
        if (!started) {
            started = true;
            out.add(new UpdateEffect.Report(UpdateEvent.Fota.of(FotaEvent.START)));
        }
        progress.begin(now);
        log(planned.toSend() + " of " + planned.pages() + " pages to send.");
    }

    private void progressed(SessionEvent.Progress made, long now) {
        UpdateJournal before = journal.orElseThrow();
        if (made.durablePages() > before.durablePages()) {
            fruitlessReconnectCount = 0;
            journal = Optional.of(before.withDurablePages(made.durablePages()));
            out.add(new UpdateEffect.NoteDurable(made.durablePages()));
        }
        progress.events(made.bytes(), made.total(), now).forEach(e -> out.add(new UpdateEffect.Report(e)));
        if (made.bytes() >= made.total()) {
            phase(Phase.VERIFY);
        }
    }

    private void verified() {
        phase(Phase.VERIFY);
        progress.complete().forEach(e -> out.add(new UpdateEffect.Report(e)));
        phase(Phase.MARK);
        String bootId = board.orElseThrow().bootId();
        journal = journal.map(j -> j.at(UpdateJournal.Stage.MARKING, bootId).nextAttempt());
        step = Step.MARKING;
        watched = true;
        out.add(new UpdateEffect.Persist(journal.orElseThrow()));
        out.add(new UpdateEffect.Mark());
    }

    private void marked() {
        journal = journal.map(j -> j.at(UpdateJournal.Stage.MARKED, j.bootId()));
        if (plan.completeOn() == CompleteOn.WRITTEN) {
            out.add(new UpdateEffect.Persist(journal.orElseThrow()));
            finish(Reason.SUCCEEDED, "The image is verified and pending; the board swaps at its next restart.");
            return;
        }
        phase(Phase.SWAP);
        step = Step.RESETTING;
        out.add(new UpdateEffect.Persist(journal.orElseThrow()));
        out.add(new UpdateEffect.Reset());
    }

    private void resetting(long now) {
        awaitBoard(swapNanos() + plan.linkTimeoutNanos(), Reason.NOT_VERIFIED, NOBODY, now);
    }

    private void confirm(BoardInfo info, long now) {
        phase(Phase.CONFIRM);
        if (confirmed) {
            finish(Reason.NOT_VERIFIED, "The board took CONFIRM, but does not show its image as confirmed.");
        } else if (info.applicationConfirms()) {
            awaitSelfConfirm(now);
        } else {
            step = Step.CONFIRMING;
            out.add(new UpdateEffect.Confirm());
        }
    }

    private void awaitSelfConfirm(long now) {
        if (selfConfirmDeadline == NEVER) {
            selfConfirmDeadline = now + plan.linkTimeoutNanos();
        }
        step = Step.CONNECTING;
        wait = LinkWait.until(
                        selfConfirmDeadline,
                        Reason.NOT_VERIFIED,
                        "The new image runs, but its application has not confirmed it.")
                .retryAt(now + SELF_CONFIRM_POLL_NANOS);
    }

    private void readBack(long now) {
        confirmed = true;
        awaitBoard(plan.linkTimeoutNanos(), Reason.NOT_VERIFIED, "The board took CONFIRM and went silent.", now);
    }

    private void failed(SessionEvent.Failed failed, long now) {
        SessionFailure failure = failed.failure();
        Reason reason = FailureReasons.of(failure);
        if (step == Step.ABORTING) {
            verdict.ifPresent(v -> finish(v.reason(), v.message() + " The board could not be told."));
        } else if (step == Step.CONNECTING) {
            failedToConnect(failed, reason, now);
        } else if (FailureReasons.isTransient(failure)) {
            linkLost(failed.text(), now);
        } else if (step == Step.SENDING && reason == Reason.WRITE_MISMATCH) {
            mismatch(failed.text(), now);
        } else {
            finish(reason, failed.text());
        }
    }

    private void failedToConnect(SessionEvent.Failed failed, Reason reason, long now) {
        if (!FailureReasons.isTransient(failed.failure())) {
            finish(reason, failed.text());
            return;
        }
        if (isFirstContact()) {
            // The session knows whether bytes came at all.
            wait = wait.meaning(FailureReasons.ofFirstContact(failed.failure()), failed.text());
        }
        if (now >= wait.deadlineNanos()) {
            finish(wait.reason(), wait.sentence());
        } else {
            wait = wait.paused(now);
        }
    }

    private boolean isFirstContact() {
        return board.isEmpty() && !mayBePending();
    }

    private void linkLost(String text, long now) {
        fruitlessReconnectCount++;
        if (fruitlessReconnectCount > MAX_FRUITLESS_RECONNECTS) {
            finish(mayBePending() ? Reason.NOT_VERIFIED : Reason.LINK_LOST, text);
            return;
        }
        log("The link is lost, waiting for the board: " + text);
        if (step == Step.SENDING && !markOnly) {
            trust = trust == Upload.Trust.NOTHING ? trust : Upload.Trust.UNCLEAN;
            awaitBoard(plan.linkTimeoutNanos(), Reason.LINK_LOST, text, now);
        } else {
            awaitBoard(swapNanos() + plan.linkTimeoutNanos(), Reason.NOT_VERIFIED, NOBODY, now);
        }
    }

    private void mismatch(String text, long now) {
        mismatchCount++;
        if (mismatchCount > 1) {
            finish(Reason.WRITE_MISMATCH, text);
            return;
        }
        log("What the board wrote differs, every page is sent again: " + text);
        trust = Upload.Trust.NOTHING;
        journal = journal.map(j -> j.withDurablePages(0));
        awaitBoard(plan.linkTimeoutNanos(), Reason.LINK_LOST, text, now);
    }

    /** Cancelled, and the board has answered: nothing of the new image may stay where it could start. */
    private void takeBack(BoardInfo info, long now) {
        UpdateEffect.Finish end = cancel.orElseThrow();
        boolean sameStart =
                journal.filter(j -> j.bootId().equals(info.bootId())).isPresent();
        if (!runsNewImage(info)) {
            if (mayBePending() && sameStart) {
                abort(end, now);
            } else {
                finish(end.reason(), end.message());
            }
        } else if (info.running() == RunningState.CONFIRMED) {
            finish(end.reason(), end.message() + " The board had confirmed the new image already.");
        } else {
            phase(Phase.ABORT);
            step = Step.RESETTING;
            out.add(new UpdateEffect.Reset());
        }
    }

    private void abort(UpdateEffect.Finish end, long now) {
        phase(Phase.ABORT);
        verdict = Optional.of(end);
        step = Step.ABORTING;
        wait = LinkWait.until(now + ABORT_NANOS, end.reason(), end.message());
        out.add(new UpdateEffect.Abort());
    }

    private void awaitBoard(long patienceNanos, Reason reason, String sentence, long now) {
        wait = LinkWait.until(now + patienceNanos, reason, sentence);
        connect(now);
    }

    private void connect(long now) {
        step = Step.CONNECTING;
        wait = wait.trying();
        long left = wait.deadlineNanos() - now;
        // A first contact is tried in short sessions, each of which says whether it heard nothing or no stub.
        out.add(new UpdateEffect.Connect(isFirstContact() ? Math.min(left, FIRST_CONTACT_NANOS) - 1 : left));
    }

    private long swapNanos() {
        return board.map(b -> SwapTime.estimateNanos(b.slot())).orElse(SwapTime.LARGEST_NANOS);
    }

    private boolean mayBePending() {
        return journal.filter(UpdateJournal::mayBePending).isPresent();
    }

    private boolean runsNewImage(BoardInfo info) {
        return info.imageHash().equals(plan.imageHash().hex());
    }

    private void finish(Reason reason, String message) {
        step = Step.ENDED;
        verdict = Optional.of(new UpdateEffect.Finish(reason, message));
        out.add(verdict.get());
    }

    private void phase(Phase phase) {
        progress.phase(phase).ifPresent(e -> out.add(new UpdateEffect.Report(e)));
    }

    private void log(String line) {
        out.add(new UpdateEffect.Report(new UpdateEvent.Log(line)));
    }

    private List<UpdateEffect> drain() {
        List<UpdateEffect> effects = List.copyOf(out);
        out.clear();
        return effects;
    }
}
