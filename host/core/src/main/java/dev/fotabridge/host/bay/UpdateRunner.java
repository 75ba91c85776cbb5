package dev.fotabridge.host.bay;

import dev.fotabridge.host.api.AtAws;
import dev.fotabridge.host.api.BayEvent;
import dev.fotabridge.host.api.FotaException;
import dev.fotabridge.host.api.Reason;
import dev.fotabridge.host.link.BoardLink;
import dev.fotabridge.host.link.LinkEvent;
import dev.fotabridge.host.update.BoardFlow;
import dev.fotabridge.host.update.UpdateEffect;
import dev.fotabridge.host.update.UpdateJournal;
import dev.fotabridge.host.update.UpdatePlan;
import dev.fotabridge.host.update.UpdateTarget;
import dev.fotabridge.host.value.Sha256;
import dev.fotabridge.protocol.board.BoardInfo;
import dev.fotabridge.protocol.modem.ModemTask;
import dev.fotabridge.protocol.session.SessionEvent;
import dev.fotabridge.protocol.upload.Packing;
import dev.fotabridge.protocol.upload.Upload;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Performs an update flow's effects on a link and a journal. One thread owns it, that of the bay.
 * Tested by SequenceSweepSimTest.
 */
public final class UpdateRunner {
    private static final Logger LOG = LoggerFactory.getLogger(UpdateRunner.class);

    private final UpdatePlan plan;
    private final byte[] payload;
    private final BoardLink link;
    private final KnownImages images;
    private final JournalStore journals;
    private final Consumer<BayEvent> listener;
    private final BoardFlow flow;
    private Optional<String> from = Optional.empty();
    private Optional<UpdateEffect.Finish> verdict = Optional.empty();

    /**
     * Sends nothing yet.
     *
     * @param payload the bytes that go to the board
     * @param left journals of earlier runs, of any execution and board
     * @param listener takes what happens, on the thread that calls
     */
    public UpdateRunner(
            UpdatePlan plan,
            byte[] payload,
            BoardLink link,
            KnownImages images,
            JournalStore journals,
            List<UpdateJournal> left,
            Consumer<BayEvent> listener) {
        this.plan = plan;
        this.payload = payload;
        this.link = link;
        this.images = images;
        this.journals = journals;
        this.listener = listener;
        this.flow = BoardFlow.of(plan, left);
    }

    /** Begins the update. */
    public void start(long now) {
        perform(flow.start(now), now);
    }

    /** Handles the link's events and does what is due. */
    public void step(long now) {
        link.step(now);
        for (LinkEvent event = link.poll(); event != null; event = link.poll()) {
            perform(handle(event, now), now);
        }
        perform(flow.tick(now), now);
        link.step(now);
    }

    private List<UpdateEffect> handle(LinkEvent event, long now) {
        if (event instanceof LinkEvent.PortFailed failed) {
            return flow.portFailed(failed.cause(), now);
        }
        SessionEvent inner = ((LinkEvent.Session) event).event();
        LOG.debug("{}", inner);
        if (inner instanceof SessionEvent.Connected connected) {
            return flow.connected(connected.board(), link.identityOf(connected.board()), now);
        }
        return flow.on(inner, now);
    }

    /** Returns when the next step is useful, nanoseconds. */
    public long deadline() {
        return Math.min(flow.deadline(), link.deadline());
    }

    /** AWS no longer has the job for this host: takes back what can be taken back. */
    public void cancel(Reason reason, String sentence, long now) {
        perform(flow.cancel(reason, sentence, now), now);
    }

    /** Ends without taking anything back; the next start goes on. */
    public void interrupt(long now) {
        perform(flow.interrupt(), now);
    }

    /** Returns how the update ended; empty while it runs. */
    public Optional<UpdateEffect.Finish> verdict() {
        return verdict;
    }

    /** Returns what the board that is updated last said of itself. */
    public Optional<BoardInfo> board() {
        return flow.board();
    }

    /** Returns the journal as it should be on disk. */
    public Optional<UpdateJournal> journal() {
        return flow.journal();
    }

    /** Returns whether the update ended because another board answered in the place of the updated one. */
    public boolean metAnother() {
        return flow.metAnother();
    }

    /** Notes in the record what the board ran before, and the modem's result and firmware for a modem update. */
    public void describe(RunRecord record) {
        if (from.isEmpty()) {
            from = board().map(b -> journal().map(UpdateJournal::from).orElse(plan.versionOn(b)));
        }
        record.from(from.or(() -> journal().map(UpdateJournal::from)).orElse(""));
        record.modemResult(flow.modemResult());
        if (plan.target() == UpdateTarget.MODEM
                && verdict.filter(v -> v.reason().atAws() == AtAws.SUCCEEDED).isPresent()) {
            board().map(plan::versionOn).ifPresent(record::to);
        }
    }

    /** Returns, after a cancellation, whether the new image may still start because the board could not be reached. */
    public boolean mayBePending() {
        return flow.mayBePending();
    }

    private void perform(List<UpdateEffect> effects, long now) {
        for (UpdateEffect effect : effects) {
            LOG.debug("{}", effect);
            if (effect instanceof UpdateEffect.Persist persist) {
                try {
                    journals.save(persist.journal());
                } catch (FotaException e) {
                    perform(flow.storageFailed(e), now);
                    if (verdict.isPresent()) {
                        return;
                    }
                }
            } else {
                perform(effect, now);
            }
        }
    }

    private void perform(UpdateEffect effect, long now) {
        if (effect instanceof UpdateEffect.Connect connect) {
            link.connect(connect.limitNanos(), now);
        } else if (effect instanceof UpdateEffect.Send send) {
            link.upload(upload(send), now);
            link.step(now);
        } else if (effect instanceof UpdateEffect.Compare) {
            link.compare(upload(new UpdateEffect.Send(Upload.Trust.CLEAN, 0)), now);
        } else if (effect instanceof UpdateEffect.Mark) {
            link.mark(now);
        } else if (effect instanceof UpdateEffect.ModemErase) {
            link.modem(new ModemTask.Erase(), now);
        } else if (effect instanceof UpdateEffect.ModemSend) {
            link.modem(new ModemTask.Send(payload), now);
        } else if (effect instanceof UpdateEffect.ModemSchedule) {
            link.modem(new ModemTask.Schedule(payload.length), now);
        } else if (effect instanceof UpdateEffect.Reset) {
            link.reset(now);
        } else if (effect instanceof UpdateEffect.Confirm) {
            link.confirm(plan.imageHash().bytes(), now);
        } else if (effect instanceof UpdateEffect.Abort) {
            link.abort(now);
        } else if (effect instanceof UpdateEffect.NoteDurable note) {
            journals.noteDurable(note.pages());
        } else if (effect instanceof UpdateEffect.Report report) {
            listener.accept(report.event());
        } else if (effect instanceof UpdateEffect.Finish finish) {
            verdict = Optional.of(finish);
        }
    }

    private Upload upload(UpdateEffect.Send send) {
        Sha256 file = plan.fileSha256();
        Packing packing =
                flow.board().map(board -> images.packing(board, link.baud())).orElse(Packing.NONE);
        return new Upload(
                payload, file.bytes(), plan.imageHash().bytes(), send.trust(), send.knownDurablePages(), packing);
    }
}
