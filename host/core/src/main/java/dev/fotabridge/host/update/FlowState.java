package dev.fotabridge.host.update;

import dev.fotabridge.host.api.BayEvent;
import dev.fotabridge.host.api.FotaException;
import dev.fotabridge.host.api.Phase;
import dev.fotabridge.host.api.Reason;
import dev.fotabridge.protocol.board.BoardInfo;
import dev.fotabridge.protocol.time.Deadline;
import dev.fotabridge.protocol.upload.Upload;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The state that {@link UpdateFlow}, {@link ModemFlow} and their parts share: the step, what is known, and the queued
 * effects.
 * Tested by UpdateFlowTest.
 */
final class FlowState {
    private static final long FIRST_CONTACT_NANOS = 4_000_000_000L;

    enum Step {
        IDLE,
        CONNECTING,
        COMPARING,
        SENDING,
        MARKING,
        RESETTING,
        CONFIRMING,
        ABORTING,
        ENDED
    }

    final UpdatePlan plan;
    final TransferProgress progress = new TransferProgress();

    Step step = Step.IDLE;
    Optional<UpdateJournal> journal;
    Optional<BoardInfo> board = Optional.empty();
    Optional<UpdateEffect.Finish> verdict = Optional.empty();
    LinkWait wait = LinkWait.until(Deadline.NEVER, Reason.LINK_LOST, "");

    /** How much of what lies in the slot is believed at the next upload. */
    Upload.Trust trust;

    /** Whether the board has said that the new image can not start any more, or not be taken back any more. */
    boolean settled;

    /** The slot must already hold the image. Having to send a page means that MCUboot rejected it. */
    boolean markOnly;

    /** Whether the journal is for certain that of the board that answers. */
    boolean proven;

    /** Whether this process has asked the board for a reset: its boot id and its firmware may be new since. */
    boolean wasReset;

    /** Whether it ended since another board answered in the place of this one. */
    boolean metAnother;

    private final List<UpdateEffect> effects = new ArrayList<>();

    /**
     * @param left what earlier runs left of this update, of whatever board: one of those is taken until a board has
     *     answered
     */
    FlowState(UpdatePlan plan, List<UpdateJournal> left) {
        this.plan = plan;
        this.journal = left.stream()
                .filter(UpdateJournal::mayBePending)
                .findFirst()
                .or(() -> left.stream().findFirst());
        this.trust = Upload.Trust.UNKNOWN;
    }

    boolean hasEnded() {
        return step == Step.ENDED;
    }

    boolean mayBePending() {
        return journal.filter(UpdateJournal::mayBePending).isPresent();
    }

    boolean isFirstContact() {
        return board.isEmpty() && !mayBePending();
    }

    boolean runsNewImage(BoardInfo info) {
        return info.running().imageHash().equals(plan.imageHash().hex());
    }

    /** Whether the board has not restarted since the journal was written: what was marked may still be waiting. */
    boolean hasNotRestarted(BoardInfo info) {
        return journal.filter(j -> j.bootId().equals(info.identity().bootId())).isPresent();
    }

    /** What it means if nobody answers after the reset. */
    String nobody() {
        return plan.target().silence();
    }

    /** Nothing is taken back. */
    void interrupt() {
        if (!hasEnded()) {
            finish(Reason.INTERRUPTED, "Interrupted; the next start goes on from here.");
        }
    }

    /**
     * The journal could not be written. If the image is pending, the disk has MARKING, from which a restarted host
     * can go on. So the update goes on without MARKED.
     */
    void storageFailed(FotaException cause) {
        if (hasEnded()) {
            verdict.ifPresent(this::add);
        } else if (journal.filter(j -> j.stage() == UpdateJournal.Stage.MARKED).isPresent()) {
            log(cause.getMessage() + " The update goes on.");
        } else {
            finish(cause.reason(), cause.getMessage());
        }
    }

    /** How long this board may take for a swap, or its modem for a delta. */
    long swapNanos() {
        return plan.target().restartNanos(board);
    }

    /** Looks for the board from now on; if nobody comes, it ends with this reason. */
    void awaitBoard(long patienceNanos, Reason reason, String sentence, long now) {
        wait = LinkWait.until(now + patienceNanos, reason, sentence);
        connect(now);
    }

    /** As {@link #awaitBoard}, after a reset that may have begun a swap. */
    void awaitSwap(long now) {
        awaitBoard(swapNanos() + plan.linkTimeoutNanos(), Reason.NOT_VERIFIED, nobody(), now);
    }

    void connect(long now) {
        step = Step.CONNECTING;
        wait = wait.trying();
        long left = wait.deadlineNanos() - now;
        // A first contact is tried in short sessions, each of which says whether it heard nothing or no stub.
        add(new UpdateEffect.Connect(isFirstContact() ? Math.min(left / 2 + 1, FIRST_CONTACT_NANOS) : left));
    }

    void finish(Reason reason, String message) {
        step = Step.ENDED;
        verdict = Optional.of(new UpdateEffect.Finish(reason, message));
        add(verdict.get());
    }

    void reset() {
        step = Step.RESETTING;
        wasReset = true;
        add(new UpdateEffect.Reset());
    }

    /** Makes the journal durable, as it is now. */
    void persist() {
        add(new UpdateEffect.Persist(journal.orElseThrow()));
    }

    void phase(Phase phase) {
        progress.phase(phase).ifPresent(this::report);
    }

    void log(String line) {
        report(new BayEvent.Log(line));
    }

    void report(BayEvent event) {
        add(new UpdateEffect.Report(event));
    }

    void add(UpdateEffect effect) {
        effects.add(effect);
    }

    /** Returns the queued effects, in order, and empties the queue. */
    List<UpdateEffect> drain() {
        List<UpdateEffect> taken = List.copyOf(effects);
        effects.clear();
        return taken;
    }
}
