package dev.fotabridge.host.bay;

import dev.fotabridge.host.api.BayEvent;
import dev.fotabridge.host.api.FotaException;
import dev.fotabridge.host.api.Phase;
import dev.fotabridge.host.api.Reason;
import dev.fotabridge.host.api.RunEnd;
import dev.fotabridge.host.api.UpdateOptions;
import dev.fotabridge.host.link.BoardLink;
import dev.fotabridge.host.link.LinkEvent;
import dev.fotabridge.host.update.BoardFlow;
import dev.fotabridge.host.update.UpdateEffect;
import dev.fotabridge.host.update.UpdatePlan;
import dev.fotabridge.protocol.board.BoardInfo;
import dev.fotabridge.protocol.session.SessionEvent;
import dev.fotabridge.protocol.upload.SlotContents;
import dev.fotabridge.protocol.upload.Upload;
import dev.fotabridge.protocol.upload.UploadEstimate;
import java.util.List;
import java.util.Optional;

/**
 * Asks a board what an update would do to it. It takes the update's own flow as far as its first effect that changes something, and says
 * what that is. HELLO and GET_DIGESTS are all that is sent, and no journal is written.
 * Tested by ForecastIT.
 */
public final class ForecastRun {
    private final PreparedImage image;
    private final OpenBay bay;
    private final BayLoop loop;
    private final EventSink sink;
    private final KnownImages images;
    private final int ceilingBaud;
    private final UpdatePlan plan;
    private final BoardFlow flow;
    private Optional<UpdateEffect.Send> send = Optional.empty();
    private Optional<SlotContents> slot = Optional.empty();
    private Optional<RunEnd> end = Optional.empty();
    private boolean reporting = true;

    /**
     * Sends nothing yet.
     *
     * @param ceilingBaud the highest rate that an update may use
     * @throws FotaException if the journals of earlier runs cannot be read
     */
    public ForecastRun(
            PreparedImage image,
            UpdateOptions options,
            OpenBay bay,
            BayContext context,
            EventSink sink,
            int ceilingBaud)
            throws FotaException {
        this.image = image;
        this.bay = bay;
        this.loop = context.loop();
        this.sink = sink;
        this.images = KnownImages.open(context.state());
        this.ceilingBaud = ceilingBaud;
        this.plan = FlashRun.plan(image, options);
        this.flow = BoardFlow.of(plan, new JournalStore(context.state().journal("port " + bay.port())).load());
    }

    /** Blocks until the board has answered, or will not. Returns how the update would end, as far as that can be known. */
    public RunEnd run() {
        BoardLink link = bay.link();
        perform(flow.start(loop.now()));
        while (end.isEmpty()) {
            loop.await(Math.min(flow.deadline(), link.deadline()));
            if (loop.isInterrupted()) {
                perform(flow.interrupt());
            }
            link.step(loop.now());
            for (LinkEvent event = link.poll(); event != null; event = link.poll()) {
                handle(event);
            }
            perform(flow.tick(loop.now()));
            link.step(loop.now());
        }
        return end.get();
    }

    /** Returns what the board said of itself; empty if it did not answer. */
    public Optional<BoardInfo> board() {
        return flow.board();
    }

    /** Returns the version that runs; empty if it is not known. */
    public String from() {
        return board().map(plan::versionOn).orElse("");
    }

    /** Returns what would be sent at each rate that may be used, the lowest first; empty if nothing was compared. */
    public List<RateEstimate> estimates() {
        if (slot.isEmpty()) {
            return List.of();
        }
        BoardInfo info = board().orElseThrow();
        return RateEstimate.rates(info, bay.link().baud(), ceilingBaud).stream()
                .map(baud -> new RateEstimate(baud, UploadEstimate.of(upload(info, baud), info, slot.get())))
                .toList();
    }

    private void handle(LinkEvent event) {
        if (end.isPresent()) {
            return;
        }
        if (event instanceof LinkEvent.PortFailed failed) {
            perform(flow.portFailed(failed.cause(), loop.now()));
            return;
        }
        SessionEvent inner = ((LinkEvent.Session) event).event();
        if (inner instanceof SessionEvent.Connected connected) {
            sink.event(new BayEvent.BoardSeen(bay.nameOf(connected.board())));
            perform(flow.connected(connected.board(), bay.link().identityOf(connected.board()), loop.now()));
        } else if (inner instanceof SessionEvent.Compared compared && send.isPresent()) {
            planned(compared.slot());
        } else {
            perform(flow.on(inner, loop.now()));
        }
    }

    /** The flow is told as if BEGIN had been accepted: it may end here, as when the bootloader has thrown the image out. */
    private void planned(SlotContents found) {
        slot = Optional.of(found);
        BoardInfo info = board().orElseThrow();
        UploadEstimate estimate = UploadEstimate.of(upload(info, bay.link().baud()), info, found);
        reporting = false;
        perform(flow.on(new SessionEvent.UploadPlanned(estimate.pages(), estimate.toSend(), false), loop.now()));
        if (end.isEmpty()) {
            would(
                    estimate.toSend() == 0
                            ? "The slot holds the image already: it would be verified and marked."
                            : estimate.toSend() + " of " + estimate.pages() + " pages would be sent.");
        }
    }

    private Upload upload(BoardInfo info, int baud) {
        UpdateEffect.Send asked = send.orElseThrow();
        return new Upload(
                image.payload(),
                image.payloadSha256().bytes(),
                image.imageHash().bytes(),
                asked.trust(),
                asked.knownDurablePages(),
                images.packing(info, baud));
    }

    private void perform(List<UpdateEffect> effects) {
        for (UpdateEffect effect : effects) {
            if (end.isEmpty()) {
                perform(effect);
            }
        }
    }

    private void perform(UpdateEffect effect) {
        if (effect instanceof UpdateEffect.Connect connect) {
            bay.link().connect(connect.limitNanos(), loop.now());
        } else if (effect instanceof UpdateEffect.Send sending) {
            send = Optional.of(sending);
            compare();
        } else if (effect instanceof UpdateEffect.Compare) {
            send = Optional.empty();
            compare();
        } else if (effect instanceof UpdateEffect.Report report) {
            report(report.event());
        } else if (effect instanceof UpdateEffect.Finish finish) {
            end = Optional.of(new RunEnd(finish.reason(), finish.message()));
        } else if (changesSomething(effect)) {
            would(intent(effect));
        }
    }

    private void compare() {
        Upload all = new Upload(
                image.payload(),
                image.payloadSha256().bytes(),
                image.imageHash().bytes(),
                Upload.Trust.CLEAN,
                0);
        bay.link().compare(all, loop.now());
    }

    private static boolean changesSomething(UpdateEffect effect) {
        return !(effect instanceof UpdateEffect.Persist) && !(effect instanceof UpdateEffect.NoteDurable);
    }

    private String intent(UpdateEffect effect) {
        if (effect instanceof UpdateEffect.ModemErase) {
            return "The modem would erase its area, and take all " + image.payload().length + " bytes of the delta.";
        } else if (effect instanceof UpdateEffect.ModemSend) {
            long stored = board().flatMap(BoardInfo::modem).orElseThrow().offset();
            return (image.payload().length - stored) + " of " + image.payload().length
                    + " bytes of the delta would be sent.";
        } else if (effect instanceof UpdateEffect.ModemSchedule) {
            return "The modem has all of the delta: it would be scheduled.";
        } else if (effect instanceof UpdateEffect.Reset) {
            return "The board would be reset, so that it starts what is pending.";
        }
        return "The board would be told to go on: " + effect.getClass().getSimpleName() + ".";
    }

    private void report(BayEvent event) {
        if (event instanceof BayEvent.PhaseEntered entered && entered.phase() == Phase.CONFIRM) {
            would("The board runs the image on trial: it would be confirmed.");
        } else if (reporting && (event instanceof BayEvent.Log || isFirstPhase(event))) {
            sink.event(event);
        }
    }

    private static boolean isFirstPhase(BayEvent event) {
        return event instanceof BayEvent.PhaseEntered entered && entered.phase() == Phase.CONNECT;
    }

    private void would(String sentence) {
        end = Optional.of(new RunEnd(Reason.SUCCEEDED, sentence));
    }
}
