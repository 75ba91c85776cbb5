package dev.fotabridge.station.run;

import dev.fotabridge.host.api.FotaException;
import dev.fotabridge.host.api.Reason;
import dev.fotabridge.station.bay.BayAction;
import dev.fotabridge.station.bay.BayAnswer;
import dev.fotabridge.station.bay.BayInput;
import dev.fotabridge.station.bay.BayMachine;
import dev.fotabridge.station.bay.RunResult;
import dev.fotabridge.station.bay.StartGate;
import dev.fotabridge.station.bay.StartKind;
import dev.fotabridge.station.bay.UnitIdentity;
import dev.fotabridge.station.ledger.AttemptEnd;
import dev.fotabridge.station.ledger.NewRun;
import dev.fotabridge.station.ledger.PlaceState;
import dev.fotabridge.station.ledger.StoredEnd;
import dev.fotabridge.station.verdict.RunStage;
import dev.fotabridge.station.verdict.Verdict;
import java.util.Optional;

/**
 * One bay of a station: its machine, and the run that is carried out for it. Does what the machine wants done, through the station's ports.
 * For one thread at a time.
 * Tested by StationSweepSimTest.
 */
final class StationBay {
    /** After this long without a stored end somebody is called. */
    private static final long HANDS_NANOS = 5_000_000_000L;

    private final Station station;
    private final int number;
    private final BayMachine machine;

    private String lastRun = "";
    private NewRun.What what;
    private RunSequence sequence;
    private BoardsPort.Order order;
    private AttemptEnd.Seen seen = AttemptEnd.Seen.NOTHING;
    private boolean mustClear;
    private boolean engineerAsked;
    private long storingSince;
    private String message = "";

    StationBay(Station station, int number) {
        this.station = station;
        this.number = number;
        StationSettings settings = station.settings();
        machine = new BayMachine(settings.mode(), settings.scan().isPresent());
    }

    void restore(PlaceState place) {
        lastRun = place.lastRun();
        machine.restore(place.verdict(), place.board(), place.locked());
    }

    BayMachine machine() {
        return machine;
    }

    String lastRun() {
        return lastRun;
    }

    String message() {
        return message;
    }

    // Starts.

    StationAnswer start(StartAsked asked, long now) {
        try {
            Optional<StartGate.Taken> taken = station.ledger().taken(asked.key());
            StartGate.Request request = new StartGate.Request(number, asked.key(), asked.after());
            Optional<StartGate.Check> check = StartGate.stops(request, taken, lastRun, station.condition());
            if (check.isPresent()) {
                String run = taken.filter(same -> same.bay() == number)
                        .map(StartGate.Taken::run)
                        .orElse(check.get() == StartGate.Check.RUN_SINCE ? lastRun : "");
                return new StationAnswer(check.get().status(), check.get().name(), "", run);
            }
            return askMachine(asked, now);
        } catch (FotaException e) {
            return new StationAnswer(
                    StartGate.Check.NOT_STORABLE.status(), StartGate.Check.NOT_STORABLE.name(), e.getMessage(), "");
        }
    }

    private StationAnswer askMachine(StartAsked asked, long now) throws FotaException {
        String run = station.newId();
        BayInput input = new BayInput.Start(run, job(asked.what()).key());
        BayAnswer answer = machine.answerTo(input, now);
        if (answer != BayAnswer.ACCEPT && answer != BayAnswer.KEEP_START) {
            return new StationAnswer(answer.status(), answer.name(), "", machine.run());
        }
        if (answer == BayAnswer.ACCEPT) {
            Optional<StationAnswer> refusal = refusal(asked.what(), asked.isEngineer());
            if (refusal.isPresent()) {
                message = refusal.get().message();
                return refusal.get();
            }
        }
        return take(asked, input, run, now);
    }

    private StationAnswer take(StartAsked asked, BayInput input, String run, long now) throws FotaException {
        Optional<StartGate.Taken> taken = station.ledger()
                .begin(new NewRun(
                        run,
                        station.newId(),
                        number,
                        station.wall(),
                        asked.kind(),
                        asked.key(),
                        asked.what(),
                        machine.identity(),
                        station.continued(job(asked.what())),
                        station.labels(number)));
        if (taken.isPresent()) {
            StartGate.Check check = StartGate.Check.KEY_OF_ANOTHER_BAY;
            return new StationAnswer(check.status(), check.name(), "", "");
        }
        lastRun = run;
        what = asked.what();
        engineerAsked = asked.isEngineer();
        message = "";
        sequence = RunSequence.ofRecorded(station.ports(), run, job(what), now);
        on(input, now);
        return new StationAnswer(BayAnswer.ACCEPT.status(), BayAnswer.ACCEPT.name(), "", run);
    }

    /** What is asked of a board that is known: of a kept start, once it is. */
    private Optional<StationAnswer> refusal(NewRun.What wanted, boolean isEngineer) throws FotaException {
        Optional<String> shared = station.refusal(number);
        return shared.isPresent()
                ? shared.map(why -> refused("SHARED_PROBE", why))
                : retestRefusal(wanted, isEngineer).map(why -> refused("RETEST", why));
    }

    private static StationAnswer refused(String code, String why) {
        return new StationAnswer(BayAnswer.BUSY.status(), code, why, "");
    }

    private Optional<String> retestRefusal(NewRun.What wanted, boolean isEngineer) throws FotaException {
        return station.settings()
                .retest()
                .refusal(station.ledger().runsOf(machine.identity(), wanted.fileSha256()), isEngineer);
    }

    private static CloudPort.Job job(NewRun.What what) {
        return what.jobId().isEmpty()
                ? CloudPort.Job.NONE
                : new CloudPort.Job(what.thing(), what.jobId(), what.execution());
    }

    // What happens.

    BayAnswer on(BayInput input, long now) {
        BayAnswer answer = machine.on(input, now);
        for (Optional<BayAction> action = machine.poll(); action.isPresent(); action = machine.poll()) {
            carryOut(action.get(), now);
        }
        return answer;
    }

    private void carryOut(BayAction action, long now) {
        if (action instanceof BayAction.Identify) {
            station.ports().boards().identify(number);
        } else if (action instanceof BayAction.ClearVerdict) {
            mustClear = true;
            clearVerdict();
        } else if (action instanceof BayAction.AskStart ask) {
            askStart(ask.kind(), now);
        } else if (action instanceof BayAction.Admit admit) {
            admit(admit.run(), now);
        } else if (action instanceof BayAction.AskSlot ask) {
            station.slots().ask(ask.run());
        } else if (action instanceof BayAction.ReturnSlot slot) {
            station.slots().release(slot.run());
        } else if (action instanceof BayAction.Run run) {
            begin(run.run());
        } else if (action instanceof BayAction.Stop stop) {
            stop(stop, now);
        } else if (action instanceof BayAction.Store store) {
            store(store.result(), now);
        } else if (action instanceof BayAction.Show show) {
            station.show(number, show.run(), show.verdict());
        }
    }

    /** Tried again with the clock: until it is stored, a restart shows the old verdict until its board is known. */
    private void clearVerdict() {
        try {
            if (mustClear) {
                station.ledger().clear(number, station.wall());
            }
            mustClear = false;
        } catch (FotaException e) {
            message = e.getMessage();
        }
    }

    private void askStart(StartKind kind, long now) {
        station.what().ifPresent(wanted -> {
            StationAnswer answer =
                    start(new StartAsked(number, kind, station.newId(), Optional.empty(), false, wanted), now);
            message = answer.message();
        });
    }

    private void admit(String run, long now) {
        try {
            station.ledger().identify(run, machine.identity());
            Optional<StationAnswer> refusal = refusal(what, engineerAsked);
            if (refusal.isPresent()) {
                on(new BayInput.Abort(Reason.USAGE, refusal.get().message()), now);
            }
        } catch (FotaException e) {
            on(new BayInput.Abort(e.reason(), e.getMessage()), now);
        }
    }

    private void begin(String run) {
        UnitIdentity board = machine.identity();
        order = new BoardsPort.Order(run, 1, number, board, what.fileSha256(), what.imageHash());
        sequence.begin(order);
    }

    private void stop(BayAction.Stop stop, long now) {
        if (sequence.isTaking()) {
            RunResult result = new RunResult(stop.reason(), stop.message(), RunStage.WRITING, machine.boardGone());
            on(new BayInput.RunEnded(stop.run(), result), now);
        } else {
            station.ports().boards().stop(stop.run(), stop.reason(), stop.message());
        }
    }

    void taken(String run) {
        if (run.equals(machine.run())) {
            sequence.taken();
        }
    }

    /** The board's part of an attempt is over. */
    void boardEnded(String run, int attempt, BoardOutcome outcome, long now) {
        boolean isOurs =
                run.equals(machine.run()) && order != null && order.run().equals(run);
        if (!isOurs || order.attempt() != attempt) {
            return;
        }
        BoardOutcome checked = Proof.checked(outcome, order);
        RunResult result = new RunResult(checked.reason(), checked.message(), machine.stage(), machine.boardGone());
        if (station.settings().attempts().triesAgain(result, attempt) && tryAgain(result, checked, now)) {
            return;
        }
        seen = checked.seen();
        on(new BayInput.RunEnded(run, result), now);
    }

    private boolean tryAgain(RunResult result, BoardOutcome outcome, long now) {
        try {
            sequence.tryAgain(result, outcome.seen(), station.newId(), station.wall(), now);
            order = sequence.order();
            on(new BayInput.StageReached(order.run(), RunStage.WRITING), now);
            return true;
        } catch (FotaException e) {
            // What cannot be stored now is stored as the end, which is tried for ever.
            message = e.getMessage();
            return false;
        }
    }

    private void store(RunResult result, long now) {
        sequence.ended(result, seen);
        seen = AttemptEnd.Seen.NOTHING;
        storingSince = now;
        storeEnd(now);
    }

    private void storeEnd(long now) {
        RunSequence storing = sequence;
        try {
            StoredEnd stored = storing.store(station.wall(), now);
            station.follow(storing);
            Verdict verdict = storing.verdict();
            order = null;
            on(new BayInput.RunStored(machine.run(), verdict, stored.locks()), now);
            station.setStopped(stored.stops());
        } catch (FotaException e) {
            message = e.getMessage();
            if (now - storingSince >= HANDS_NANOS) {
                on(new BayInput.NotStored(machine.run()), now);
            }
        }
    }

    /** Time has passed: what could not be stored is tried again. */
    void tick(long now) {
        clearVerdict();
        if (sequence != null && sequence.isToBeStored()) {
            storeEnd(now);
        }
        on(new BayInput.Time(), now);
    }
}
