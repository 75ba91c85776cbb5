package dev.fotabridge.host.update;

import dev.fotabridge.host.api.BayEvent;
import dev.fotabridge.host.api.CompleteOn;
import dev.fotabridge.host.api.FotaEvent;
import dev.fotabridge.host.api.Phase;
import dev.fotabridge.host.api.Reason;
import dev.fotabridge.host.link.BoardIdentity;
import dev.fotabridge.host.update.FlowState.Step;
import dev.fotabridge.protocol.board.BoardInfo;
import dev.fotabridge.protocol.board.ModemInfo;
import dev.fotabridge.protocol.modem.ModemCode;
import dev.fotabridge.protocol.modem.ModemResult;
import dev.fotabridge.protocol.session.SessionEvent;
import dev.fotabridge.protocol.time.Deadline;
import java.util.List;
import java.util.Optional;

/**
 * One update of a board's modem. Like {@link UpdateFlow}: whenever the board has answered HELLO,
 * {@link ModemDecision} says what to do, from the journal and from what the board says of its modem.
 *
 * <pre>
 * CONNECTING → decision ┬ SEND → (erase) → SENDING → MARKING (schedule) → RESETTING → CONNECTING …
 *                       ├ RESET, POSTPONED → RESETTING …
 *                       └ anything else → ENDED
 * </pre>
 *
 * What the modem has of a delta is the beginning of this file only if the journal says so. Therefore the journal that
 * says it becomes durable when the area is known to hold nothing else, and before the first byte is sent.
 */
final class ModemFlow extends BoardFlow {
    private static final long SECOND_NANOS = 1_000_000_000L;

    /** With a network in use an erase may be put off for minutes. */
    private static final long ERASE_LIMIT_NANOS = 900 * SECOND_NANOS;

    private static final long ERASE_NOTE_NANOS = 60 * SECOND_NANOS;

    /**
     * Restarts with a delta scheduled: the first, and one after each time that the supply was too low or the power
     * went.
     */
    private static final int MAX_ATTEMPTS = 3;

    /** How often the area is erased because the modem refused its content. */
    private static final int MAX_BEGINNINGS = 2;

    private final UpdatePlan plan;

    private boolean started;
    private boolean erasing;
    private boolean sendsWhenBlank;
    private long eraseDeadline;
    private long eraseNote;
    private int beginnings;
    private int resetsInVain;
    private long durable;
    private String result = "";

    ModemFlow(UpdatePlan plan, List<UpdateJournal> left) {
        super(
                plan,
                left.stream().filter(journal -> isOfThisUpdate(plan, journal)).toList());
        this.plan = plan;
    }

    private static boolean isOfThisUpdate(UpdatePlan plan, UpdateJournal left) {
        return left.target() == UpdateTarget.MODEM
                && left.execution().equals(plan.execution())
                && left.fileSha256().equals(plan.fileSha256());
    }

    @Override
    public List<UpdateEffect> start(long now) {
        state.phase(Phase.CONNECT);
        if (state.mayBePending()) {
            state.awaitSwap(now);
        } else {
            state.awaitBoard(plan.firstContactNanos(), Reason.NO_ANSWER, "Nothing answered.", now);
        }
        return state.drain();
    }

    @Override
    public long deadline() {
        return switch (state.step) {
            case CONNECTING, ABORTING -> state.wait.nextNanos();
            case SENDING -> erasing ? Math.min(eraseDeadline, eraseNote) : Deadline.NEVER;
            default -> Deadline.NEVER;
        };
    }

    @Override
    public List<UpdateEffect> tick(long now) {
        if (deadline() > now) {
            return state.drain();
        }
        if (state.step == Step.SENDING) {
            stillErasing(now);
        } else if (now < state.wait.deadlineNanos()) {
            state.connect(now);
        } else {
            nobodyCame();
        }
        return state.drain();
    }

    @Override
    void dispatch(SessionEvent event, long now) {
        if (event instanceof SessionEvent.Resetting) {
            state.awaitSwap(now);
        } else if (event instanceof SessionEvent.ModemRefused refused) {
            refused(refused, now);
        } else if (state.step == Step.ABORTING) {
            // An erase that has begun leaves nothing that could be applied.
            cancellation.takenBack();
        } else {
            progress(event, now);
        }
    }

    private void progress(SessionEvent event, long now) {
        if (event instanceof SessionEvent.ModemErasing) {
            eraseBegins(now);
        } else if (event instanceof SessionEvent.ModemErased) {
            eraseEnds(now);
        } else if (event instanceof SessionEvent.ModemProgress made) {
            progressed(made, now);
        } else if (event instanceof SessionEvent.ModemWritten) {
            written();
        } else if (event instanceof SessionEvent.ModemScheduled) {
            scheduled(now);
        }
    }

    // What the board says.

    @Override
    void met(BoardInfo info, long now) {
        if (cancellation.isRequested() && info.modem().isEmpty()) {
            cancellation.finish(" This board has no modem.");
            return;
        }
        if (cancellation.isRequested() && !state.proven) {
            cancellation.finish(" Nothing was erased: whether this is the board that has the delta is not known.");
            return;
        }
        if (isOfWrongType(info)) {
            return;
        }
        ModemInfo modem = info.modem().orElseThrow();
        if (modem.error() == ModemCode.ERASE_PENDING && cancellation.isRequested()) {
            cancellation.takenBack();
        } else if (modem.error() == ModemCode.ERASE_PENDING) {
            awaitErase(now);
        } else if (cancellation.isRequested()) {
            takeBack(info, modem, now);
        } else {
            decide(info, modem, now);
        }
    }

    private void decide(BoardInfo info, ModemInfo modem, long now) {
        if (state.mayBePending() && modem.result() != ModemResult.NONE.code()) {
            result = ModemResult.name(modem.result());
        }
        switch (ModemDecision.of(state.journal, info, modem, state.proven)) {
            case SEND -> checkAndSend(info, modem, now);
            case RESET -> pendingOrReset();
            case SUCCEEDED -> finish(Reason.SUCCEEDED, "The modem runs " + firmware(modem) + said() + ".");
            case REVERTED ->
                finish(
                        Reason.REVERTED,
                        "The modem still runs " + firmware(modem) + said() + ": it did not take the delta.");
            case POSTPONED -> postponed();
            case DEAD -> finish(Reason.MODEM_FAILED, "The modem does not start any more" + said() + ".");
            case NOT_VERIFIED -> notVerified(modem);
            case NOT_READY -> notReady(modem);
        }
    }

    private void notVerified(ModemInfo modem) {
        String sentence = state.proven
                ? "The modem still runs " + firmware(modem) + said() + "."
                : "The modem runs " + firmware(modem) + said()
                        + ". Whether it is the modem that was given the delta is not "
                        + "known, since the board has no unit id.";
        finish(Reason.NOT_VERIFIED, sentence);
    }

    private static String firmware(ModemInfo modem) {
        return (modem.version().isEmpty() ? "firmware" : modem.version()) + " (" + modem.uuid() + ")";
    }

    private String said() {
        return result.isEmpty() ? "" : ", result " + result;
    }

    private void notReady(ModemInfo modem) {
        result = ModemCode.name(modem.error());
        Reason reason = state.mayBePending() ? Reason.NOT_VERIFIED : Reason.MODEM_NOT_READY;
        finish(reason, "The modem could not be asked: " + result + ".");
    }

    // The way in.

    private void checkAndSend(BoardInfo info, ModemInfo modem, long now) {
        if (isUnfit(info)) {
            return;
        }
        String bootId = info.identity().bootId();
        if (!state.journal.map(j -> j.allowsMark(bootId, MAX_ATTEMPTS)).orElse(true)) {
            finish(Reason.NOT_VERIFIED, "The modem did not apply the delta in " + MAX_ATTEMPTS + " restarts.");
            return;
        }
        begin(modem, now);
    }

    private int attempts() {
        return state.journal.map(UpdateJournal::attempt).orElse(0);
    }

    private void begin(ModemInfo modem, long now) {
        boolean ours = state.proven
                && state.journal.filter(j -> j.modemUuid().equals(modem.uuid())).isPresent();
        boolean foreign = modem.offset() != 0 && modem.offset() != ModemInfo.DIRTY && !ours;
        if (!ours) {
            state.journal = Optional.empty();
        }
        if (modem.offset() != ModemInfo.DIRTY) {
            endWait();
        }
        reportStart();
        state.step = Step.SENDING;
        if (foreign) {
            eraseFirst();
            return;
        }
        if (modem.offset() != ModemInfo.DIRTY) {
            transfer(now);
        }
        send(modem.offset() != ModemInfo.DIRTY && modem.offset() != 0);
    }

    /** An erase that an earlier session began is over. */
    private void endWait() {
        if (erasing) {
            erasing = false;
            state.report(BayEvent.Fota.of(FotaEvent.ERASE_DONE));
        }
    }

    private void reportStart() {
        if (!started) {
            started = true;
            state.report(BayEvent.Fota.of(FotaEvent.START));
        }
    }

    private void eraseFirst() {
        sendsWhenBlank = true;
        state.add(new UpdateEffect.ModemErase());
    }

    /**
     * A dirty area is erased on the way.
     *
     * @param holdsBytes the area holds bytes of this delta: it may be scheduled, and applied at any restart, if the
     *     journal says so
     */
    private void send(boolean holdsBytes) {
        BoardInfo info = state.board.orElseThrow();
        BoardIdentity who = updated.identity();
        UpdateJournal next = state.journal.map(j -> j.of(who)).orElseGet(() -> UpdateJournal.begin(plan, info, who));
        boolean mayBeScheduled = holdsBytes && next.mayBePending();
        state.journal = Optional.of(
                mayBeScheduled
                        ? next
                        : next.at(UpdateJournal.Stage.SENDING, info.identity().bootId()));
        sendsWhenBlank = false;
        state.persist();
        state.add(new UpdateEffect.ModemSend());
    }

    // The erase.

    private void eraseBegins(long now) {
        state.phase(Phase.ERASE);
        if (!erasing) {
            erasing = true;
            eraseDeadline = now + ERASE_LIMIT_NANOS;
            eraseNote = now + ERASE_NOTE_NANOS;
            state.report(BayEvent.Fota.of(FotaEvent.ERASE_PENDING));
        }
    }

    private void eraseEnds(long now) {
        endWait();
        transfer(now);
        if (sendsWhenBlank) {
            send(false);
        }
    }

    private void transfer(long now) {
        state.phase(Phase.TRANSFER);
        state.progress.begin(now);
    }

    /** The modem says nothing but this while it erases: it is asked again in a second. */
    private void awaitErase(long now) {
        reportStart();
        eraseBegins(now);
        state.step = Step.CONNECTING;
        state.wait = LinkWait.until(
                        eraseDeadline, Reason.MODEM_NOT_READY, "The modem does not come to the end of its erase.")
                .retryAt(now + SECOND_NANOS);
    }

    private void stillErasing(long now) {
        if (now >= eraseDeadline) {
            result = ModemCode.name(ModemCode.ERASE_PENDING);
            finish(Reason.MODEM_NOT_READY, "The modem does not come to the end of its erase.");
        } else {
            eraseNote = now + ERASE_NOTE_NANOS;
            state.log("The modem still erases; without a network (AT+CFUN=4) it has more time for it.");
        }
    }

    // The transfer and what follows.

    private void progressed(SessionEvent.ModemProgress made, long now) {
        if (made.bytes() > durable) {
            durable = made.bytes();
            failures.madeProgress();
        }
        state.progress.events(made.bytes(), made.total(), now).forEach(state::report);
    }

    private void written() {
        BoardInfo info = state.board.orElseThrow();
        state.phase(Phase.MARK);
        state.journal = state.journal.map(j -> j.marking(info.identity().bootId()));
        state.step = Step.MARKING;
        state.persist();
        state.add(new UpdateEffect.ModemSchedule());
    }

    private void scheduled(long now) {
        state.journal = state.journal.map(j -> j.at(UpdateJournal.Stage.MARKED, j.bootId()));
        state.progress.complete().forEach(state::report);
        if (cancellation.isRequested()) {
            erase(now);
        } else if (plan.completeOn() == CompleteOn.WRITTEN) {
            state.persist();
            pending();
        } else {
            state.persist();
            reset();
        }
    }

    private void reset() {
        state.phase(Phase.APPLY);
        state.reset();
    }

    private void pending() {
        finish(Reason.SUCCEEDED, "The delta is scheduled; the modem applies it when it starts next.");
    }

    private void pendingOrReset() {
        if (plan.completeOn() == CompleteOn.WRITTEN) {
            pending();
        } else {
            resetAgain();
        }
    }

    private void resetAgain() {
        resetsInVain++;
        if (resetsInVain > MAX_ATTEMPTS) {
            finish(Reason.NOT_VERIFIED, "The delta is scheduled, but the board does not restart.");
        } else {
            reset();
        }
    }

    /** It stays scheduled: the modem tries again at each start. */
    private void postponed() {
        if (attempts() >= MAX_ATTEMPTS) {
            finish(
                    Reason.MODEM_NOT_READY,
                    "The modem has not applied the delta" + said() + "; it tries again at each start.");
            return;
        }
        BoardInfo info = state.board.orElseThrow();
        state.log("The modem has put the delta off" + said() + "; the board is restarted.");
        state.journal = state.journal.map(
                j -> j.at(UpdateJournal.Stage.MARKED, info.identity().bootId()).nextAttempt());
        state.persist();
        reset();
    }

    private void refused(SessionEvent.ModemRefused refused, long now) {
        result = ModemCode.name(refused.code());
        String sentence = ModemRefusals.sentence(refused.operation(), refused.code());
        if (cancellation.isRequested() && state.step == Step.MARKING) {
            cancellation.takenBack();
        } else if (cancellation.isRequested()) {
            cancellation.finish(" " + sentence);
        } else if (ModemRefusals.beginsAnew(refused.code()) && beginnings < MAX_BEGINNINGS) {
            beginnings++;
            state.log(sentence + " Its area is erased, and the delta begins anew.");
            beginAnew();
        } else {
            finish(ModemRefusals.reason(refused.code()), sentence);
        }
    }

    private void beginAnew() {
        state.journal = state.journal.map(j -> j.at(UpdateJournal.Stage.SENDING, j.bootId()));
        state.persist();
        state.step = Step.SENDING;
        eraseFirst();
    }

    // The way back.

    @Override
    void cancelled(long now) {
        if (!state.mayBePending()) {
            cancellation.takenBack();
        }
    }

    /** A delta that has not been applied is erased; one that has been cannot be taken back. */
    private void takeBack(BoardInfo info, ModemInfo modem, long now) {
        boolean stillThere = modem.error() == 0 && modem.offset() != ModemInfo.DIRTY && modem.offset() != 0;
        if (stillThere || state.hasNotRestarted(info)) {
            erase(now);
        } else {
            cancellation.settle(" The modem had dealt with the delta already, and runs " + firmware(modem) + ".");
        }
    }

    private void erase(long now) {
        cancellation.abort(new UpdateEffect.ModemErase(), now);
    }

    @Override
    public String modemResult() {
        return result;
    }
}
