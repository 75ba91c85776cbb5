package dev.fotabridge.station.run;

import dev.fotabridge.host.api.FotaException;
import dev.fotabridge.host.api.Reason;
import dev.fotabridge.station.bay.AttemptRule;
import dev.fotabridge.station.bay.BayInput;
import dev.fotabridge.station.bay.BayState;
import dev.fotabridge.station.bay.LockRule;
import dev.fotabridge.station.bay.RetestRule;
import dev.fotabridge.station.bay.ScanRule;
import dev.fotabridge.station.bay.StartKind;
import dev.fotabridge.station.bay.StopRule;
import dev.fotabridge.station.bay.UnitIdentity;
import dev.fotabridge.station.ledger.MemoryLedger;
import dev.fotabridge.station.ledger.NewRun;
import dev.fotabridge.station.ledger.RecordId;
import dev.fotabridge.station.ledger.UntoldEnd;
import dev.fotabridge.station.verdict.Verdict;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/**
 * One seed: a station of eight bays, the people who plug boards in and press start, AWS, the disk, and what goes wrong. After a while nothing
 * goes wrong any more, and everything must come to its end by itself.
 */
final class StationWorld implements AutoCloseable {
    static final String IMAGE = "ab".repeat(32);
    private static final NewRun.Labels LABELS = new NewRun.Labels("line-1", "", "", "", "", "", "", "", "test");
    private static final String FILE = "cd".repeat(32);
    private static final int BAYS = 8;
    private static final long SPREAD = 0x9E37_79B9_7F4A_7C15L;
    private static final long SECOND = 1_000_000_000L;
    private static final long FAULTS_END = 140 * SECOND;
    private static final long PEOPLE_END = 180 * SECOND;
    private static final long LIMIT = 900 * SECOND;
    private static final int MAX_STEPS = 60_000;
    private static final Instant MORNING = Instant.parse("2026-11-30T06:00:00Z");

    /** The process is killed: nothing of it runs any more. */
    private static final class Killed extends RuntimeException {
        private static final long serialVersionUID = 1;

        private Killed(String where) {
            super(where, null, false, false);
        }
    }

    private record Due(long at, long order, Runnable action) {}

    final Planted planted;
    final MemoryLedger disk = new MemoryLedger();
    final StationJudge judge = new StationJudge(this, disk.tables());
    final VirtualBoards boards = new VirtualBoards(this);
    final VirtualAws aws = new VirtualAws(this);
    final List<PlacedBoard> allBoards = new ArrayList<>();

    private final Random random;
    private final PriorityQueue<Due> agenda =
            new PriorityQueue<>(Comparator.comparingLong(Due::at).thenComparingLong(Due::order));
    private final StationSettings settings;
    private final int lockAfter;
    private final int stopAfter;

    private final Set<Integer> faulty = new HashSet<>();
    private final Set<String> commonFaults = new HashSet<>();
    /** What the board said in earlier runs, to be said again. */
    private final List<Runnable> oldWords = new ArrayList<>();

    private final Set<String> met = new HashSet<>();
    private Station station;
    private int life;
    private long now;
    private long order;
    private long wallOffset;
    private long pointsToLive = Long.MAX_VALUE;
    private boolean sloppy;
    private int keys;

    StationWorld(long seed, Planted planted) {
        // Seeds that follow each other begin with almost the same numbers.
        this.random = new Random(seed * SPREAD);
        this.planted = planted;
        StartKind mode = isAboutAws() ? StartKind.JOB : StartKind.values()[random.nextInt(StartKind.values().length)];
        lockAfter = random.nextBoolean() ? 3 : 0;
        stopAfter = random.nextBoolean() ? 3 : 0;
        settings = new StationSettings(
                IntStream.rangeClosed(1, BAYS).boxed().toList(),
                mode,
                mode == StartKind.SCAN || random.nextInt(4) == 0 ? Optional.of(ScanRule.ANY) : Optional.empty(),
                new AttemptRule(1 + random.nextInt(2)),
                new RetestRule(3),
                random.nextBoolean() ? BAYS : 3);
    }

    private boolean isAboutAws() {
        return switch (planted) {
            case TAKE_BEFORE_RECORD,
                    BOARD_BEFORE_TAKE,
                    TELL_BEFORE_STORE,
                    FORGET_BEFORE_TELL,
                    ANSWER_BEFORE_FORGET,
                    DISCARD_BEFORE_ANSWER,
                    END_FORGOTTEN -> true;
            default -> false;
        };
    }

    long now() {
        return now;
    }

    Station station() {
        return station;
    }

    boolean isSloppy() {
        return sloppy;
    }

    boolean hasCommonFaults() {
        return !commonFaults.isEmpty();
    }

    boolean isFaulty(int bay) {
        return faulty.contains(bay);
    }

    int bayOf(String run) {
        return disk.tables()
                .select("SELECT bay FROM run WHERE id = ?", run)
                .mapTo(Integer.class)
                .one();
    }

    // Time.

    void in(long nanos, Runnable action) {
        agenda.add(new Due(now + nanos, order++, action));
    }

    /** Something that this life of the process does. */
    void inStation(long nanos, Consumer<Station> action) {
        int mine = life;
        in(nanos, () -> {
            if (mine == life && station != null) {
                action.accept(station);
            }
        });
    }

    void everyBay(BiConsumer<Integer, Station> action) {
        settings.bays().forEach(bay -> inStation(0, up -> action.accept(bay, up)));
    }

    /** Between two steps the process may be killed. */
    void point(String where) {
        if (--pointsToLive == 0) {
            throw new Killed(where);
        }
    }

    private int between(int low, int high) {
        return low + random.nextInt(high - low + 1);
    }

    private boolean chance(int percent) {
        return random.nextInt(100) < percent;
    }

    /** At a bay where things go wrong. */
    boolean strikes(int bay, int percent) {
        return now < FAULTS_END && faulty.contains(bay) && chance(percent);
    }

    // A run of the world.

    void run() {
        chooseFaults();
        disk.around(() -> point("before a commit"), this::committed);
        start();
        settings.bays().forEach(bay -> in(between(0, 8) * SECOND, () -> worker(bay)));
        in(SECOND, this::tick);
        for (int steps = 0; !agenda.isEmpty() && now < LIMIT; steps++) {
            if (steps > MAX_STEPS) {
                throw new AssertionError("the station spins");
            }
            Due due = agenda.poll();
            now = Math.max(now, due.at());
            guarded(due.action());
            if (now > PEOPLE_END && isSettled()) {
                judge.verdict();
                return;
            }
        }
        judge.verdict();
        throw new AssertionError("the station does not come to rest: "
                + settings.bays().stream()
                        .map(bay -> station == null
                                ? "dead"
                                : station.tile(bay).state().name())
                        .toList()
                + ", untold " + (station == null ? "?" : station.untold()));
    }

    private boolean isSettled() {
        return station != null
                && station.untold() == 0
                && station.oldestUntold().isEmpty()
                && settings.bays().stream()
                        .allMatch(bay -> station.tile(bay).run().isEmpty());
    }

    private void guarded(Runnable action) {
        try {
            action.run();
        } catch (Killed killed) {
            met.add("killed at " + killed.getMessage());
            die();
        }
    }

    private void committed() {
        judge.committed();
        point("behind a commit");
    }

    private void die() {
        station = null;
        life++;
        boards.killed();
        pointsToLive = Long.MAX_VALUE;
        judge.killed();
        in(between(1, 15) * SECOND, this::start);
    }

    private void start() {
        life++;
        armKill();
        try {
            station = Station.open(
                    settings,
                    disk.open(new LockRule(lockAfter), new StopRule(stopAfter)),
                    new Station.Surroundings(
                            boards,
                            aws,
                            this::show,
                            () -> MORNING.plusNanos(now + wallOffset),
                            () -> RecordId.of(MORNING.toEpochMilli() + now / 1_000_000, random),
                            () -> settings.mode() == StartKind.JOB ? Optional.empty() : Optional.of(release()),
                            () -> new Station.MayStart(true, false),
                            bay -> LABELS));
        } catch (FotaException e) {
            met.add("not opened: " + e.reason());
            station = null;
            in(5 * SECOND, this::start);
            return;
        }
        Map<Integer, Optional<Verdict>> tiles = new TreeMap<>();
        settings.bays()
                .forEach(bay -> tiles.put(
                        bay,
                        planted == Planted.VERDICT_LOST
                                ? Optional.empty()
                                : station.tile(bay).verdict()));
        judge.opened(tiles);
        boards.places.keySet().forEach(bay -> inStation(0, up -> up.happens(bay, new BayInput.BoardCame(), now)));
    }

    private void armKill() {
        boolean kills = commonFaults.contains("kill") && now < FAULTS_END;
        pointsToLive = kills ? between(1, 80) : Long.MAX_VALUE;
    }

    private static NewRun.What release() {
        return NewRun.What.release("2.0.0", FILE, IMAGE, "2.0.0");
    }

    private void show(int bay, String run, Verdict verdict) {
        judge.shown(bay, run, verdict);
        point("shown");
    }

    private void tick() {
        in(SECOND, this::tick);
        if (station != null) {
            station.tick(now);
            if (settings.mode() == StartKind.JOB) {
                settings.bays().forEach(this::offer);
            }
        }
    }

    // What the board's side says.

    void boardEnded(BoardsPort.Order of, BoardOutcome outcome) {
        Runnable word = () -> {
            if (station != null) {
                station.boardEnded(of.bay(), of.run(), of.attempt(), outcome, now);
            }
        };
        oldWords.add(planted == Planted.OLD_EVENT_ACCEPTED ? () -> sayOfCurrent(of.bay(), outcome) : word);
        boolean success = outcome.reason() == Reason.SUCCEEDED;
        if (planted == Planted.PASS_BEFORE_COMMIT && success) {
            judge.shown(of.bay(), of.run(), Verdict.PASS);
        } else if (planted == Planted.TELL_BEFORE_STORE && success) {
            tellEarly(of);
        }
        word.run();
    }

    /** What an old run said, as if the run that is under way had said it. */
    private void sayOfCurrent(int bay, BoardOutcome outcome) {
        if (station != null && station.tile(bay).state() == BayState.RUNNING) {
            UnitIdentity own = station.tile(bay).identity();
            station.boardEnded(
                    bay,
                    station.tile(bay).run(),
                    1,
                    new BoardOutcome(outcome.reason(), outcome.message(), own, outcome.seen()),
                    now);
        }
    }

    private void tellEarly(BoardsPort.Order of) {
        disk.tables()
                .select("SELECT * FROM run WHERE id = ?", of.run())
                .mapToMap()
                .findOne()
                .ifPresent(run -> aws.take(new UntoldEnd(
                        0,
                        of.run(),
                        MORNING,
                        (String) run.get("thing"),
                        (String) run.get("job_id"),
                        (String) run.get("execution"),
                        "SUCCEEDED",
                        Reason.SUCCEEDED,
                        "")));
        point("swapped");
    }

    // People.

    /** One person for a bay: a board in, a start, a board out; and again. */
    private void worker(int bay) {
        if (now > PEOPLE_END - 30 * SECOND) {
            return;
        }
        PlacedBoard board = nextBoard(bay);
        insert(bay, board);
        in(between(2, 6) * SECOND, () -> scan(bay));
        in(between(3, 14) * SECOND, () -> press(bay));
        in(between(20, 60) * SECOND, () -> takeOut(bay));
    }

    private PlacedBoard nextBoard(int bay) {
        boolean again = strikes(bay, 15) && !allBoards.isEmpty();
        if (again) {
            PlacedBoard used = allBoards.get(random.nextInt(allBoards.size()));
            if (!boards.places.containsValue(used)) {
                return used;
            }
        }
        int number = allBoards.size() + 1;
        String unit = strikes(bay, 10) ? "" : "unit-" + number;
        String probe = strikes(bay, 10) ? "probe-1" : strikes(bay, 10) ? "" : "probe-" + number;
        PlacedBoard board = new PlacedBoard("board-" + number, new UnitIdentity(unit, probe, ""));
        board.silent = strikes(bay, 8);
        board.refuses = strikes(bay, 12);
        allBoards.add(board);
        if (settings.mode() == StartKind.JOB && !unit.isEmpty()) {
            aws.create("dk-" + unit);
        }
        return board;
    }

    private void insert(int bay, PlacedBoard board) {
        boards.places.put(bay, board);
        if (station != null) {
            station.happens(bay, new BayInput.BoardCame(), now);
        }
        if (strikes(bay, 25)) {
            in(between(1, 25_000) * 1_000_000L, () -> pull(bay));
        }
        if (strikes(bay, 20)) {
            in(between(1, 25_000) * 1_000_000L, () -> swap(bay));
        }
    }

    private void pull(int bay) {
        if (boards.places.remove(bay) != null) {
            forgetEnds(bay);
            left(bay);
            in(between(1, 6) * SECOND, () -> {
                if (!boards.places.containsKey(bay)) {
                    insert(bay, nextBoard(bay));
                }
            });
        }
    }

    private void left(int bay) {
        if (station != null) {
            station.happens(bay, new BayInput.BoardLeft(), now);
        }
    }

    /** Another board within one poll: nobody sees the first one leave, until the second one speaks. */
    private void swap(int bay) {
        if (boards.places.containsKey(bay)) {
            PlacedBoard other = nextBoard(bay);
            boards.places.put(bay, other);
            if (chance(50)) {
                left(bay);
                inStation(0, up -> up.happens(bay, new BayInput.BoardCame(), now));
            } else if (!other.silent) {
                inStation(SECOND, up -> up.happens(bay, new BayInput.BoardAnswered(other.identity), now));
            }
        }
    }

    private void takeOut(int bay) {
        BayState state = station == null ? BayState.RUNNING : station.tile(bay).state();
        boolean busy = station == null || !station.tile(bay).run().isEmpty();
        boolean waits = settings.mode() == StartKind.JOB
                && state == BayState.READY
                && now < PEOPLE_END - 60 * SECOND
                && chance(70);
        if (busy || waits) {
            in(5 * SECOND, () -> takeOut(bay));
            return;
        }
        if (boards.places.remove(bay) != null) {
            forgetEnds(bay);
            left(bay);
        }
        in(between(1, 8) * SECOND, () -> worker(bay));
    }

    private void forgetEnds(int bay) {
        if (planted == Planted.END_FORGOTTEN) {
            aws.outbox.values().removeIf(end -> bayOf(end.run()) == bay);
        }
    }

    private void scan(int bay) {
        if (station == null || settings.scan().isEmpty()) {
            return;
        }
        if (strikes(bay, 20)) {
            station.scan(bay, "not a label\u0007", now);
        }
        PlacedBoard board = boards.places.get(bay);
        if (board != null) {
            station.scan(bay, "SN-" + board.label + "\r", now);
        }
    }

    /** Two tabs, an impatient person, and a page that asks again because nobody answered. */
    private void press(int bay) {
        boolean presses = settings.mode() == StartKind.BUTTON || strikes(bay, 10);
        if (!presses || settings.mode() == StartKind.JOB) {
            return;
        }
        String key = "press-" + ++keys;
        ask(bay, key, key, StartKind.BUTTON, release());
        for (int again = strikes(bay, 30) ? 2 : 1; again > 0; again--) {
            String sent = planted == Planted.START_TWICE ? key + "-" + again : key;
            in(between(0, 20_000) * 1_000_000L, () -> ask(bay, key, sent, StartKind.BUTTON, release()));
        }
        if (strikes(bay, 10)) {
            in(between(0, 10) * SECOND, () -> ask(bay, "tab-" + ++keys, "tab-" + keys, StartKind.BUTTON, release()));
        }
        if (strikes(bay, 10)) {
            in(between(0, 15_000) * 1_000_000L, () -> {
                if (station != null) {
                    station.abort(bay, now);
                }
            });
        }
        if (strikes(bay, 30)) {
            in(between(1, 30) * SECOND, () -> {
                if (station != null) {
                    station.unlock(bay, "engineer", now);
                    station.resume("engineer");
                }
            });
        }
    }

    private void offer(int bay) {
        BayState state = station.tile(bay).state();
        String unit = station.tile(bay).identity().unit();
        if (unit.isEmpty() || state != BayState.READY && state != BayState.ENDED) {
            return;
        }
        aws.offer("dk-" + unit).ifPresent(job -> {
            String key = job.key() + "#" + aws.starts.getOrDefault(job.key(), 0);
            NewRun.What what = new NewRun.What("aws", FILE, IMAGE, "2.0.0", job.thing(), job.jobId(), job.execution());
            if (planted == Planted.TAKE_BEFORE_RECORD) {
                aws.setInProgress(job.key());
                point("swapped");
            }
            if (ask(bay, key, key, StartKind.JOB, what)) {
                aws.starts.merge(job.key(), 1, Integer::sum);
            }
        });
    }

    private boolean ask(int bay, String meant, String key, StartKind kind, NewRun.What what) {
        if (station == null) {
            return false;
        }
        StationAnswer answer = station.start(new StartAsked(bay, kind, key, Optional.empty(), false, what), now);
        met.add("start " + answer.status() + " " + answer.code());
        boolean taken = answer.status() == 202;
        if (taken) {
            judge.taken(meant, answer.run());
        }
        return taken;
    }

    /** What this seed has met, for a test that the seeds are no walk in the park. */
    Set<String> met() {
        for (String sql : List.of(
                "SELECT verdict || ' ' || reason FROM attempt_end",
                "SELECT 'attempt ' || number FROM attempt",
                "SELECT 'continues' FROM run WHERE continues <> ''",
                "SELECT 'clock suspect' FROM record WHERE clock_suspect = 1",
                "SELECT mark FROM place_mark UNION SELECT mark FROM station_mark",
                "SELECT 'told ' || cloud_intended || ', AWS ' || answered FROM attempt_end JOIN cloud_answer USING (attempt_seq)",
                "SELECT 'evidence ' || substr(evidence, 1, 7) FROM attempt_end")) {
            met.addAll(disk.tables().createQuery(sql).mapTo(String.class).list());
        }
        return met;
    }

    // What goes wrong.

    private void chooseFaults() {
        settings.bays().stream().filter(bay -> chance(40)).forEach(faulty::add);
        for (String fault : List.of("kill", "disk", "outbox", "away", "cancel", "clock")) {
            boolean isMeant = planted != Planted.NONE
                    && (fault.equals("kill") && planted != Planted.END_FORGOTTEN || fault.equals("away"));
            if (isMeant || planted == Planted.NONE && chance(20)) {
                commonFaults.add(fault);
            }
        }
        sloppy = chance(30);
        for (long at = between(5, 30) * SECOND; at < FAULTS_END; at += between(10, 60) * SECOND) {
            in(at, this::strike);
        }
        in(FAULTS_END, this::calm);
    }

    private void strike() {
        if (commonFaults.contains("disk") && chance(40)) {
            disk.failWith(new FotaException(chance(50) ? Reason.STORAGE_FULL : Reason.STORAGE_UNWRITABLE, "disk"));
            in(between(1, 20) * SECOND, () -> disk.failWith(null));
        }
        if (commonFaults.contains("outbox") && chance(40)) {
            aws.failure = new FotaException(Reason.STORAGE_FULL, "outbox");
            in(between(1, 20) * SECOND, () -> aws.failure = null);
        }
        if (commonFaults.contains("away") && chance(40)) {
            aws.away = true;
            in(between(5, 60) * SECOND, () -> aws.away = now < FAULTS_END && chance(10));
        }
        if (commonFaults.contains("cancel") && !aws.executions.isEmpty()) {
            List<String> jobs = List.copyOf(aws.executions.keySet());
            aws.cancel(jobs.get(random.nextInt(jobs.size())));
        }
        if (commonFaults.contains("clock") && chance(30)) {
            wallOffset -= between(1, 7_200) * SECOND;
        }
        if (!oldWords.isEmpty()) {
            oldWords.get(random.nextInt(oldWords.size())).run();
        }
    }

    private void calm() {
        disk.failWith(null);
        aws.failure = null;
        aws.away = false;
        pointsToLive = Long.MAX_VALUE;
        if (station != null) {
            station.resume("engineer");
        }
    }

    @Override
    public void close() {
        disk.close();
    }
}
