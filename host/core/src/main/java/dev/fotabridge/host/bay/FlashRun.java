package dev.fotabridge.host.bay;

import dev.fotabridge.host.api.BayEvent;
import dev.fotabridge.host.api.FotaException;
import dev.fotabridge.host.api.Phase;
import dev.fotabridge.host.api.Reason;
import dev.fotabridge.host.api.RunEnd;
import dev.fotabridge.host.api.UpdateGate;
import dev.fotabridge.host.api.UpdateOptions;
import dev.fotabridge.host.api.UpdateRecord;
import dev.fotabridge.host.api.WireTotals;
import dev.fotabridge.host.update.BoardCheck;
import dev.fotabridge.host.update.UpdateEffect;
import dev.fotabridge.host.update.UpdateJournal;
import dev.fotabridge.host.update.UpdatePlan;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** Updates one board from one file, without a cloud. Tested by BoardBayIT. */
public final class FlashRun {
    /** How long a board may take for its first answer if the user names no other time. */
    private static final long FIRST_CONTACT_NANOS = TimeUnit.SECONDS.toNanos(10);

    /** Reasons after which the same command can go on where this one ended, so its journal stays. */
    private static final Set<Reason> KEEPS_JOURNAL =
            Set.of(Reason.INTERRUPTED, Reason.LINK_LOST, Reason.PORT_BUSY, Reason.PORT_FORBIDDEN, Reason.PORT_MISSING);

    private final ImageToFlash image;
    private final UpdateOptions options;
    private final BaySource place;
    private final BayContext context;
    private final EventSink sink;
    private final UpdateGate gate;
    private final BayLoop loop;
    private final RunRecord record;
    private volatile RunEnd cancel;

    /** Has the image, or reads it. */
    @FunctionalInterface
    public interface ImageToFlash {
        /** @throws FotaException if it cannot be read, or can never run */
        PreparedImage prepared() throws FotaException;
    }

    /** Opens the bay if it is not open. */
    @FunctionalInterface
    public interface BaySource {
        /** @throws FotaException if the port cannot be opened */
        OpenBay open() throws FotaException;
    }

    /** Opens nothing yet. */
    public FlashRun(
            ImageToFlash image,
            UpdateOptions options,
            BaySource place,
            BayContext context,
            EventSink sink,
            UpdateGate gate) {
        this.gate = gate;
        this.image = image;
        this.options = options;
        this.place = place;
        this.context = context;
        this.sink = sink;
        this.loop = context.loop();
        this.record = new RunRecord(loop.now());
    }

    /**
     * Blocks until the update has ended.
     *
     * @throws FotaException if it ended before the board was asked
     */
    public UpdateRecord run() throws FotaException {
        tell(new BayEvent.PhaseEntered(Phase.CHECK));
        PreparedImage prepared = image.prepared();
        describe(prepared);
        OpenBay bay = place.open();
        sink.event(new BayEvent.BoardSeen(bay.port()));
        return update(context.shared().images().share(prepared), bay);
    }

    /** Takes the update back; any thread. */
    public void cancel(RunEnd why) {
        cancel = why;
        loop.wake();
    }

    /** Returns the record of an update that ended by an exception. */
    public UpdateRecord failed(FotaException cause) {
        return record.result(cause.reason(), cause.getMessage(), WireTotals.NONE, loop.now());
    }

    private void describe(PreparedImage prepared) {
        record.image(prepared.reportedHash(), prepared.descriptor().fileSha256().hex(), prepared.version());
        prepared.descriptor().warnings().forEach(w -> tell(new BayEvent.Log(w)));
    }

    private UpdateRecord update(PreparedImage prepared, OpenBay bay) throws FotaException {
        WireTotals before = bay.link().wire();
        KnownImages images = KnownImages.open(context.state());
        images.keep(prepared);
        JournalStore journals = new JournalStore(context.state().journal("port " + bay.port()));
        UpdateRunner runner = new UpdateRunner(
                plan(prepared, options), prepared.payload(), bay.link(), images, journals, journals.load(), this::tell);
        runner.start(loop.now());
        while (runner.verdict().isEmpty()) {
            loop.await(runner.deadline());
            if (loop.isInterrupted()) {
                runner.interrupt(loop.now());
            } else if (cancel != null) {
                runner.cancel(cancel.reason(), cancel.message(), loop.now());
            }
            runner.step(loop.now());
            runner.board().map(bay::nameOf).map(BayEvent.BoardSeen::new).ifPresent(sink::event);
        }
        UpdateEffect.Finish end = runner.verdict().get();
        runner.describe(record);
        if (!mayGoOn(runner, end) && !runner.metAnother()) {
            forget(journals, runner.journal());
        }
        return record.result(end.reason(), end.message(), bay.link().wire().minus(before), loop.now());
    }

    /** Whether the same command can go on where this one ended; after a cancel, whether the image may still start. */
    private boolean mayGoOn(UpdateRunner runner, UpdateEffect.Finish end) {
        return cancel == null ? KEEPS_JOURNAL.contains(end.reason()) : runner.mayBePending();
    }

    /** A journal that cannot be deleted is of an ended update; the next one decides by what the board says. */
    private void forget(JournalStore journals, Optional<UpdateJournal> journal) {
        try {
            journals.remove(journal);
        } catch (FotaException e) {
            tell(new BayEvent.Log(e.getMessage() + " The update's end is not touched by that."));
        }
    }

    static UpdatePlan plan(PreparedImage prepared, UpdateOptions options) {
        BoardCheck check = prepared.check(
                options.board().stream().toList(), options.modemUuid().stream().toList(), options.noDowngrade());
        boolean named = options.timeout().isPresent();
        long firstContact = named ? options.linkTimeout().toNanos() : FIRST_CONTACT_NANOS;
        return prepared.plan("file " + prepared.payloadSha256().hex(), options, check, firstContact);
    }

    private void tell(BayEvent event) {
        if (event instanceof BayEvent.PhaseEntered entered) {
            record.phase(entered.phase(), loop.now());
            gate.entering(entered.phase());
        }
        sink.event(event);
    }
}
