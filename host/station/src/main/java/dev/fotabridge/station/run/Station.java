package dev.fotabridge.station.run;

import dev.fotabridge.host.api.FotaException;
import dev.fotabridge.host.api.Reason;
import dev.fotabridge.station.bay.BayAnswer;
import dev.fotabridge.station.bay.BayInput;
import dev.fotabridge.station.bay.RunResult;
import dev.fotabridge.station.bay.StartGate;
import dev.fotabridge.station.ledger.AttemptEnd;
import dev.fotabridge.station.ledger.CloudAnswer;
import dev.fotabridge.station.ledger.Ledger;
import dev.fotabridge.station.ledger.NewRun;
import dev.fotabridge.station.ledger.OpenRun;
import dev.fotabridge.station.ledger.UntoldEnd;
import dev.fotabridge.station.verdict.RunStage;
import dev.fotabridge.station.verdict.Verdict;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * A station: its bays, what they share, and the ends that AWS has not answered. When it opens, what a killed station left is brought to
 * its end before anything else happens. For one thread at a time; time is monotonic and in nanoseconds.
 * Tested by StationSweepSimTest.
 */
public final class Station {
    /**
     * What surrounds a station.
     *
     * @param boards the boards
     * @param cloud AWS
     * @param verdicts where verdicts are seen
     * @param wall wall clock
     * @param ids makes ids of runs and attempts
     * @param what what a start by itself brings to a board; empty if jobs alone say so
     * @param mayStart whether there is room for records, and the release is the approved one
     * @param refusal why the board at a bay may not run, by the number of the bay; empty if it may
     * @param labels who and what for, by the number of the bay
     */
    public record Surroundings(
            BoardsPort boards,
            CloudPort cloud,
            VerdictPort verdicts,
            Supplier<Instant> wall,
            Supplier<String> ids,
            Supplier<Optional<NewRun.What>> what,
            Supplier<MayStart> mayStart,
            Function<Integer, Optional<String>> refusal,
            Function<Integer, NewRun.Labels> labels) {}

    /**
     * Whether runs may be started now.
     *
     * @param hasSpace whether the disk has room for records
     * @param releaseChanged whether the release on disk is another than the approved one
     */
    public record MayStart(boolean hasSpace, boolean releaseChanged) {}

    private final StationSettings settings;
    private final Ledger ledger;
    private final Surroundings around;
    private final RunSequence.Ports ports;
    private final Slots slots;
    private final Map<Integer, StationBay> bays = new TreeMap<>();
    private final List<RunSequence> following = new ArrayList<>();
    /** Runs that were cut off, by their job: the next run of the job goes on with them. */
    private final Map<String, String> cutOff = new HashMap<>();

    private boolean stopped;

    private Station(StationSettings settings, Ledger ledger, Surroundings around) {
        this.settings = settings;
        this.ledger = ledger;
        this.around = around;
        this.ports = new RunSequence.Ports(ledger, around.boards(), around.cloud());
        this.slots = new Slots(settings.running());
    }

    /**
     * Opens a station: ends what an earlier one was killed in, restores what the bays showed, and goes on to tell AWS what it does not know.
     *
     * @throws FotaException STORAGE_FULL or STORAGE_UNWRITABLE; no board was touched, and the next try begins anew
     */
    public static Station open(StationSettings settings, Ledger ledger, Surroundings around) throws FotaException {
        Station station = new Station(settings, ledger, around);
        station.endWhatWasCutOff();
        station.stopped = ledger.isStopped();
        for (int number : settings.bays()) {
            StationBay bay = new StationBay(station, number);
            bay.restore(ledger.place(number));
            station.bays.put(number, bay);
        }
        station.tellWhatIsUntold();
        return station;
    }

    /** An attempt without an end becomes ABORTED, with what is known of it. It never becomes PASS, whatever its board says now. */
    private void endWhatWasCutOff() throws FotaException {
        for (OpenRun run : ledger.open()) {
            RunResult result =
                    new RunResult(Reason.INTERRUPTED, "The station ended during the run.", RunStage.WRITING, false);
            ledger.end(new AttemptEnd(
                    run.run(),
                    wall(),
                    OptionalLong.empty(),
                    result,
                    AttemptEnd.Seen.NOTHING,
                    around.boards().evidence(run),
                    ""));
            cutOff.put(new CloudPort.Job(run.thing(), run.jobId(), run.execution()).key(), run.run());
        }
    }

    private void tellWhatIsUntold() throws FotaException {
        Set<Long> answered = new HashSet<>(around.cloud().kept());
        for (UntoldEnd end : ledger.untold()) {
            answered.remove(end.attempt());
            follow(RunSequence.ofUntold(ports, end));
        }
        for (long attempt : answered) {
            around.cloud().discard(attempt);
        }
    }

    // Requests.

    /** Asks for a start; see docs/station.md for the answers. */
    public StationAnswer start(StartAsked asked, long now) {
        StationBay bay = bays.get(asked.bay());
        if (bay == null) {
            return noBay(asked.bay());
        }
        StationAnswer answer = bay.start(asked, now);
        giveSlots(now);
        return answer;
    }

    /** Reads a label for a bay. */
    public StationAnswer scan(int bay, String text, long now) {
        try {
            String label = settings.scan().map(rule -> rule.read(text)).orElse(text);
            return request(bay, new BayInput.Scanned(label), now);
        } catch (IllegalArgumentException e) {
            return new StationAnswer(BayAnswer.SCAN_FIRST.status(), "SCAN", e.getMessage(), "");
        }
    }

    /** Ends the run of a bay, for a person. */
    public StationAnswer abort(int bay, long now) {
        return request(bay, new BayInput.Abort(Reason.INTERRUPTED, "The run was aborted by a person."), now);
    }

    /** Unlocks a bay, for an engineer. */
    public StationAnswer unlock(int bay, String who, long now) {
        try {
            ledger.unlock(bay, wall(), who);
            return request(bay, new BayInput.Unlock(), now);
        } catch (FotaException e) {
            return new StationAnswer(StartGate.Check.NOT_STORABLE.status(), "NOT_STORABLE", e.getMessage(), "");
        }
    }

    /** Lets starts be taken again, for an engineer. */
    public StationAnswer resume(String who) {
        try {
            ledger.resume(wall(), who);
            stopped = false;
            return new StationAnswer(200, "RESUMED", "", "");
        } catch (FotaException e) {
            return new StationAnswer(StartGate.Check.NOT_STORABLE.status(), "NOT_STORABLE", e.getMessage(), "");
        }
    }

    private StationAnswer request(int number, BayInput input, long now) {
        StationBay bay = bays.get(number);
        if (bay == null) {
            return noBay(number);
        }
        String run = bay.machine().run();
        BayAnswer answer = bay.on(input, now);
        giveSlots(now);
        return new StationAnswer(answer.status(), answer.name(), "", run);
    }

    private static StationAnswer noBay(int number) {
        return new StationAnswer(404, "NO_BAY", "There is no bay " + number + ".", "");
    }

    // What happens.

    /** Something happens at a bay. */
    public void happens(int bay, BayInput input, long now) {
        bays.get(bay).on(input, now);
        giveSlots(now);
    }

    /** AWS has set the execution of a run IN_PROGRESS. */
    public void taken(int bay, String run, long now) {
        bays.get(bay).taken(run);
        giveSlots(now);
    }

    /** A run comes further on its board. To be told before MARK and CONFIRM are sent. */
    public void stage(int bay, String run, RunStage stage, long now) {
        happens(bay, new BayInput.StageReached(run, stage), now);
    }

    /** The board's part of an attempt is over. */
    public void boardEnded(int bay, String run, int attempt, BoardOutcome outcome, long now) {
        bays.get(bay).boardEnded(run, attempt, outcome, now);
        giveSlots(now);
    }

    /** AWS has answered an end. An end that nobody waits for any more is removed from the outbox at the next start. */
    public void answered(long attempt, CloudAnswer answer) {
        following.stream()
                .filter(sequence -> sequence.attempt() == attempt)
                .forEach(sequence -> sequence.answered(answer));
        goOn();
    }

    /** Time has passed; to be called about once a second. */
    public void tick(long now) {
        bays.values().forEach(bay -> bay.tick(now));
        goOn();
        giveSlots(now);
    }

    // What the bays share.

    /** Ends belong to no bay any more: its board may leave, and another one come. */
    void follow(RunSequence sequence) {
        following.add(sequence);
        goOn();
    }

    private void goOn() {
        for (RunSequence sequence : List.copyOf(following)) {
            try {
                sequence.follow(wall());
            } catch (FotaException e) {
                // Tried again with the next tick; nothing behind the step happens meanwhile.
                continue;
            }
        }
        for (RunSequence sequence : List.copyOf(following)) {
            if (sequence.isOver()) {
                following.remove(sequence);
                around.verdicts().told(sequence.run());
            }
        }
    }

    private void giveSlots(long now) {
        for (Optional<String> run = slots.next(); run.isPresent(); run = slots.next()) {
            String next = run.get();
            bays.values().stream()
                    .filter(bay -> bay.machine().run().equals(next))
                    .findFirst()
                    .ifPresentOrElse(bay -> bay.on(new BayInput.SlotFree(next), now), () -> slots.release(next));
        }
    }

    StartGate.Condition condition() {
        MayStart may = around.mayStart().get();
        boolean stuck = bays.values().stream().anyMatch(bay -> bay.machine().needsHands());
        return new StartGate.Condition(may.hasSpace() && !stuck, stopped, may.releaseChanged());
    }

    Optional<String> refusal(int bay) {
        return around.refusal().apply(bay);
    }

    String continued(CloudPort.Job job) {
        String earlier = job.key().isEmpty() ? null : cutOff.remove(job.key());
        return earlier == null ? "" : earlier;
    }

    void show(int bay, String run, Verdict verdict) {
        around.verdicts().show(bay, run, verdict);
    }

    void setStopped(boolean isStopped) {
        stopped |= isStopped;
    }

    StationSettings settings() {
        return settings;
    }

    Ledger ledger() {
        return ledger;
    }

    RunSequence.Ports ports() {
        return ports;
    }

    Slots slots() {
        return slots;
    }

    Instant wall() {
        return around.wall().get();
    }

    String newId() {
        return around.ids().get();
    }

    Optional<NewRun.What> what() {
        return around.what().get();
    }

    NewRun.Labels labels(int bay) {
        return around.labels().apply(bay);
    }

    // What is shown.

    /** {@return whether there is such a bay} */
    public boolean has(int bay) {
        return bays.containsKey(bay);
    }

    /** {@return id of the last run at a bay; empty if there was none} */
    public Optional<String> lastRun(int bay) {
        return Optional.of(bays.get(bay).lastRun()).filter(run -> !run.isEmpty());
    }

    /** {@return what a bay shows} */
    public Tile tile(int bay) {
        StationBay at = bays.get(bay);
        return new Tile(
                bay,
                at.machine().state(),
                at.machine().verdict(),
                at.machine().locked(),
                at.machine().needsHands(),
                at.machine().identity(),
                at.machine().run(),
                at.message());
    }

    /** {@return whether starts are stopped until an engineer resumes} */
    public boolean isStopped() {
        return stopped;
    }

    /** {@return when the oldest of the runs ended whose end AWS has not answered; empty if there is none} */
    public Optional<Instant> oldestUntold() {
        return following.stream()
                .flatMap(sequence -> sequence.untoldSince().stream())
                .min(Instant::compareTo);
    }

    /** {@return how many ends AWS has not answered} */
    public int untold() {
        return following.size();
    }
}
