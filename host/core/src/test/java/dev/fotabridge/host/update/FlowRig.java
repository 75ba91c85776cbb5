package dev.fotabridge.host.update;

import dev.fotabridge.host.api.BayEvent;
import dev.fotabridge.host.api.CompleteOn;
import dev.fotabridge.host.api.FotaException;
import dev.fotabridge.host.api.Reason;
import dev.fotabridge.host.link.BoardIdentity;
import dev.fotabridge.protocol.board.BoardInfo;
import dev.fotabridge.protocol.session.SessionEvent;
import dev.fotabridge.protocol.session.SessionFailure;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Drives a flow by hand: time moves only when told, effects are kept in order. */
final class FlowRig {
    static final long SECOND = 1_000_000_000L;
    static final int PAGES = 4;
    static final int TOTAL = 4 * 4096;

    final List<UpdateEffect> effects = new ArrayList<>();
    long now;
    private BoardFlow flow;
    private boolean modem;
    private CompleteOn completeOn = CompleteOn.CONFIRMED;
    private BoardCheck check = board -> {};
    private final List<UpdateJournal> left = new ArrayList<>();
    private String probe = "";

    FlowRig completeOn(CompleteOn when) {
        completeOn = when;
        return this;
    }

    FlowRig check(BoardCheck refusing) {
        check = refusing;
        return this;
    }

    /** The update is a modem delta. */
    FlowRig modem() {
        modem = true;
        return this;
    }

    FlowRig journal(UpdateJournal journal) {
        left.add(journal);
        return this;
    }

    /** Serial number of the debugger behind the port from now on. */
    FlowRig probe(String serialNumber) {
        probe = serialNumber;
        return this;
    }

    FlowRig start() {
        UpdatePlan plan = new UpdatePlan(
                "job",
                Boards.NEW,
                Boards.NEW,
                modem ? "" : "2.0.0",
                completeOn,
                10 * SECOND,
                60 * SECOND,
                check,
                modem ? UpdateTarget.MODEM : UpdateTarget.APPLICATION);
        flow = BoardFlow.of(plan, left);
        return take(flow.start(now));
    }

    FlowRig on(SessionEvent event) {
        return take(flow.on(event, now));
    }

    FlowRig connected(BoardInfo board) {
        return take(flow.connected(board, BoardIdentity.of(board, probe), now));
    }

    FlowRig failed(SessionFailure failure) {
        return on(new SessionEvent.Failed(failure, "It was " + failure + ".", -1));
    }

    FlowRig portFailed(Reason reason) {
        return take(flow.portFailed(new FotaException(reason, "The port."), now));
    }

    FlowRig cancel() {
        return take(flow.cancel(Reason.JOB_CANCELED, "Cancelled.", now));
    }

    FlowRig interrupt() {
        return take(flow.interrupt());
    }

    FlowRig storageFailed() {
        return take(flow.storageFailed(new FotaException(Reason.STORAGE_FULL, "Full.")));
    }

    FlowRig planned(int toSend) {
        return on(new SessionEvent.UploadPlanned(PAGES, toSend, false));
    }

    FlowRig progress(int pages) {
        return on(new SessionEvent.Progress(pages, pages * 4096L, TOTAL));
    }

    /** Lets time pass up to the next deadline, once. */
    FlowRig passToDeadline() {
        now = Math.max(now, flow.deadline());
        return take(flow.tick(now));
    }

    FlowRig pass(long nanos) {
        now += nanos;
        return take(flow.tick(now));
    }

    long deadline() {
        return flow.deadline();
    }

    Optional<BoardInfo> board() {
        return flow.board();
    }

    boolean metAnother() {
        return flow.metAnother();
    }

    UpdateJournal journal() {
        return flow.journal().orElseThrow();
    }

    private FlowRig take(List<UpdateEffect> more) {
        effects.addAll(more);
        return this;
    }

    boolean mayBePending() {
        return flow.mayBePending();
    }

    String modemResult() {
        return flow.modemResult();
    }

    /** Forgets what was done so far. */
    FlowRig clear() {
        effects.clear();
        return this;
    }

    <T extends UpdateEffect> List<T> all(Class<T> type) {
        return effects.stream().filter(type::isInstance).map(type::cast).toList();
    }

    boolean has(Class<? extends UpdateEffect> type) {
        return !all(type).isEmpty();
    }

    Reason ended() {
        List<UpdateEffect.Finish> ends = all(UpdateEffect.Finish.class);
        if (ends.size() != 1) {
            throw new AssertionError("ends: " + ends + " in " + effects);
        }
        return ends.get(0).reason();
    }

    List<String> steps() {
        List<String> words = new ArrayList<>();
        for (UpdateEffect effect : effects) {
            if (effect instanceof UpdateEffect.Report report) {
                if (report.event() instanceof BayEvent.PhaseEntered entered) {
                    words.add(entered.phase().name());
                } else if (report.event() instanceof BayEvent.Fota fota && fota.percent() < 0) {
                    words.add(fota.event().name());
                }
            } else if (effect instanceof UpdateEffect.Persist persist) {
                words.add("persist " + persist.journal().stage());
            } else if (effect instanceof UpdateEffect.Finish finish) {
                words.add("end " + finish.reason());
            } else if (!(effect instanceof UpdateEffect.NoteDurable)) {
                words.add(effect.getClass().getSimpleName().toLowerCase(java.util.Locale.ROOT));
            }
        }
        return words;
    }
}
