package dev.fotabridge.station.run;

import dev.fotabridge.host.api.BayEvent;
import dev.fotabridge.host.api.FotaException;
import dev.fotabridge.host.api.Phase;
import dev.fotabridge.host.api.Reason;
import dev.fotabridge.station.bay.AttemptRule;
import dev.fotabridge.station.bay.BayInput;
import dev.fotabridge.station.bay.BayState;
import dev.fotabridge.station.bay.LockRule;
import dev.fotabridge.station.bay.RetestRule;
import dev.fotabridge.station.bay.ScanRule;
import dev.fotabridge.station.bay.SharedProbeRule;
import dev.fotabridge.station.bay.StartKind;
import dev.fotabridge.station.bay.StopRule;
import dev.fotabridge.station.bay.UnitIdentity;
import dev.fotabridge.station.config.ThingName;
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
import java.util.function.Consumer;
import java.util.stream.IntStream;

/**
 * One seed: a station of eight bays, the people who plug boards in and press start, AWS, the disk, and what goes wrong. After a while nothing
 * goes wrong any more, and everything must come to its end by itself.
 */
final class StationWorld implements AutoCloseable {
    static final String IMAGE = VirtualAws.Content.IMAGE.hash;
    private static final NewRun.Labels LABELS = new NewRun.Labels("line-1", "", "", "", "", "", "", "", "test");
    private static final String FILE = VirtualAws.Content.IMAGE.file;
    private static final List<String> NAMES =
            List.of("dk-{unit}", "dk-{unit}", "dk-{probe}", "dk-{scan}", "{unit}_{scan}");
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

    /** @param isQuiet whether it is nothing that happens to the station itself */
    private record Due(long at, long order, boolean isQuiet, Runnable action) {}

    final Planted planted;
    final MemoryLedger disk = new MemoryLedger();
    final StationJudge judge = new StationJudge(this, disk.tables());
    final VirtualBoards boards = new VirtualBoards(this);
    final VirtualAws aws;
    final List<PlacedBoard> allBoards = new ArrayList<>();

    private final Random random;
    /** Of all that AWS mode chooses: without it the same seed is the same morning. */
    private final Random cloudRandom;
    /** How boards' things are named; empty for a station with a release. */
    private final Optional<ThingName> naming;

    private final PriorityQueue<Due> agenda =
            new PriorityQueue<>(Comparator.comparingLong(Due::at).thenComparingLong(Due::order));
    private final StationSettings settings;
    private final int lockAfter;
    private final int stopAfter;

    private final Set<Integer> faulty = new HashSet<>();
    private final Set<String> commonFaults = new HashSet<>();
    /** What the board said in earlier runs, to be said again. */
    private final List<Runnable> oldWords = new ArrayList<>();

    /** Labels that were scanned at a bay since its board came. */
    private final Map<Integer, Set<String>> labels = new TreeMap<>();

    private final Set<String> met = new HashSet<>();
    private Station station;
    private AwsLife cloud;
    private int life;
    private long now;
    private long order;
    private long wallOffset;
    private long pointsToLive = Long.MAX_VALUE;
    private long pointsToMeddle = Long.MAX_VALUE;
    private long awayUntil;
    private boolean sloppy;
    private int keys;

    StationWorld(long seed, Planted planted) {
        // Seeds that follow each other begin with almost the same numbers.
        this.random = new Random(seed * SPREAD);
        this.planted = planted;
        this.cloudRandom = new Random(~seed * SPREAD);
        this.aws = new VirtualAws(this, cloudRandom);
        StartKind mode = isAboutAws() ? StartKind.JOB : StartKind.values()[random.nextInt(StartKind.values().length)];
        boolean withJobs = mode == StartKind.JOB || planted == Planted.NONE && cloudRandom.nextInt(6) == 0;
        naming = Optional.of(new ThingName(NAMES.get(isAboutAws() ? 0 : cloudRandom.nextInt(NAMES.size()))))
                .filter(name -> withJobs);
        boolean needsScan =
                mode == StartKind.SCAN || naming.filter(ThingName::needsScan).isPresent();
        lockAfter = random.nextBoolean() ? 3 : 0;
        stopAfter = random.nextBoolean() ? 3 : 0;
        settings = new StationSettings(
                IntStream.rangeClosed(1, BAYS).boxed().toList(),
                mode,
                needsScan || random.nextInt(4) == 0 ? Optional.of(ScanRule.ANY) : Optional.empty(),
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
                    TOLD_FOR_THE_NEXT,
                    AGAIN_AFTER_SUCCEEDED,
                    ANSWER_INVENTED,
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

    boolean hasCommonFault(String fault) {
        return commonFaults.contains(fault);
    }

    boolean isFaulty(int bay) {
        return faulty.contains(bay);
    }

    /** AWS mode of the process that lives; null if none does. */
    AwsLife life() {
        return cloud;
    }

    boolean hasJobs() {
        return naming.isPresent();
    }

    String newId() {
        return RecordId.of(MORNING.toEpochMilli() + now / 1_000_000, random);
    }

    int bayOfAttempt(long attempt) {
        return bayOf(runOfAttempt(attempt));
    }

    String runOfAttempt(long attempt) {
        return disk.tables()
                .select("SELECT run_id FROM attempt WHERE seq = ?", attempt)
                .mapTo(String.class)
                .one();
    }

    List<Long> attemptsOf(String execution) {
        return disk.tables()
                .select("SELECT seq FROM record WHERE thing || '/' || job_id || '/' || execution = ?", execution)
                .mapTo(Long.class)
                .list();
    }

    int bayOf(String run) {
        return disk.tables()
                .select("SELECT bay FROM run WHERE id = ?", run)
                .mapTo(Integer.class)
                .one();
    }

    // Time.

    void in(long nanos, Runnable action) {
        agenda.add(new Due(now + nanos, order++, false, action));
    }

    /** Something that does not happen to the station itself. */
    void quietly(long nanos, Runnable action) {
        agenda.add(new Due(now + nanos, order++, true, action));
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

    /** Between two steps the process may be killed. */
    void point(String where) {
        if (--pointsToMeddle == 0) {
            armMeddling();
            quietly(cloudRandom.nextInt(400) * 1_000_000L, aws::meddle);
        }
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
        for (int steps = 0; !agenda.isEmpty() && now < LIMIT + awayUntil; steps++) {
            if (steps > MAX_STEPS) {
                throw new AssertionError("the station spins");
            }
            Due due = agenda.poll();
            now = Math.max(now, due.at());
            guarded(due);
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

    private void guarded(Due due) {
        try {
            due.action().run();
            if (!due.isQuiet() && station != null && hasJobs()) {
                cloud.turn(station);
            }
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
        cloud = null;
        life++;
        boards.killed();
        aws.stationDied();
        pointsToLive = Long.MAX_VALUE;
        judge.killed();
        in(between(1, 15) * SECOND, this::start);
    }

    private void start() {
        life++;
        armKill();
        cloud = naming.map(name -> new AwsLife(this, life, name, settings, cloudRandom))
                .orElse(null);
        try {
            station = Station.open(
                    settings,
                    disk.open(new LockRule(lockAfter), new StopRule(stopAfter)),
                    new Station.Surroundings(
                            boards,
                            hasJobs() ? cloud : NO_CLOUD,
                            this::show,
                            () -> MORNING.plusNanos(now + wallOffset),
                            this::newId,
                            () -> hasJobs() ? Optional.empty() : Optional.of(release()),
                            () -> new Station.MayStart(true, false),
                            this::sharedProbe,
                            bay -> LABELS));
        } catch (FotaException e) {
            met.add("not opened: " + e.reason());
            station = null;
            cloud = null;
            aws.stationDied();
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

    /** By what the places show: two debuggers with one serial number. */
    private Optional<String> sharedProbe(int bay) {
        Map<Integer, UnitIdentity> there = new TreeMap<>();
        Set<String> once = new HashSet<>();
        Set<String> twice = new HashSet<>();
        boards.places.forEach((at, board) -> {
            String probe = board.identity.probe();
            there.put(at, new UnitIdentity(station.tile(at).identity().unit(), probe, ""));
            if (!probe.isEmpty() && !once.add(probe)) {
                twice.add(probe);
            }
        });
        return SharedProbeRule.refusal(bay, there, twice);
    }

    private void armKill() {
        boolean kills = commonFaults.contains("kill") && now < FAULTS_END;
        pointsToLive = kills ? between(1, 80) : Long.MAX_VALUE;
    }

    /** A station with a release asks nothing of AWS. */
    private static final CloudPort NO_CLOUD = new CloudPort() {
        @Override
        public void take(String run, Job job) {
            throw new AssertionError("there is no job");
        }

        @Override
        public void keep(UntoldEnd end) {
            throw new AssertionError("there is no end for AWS");
        }

        @Override
        public void discard(long attempt) {
            throw new AssertionError("there is no end for AWS");
        }

        @Override
        public Set<Long> kept() {
            return Set.of();
        }
    };

    private static NewRun.What release() {
        return NewRun.What.release("2.0.0", FILE, IMAGE, "2.0.0");
    }

    private void show(int bay, String run, Verdict verdict) {
        if (hasJobs()) {
            cloud.over(run);
        }
        judge.shown(bay, run, verdict);
        point("shown");
    }

    private void tick() {
        in(now < PEOPLE_END ? SECOND : 5 * SECOND, this::tick);
        aws.tick();
        if (station != null) {
            station.tick(now);
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
                .ifPresent(run -> aws.tellAsDevice((String) run.get("thing"), (String) run.get("job_id"), "SUCCEEDED"));
        point("swapped");
    }

    /** The image that the station gives to a board. */
    String image(BoardsPort.Order order) throws FotaException {
        return hasJobs() ? cloud.image(order.run()) : order.imageHash();
    }

    void progress(BoardsPort.Order order, Phase phase) {
        if (hasJobs()) {
            cloud.progress(order, new BayEvent.PhaseEntered(phase));
        }
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
        thing(board).ifPresent(this::createJobs);
        return board;
    }

    /** The thing that a board is, if its own label is scanned. */
    Optional<String> thing(PlacedBoard board) {
        UnitIdentity who = board.identity;
        return naming.flatMap(name -> name.of(new UnitIdentity(who.unit(), who.probe(), label(board))));
    }

    /** Whether a thing may be that of a board at a bay: a label may be any that was scanned there since it came. */
    boolean isThingOf(String thing, int bay, PlacedBoard board) {
        ThingName name = naming.orElseThrow();
        UnitIdentity who = board.identity;
        return labels.getOrDefault(bay, Set.of("")).stream()
                .anyMatch(label -> name.of(new UnitIdentity(who.unit(), who.probe(), label))
                        .filter(thing::equals)
                        .isPresent());
    }

    private static String label(PlacedBoard board) {
        return "SN-" + board.label;
    }

    /** Its creator may be early or late, may want several things, or nothing. */
    private void createJobs(String thing) {
        int jobs = planted == Planted.NONE ? Math.min(2, cloudRandom.nextInt(8)) : 2;
        for (int job = 0; job < jobs; job++) {
            quietly(cloudRandom.nextBoolean() ? 0 : cloudRandom.nextInt(20) * SECOND, () -> aws.create(thing));
        }
    }

    private void insert(int bay, PlacedBoard board) {
        boards.places.put(bay, board);
        labels.remove(bay);
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
            left(bay);
            in(between(1, 6) * SECOND, () -> {
                if (!boards.places.containsKey(bay)) {
                    insert(bay, nextBoard(bay));
                }
            });
        }
    }

    private void left(int bay) {
        forgetEnds(bay);
        if (station != null) {
            station.happens(bay, new BayInput.BoardLeft(), now);
        }
    }

    /** Another board within one poll: nobody sees the first one leave, until the second one speaks. */
    private void swap(int bay) {
        if (boards.places.containsKey(bay)) {
            PlacedBoard other = nextBoard(bay);
            PlacedBoard before = boards.places.put(bay, other);
            if (hasJobs() && cloudRandom.nextBoolean()) {
                quietly(cloudRandom.nextInt(400) * 1_000_000L, () -> pressNow(bay));
            }
            if (chance(50)) {
                labels.remove(bay);
                left(bay);
                if (station != null) {
                    // One look at the places shows both.
                    station.happens(bay, new BayInput.BoardCame(), now);
                }
                return;
            }
            boolean isKnown = station != null && station.tile(bay).state() != BayState.IDENTIFYING;
            if (isKnown && before.canBeToldFrom(other)) {
                labels.remove(bay);
            }
            if (!other.silent) {
                inStation(SECOND, up -> up.happens(bay, new BayInput.BoardAnswered(other.identity), now));
            }
        }
    }

    private void takeOut(int bay) {
        BayState state = station == null ? BayState.RUNNING : station.tile(bay).state();
        boolean busy = station == null || !station.tile(bay).run().isEmpty();
        boolean waits = hasJobs() && state == BayState.READY && now < PEOPLE_END - 60 * SECOND && chance(70);
        if (busy || waits) {
            in(5 * SECOND, () -> takeOut(bay));
            return;
        }
        if (boards.places.remove(bay) != null) {
            left(bay);
        }
        in(between(1, 8) * SECOND, () -> worker(bay));
    }

    private void forgetEnds(int bay) {
        if (planted == Planted.END_FORGOTTEN && cloud != null) {
            try {
                cloud.forgetEnds(bay);
            } catch (FotaException e) {
                throw new AssertionError(e);
            }
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
            boolean isWrong = hasJobs() && !allBoards.isEmpty() && cloudRandom.nextInt(20) == 0;
            PlacedBoard labelled = isWrong ? allBoards.get(cloudRandom.nextInt(allBoards.size())) : board;
            labels.computeIfAbsent(bay, at -> new HashSet<>(Set.of(""))).add(label(labelled));
            station.scan(bay, label(labelled) + "\r", now);
        }
    }

    /** Two tabs, an impatient person, and a page that asks again because nobody answered. */
    private void press(int bay) {
        boolean presses = settings.mode() == StartKind.BUTTON || strikes(bay, 10);
        if (!presses || settings.mode() == StartKind.JOB && !hasJobs()) {
            return;
        }
        String key = "press-" + ++keys;
        ask(bay, key, key, StartKind.BUTTON);
        for (int again = strikes(bay, 30) ? 2 : 1; again > 0; again--) {
            String sent = planted == Planted.START_TWICE ? key + "-" + again : key;
            in(between(0, 20_000) * 1_000_000L, () -> ask(bay, key, sent, StartKind.BUTTON));
        }
        if (strikes(bay, 10)) {
            in(between(0, 10) * SECOND, () -> ask(bay, "tab-" + ++keys, "tab-" + keys, StartKind.BUTTON));
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

    private void pressNow(int bay) {
        String key = "press-" + ++keys;
        in(0, () -> ask(bay, key, key, StartKind.BUTTON));
    }

    private void ask(int bay, String meant, String key, StartKind kind) {
        Optional<NewRun.What> what =
                station == null ? Optional.empty() : hasJobs() ? cloud.what(bay) : Optional.of(release());
        what.ifPresent(wanted -> ask(new StartAsked(bay, kind, key, Optional.empty(), false, wanted), meant));
    }

    private void ask(StartAsked asked, String meant) {
        StationAnswer answer = station.start(asked, now);
        met.add("start " + answer.status() + " " + answer.code());
        if (answer.status() == 202) {
            judge.taken(meant, answer.run());
        }
    }

    /** An engineer starts a job once more. */
    void startAgain(long attempt) {
        Map<String, Object> run = disk.tables()
                .select("SELECT * FROM run WHERE id = ?", runOfAttempt(attempt))
                .mapToMap()
                .one();
        int bay = ((Number) run.get("bay")).intValue();
        NewRun.What what = new NewRun.What(
                "aws",
                (String) run.get("file_sha256"),
                (String) run.get("image_hash"),
                (String) run.get("to_version"),
                (String) run.get("thing"),
                (String) run.get("job_id"),
                (String) run.get("execution"));
        inStation(
                SECOND,
                up -> ask(new StartAsked(bay, StartKind.BUTTON, newId(), Optional.empty(), true, what), newId()));
    }

    /** What this seed has met, for a test that the seeds are no walk in the park. */
    Set<String> met() {
        for (String sql : List.of(
                "SELECT verdict || ' ' || reason FROM attempt_end",
                "SELECT 'attempt ' || number FROM attempt",
                "SELECT 'continues' FROM run WHERE continues <> ''",
                "SELECT 'clock suspect' FROM record WHERE clock_suspect = 1",
                "SELECT mark FROM place_mark UNION SELECT mark FROM station_mark",
                "SELECT 'told ' || cloud_intended || ', AWS ' || coalesce(nullif(answered, ''), problem) FROM attempt_end JOIN cloud_answer USING (attempt_seq)",
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
        chooseCloudFaults();
        for (long at = between(5, 30) * SECOND; at < FAULTS_END; at += between(10, 60) * SECOND) {
            in(at, this::strike);
        }
        in(FAULTS_END, this::calm);
    }

    private void chooseCloudFaults() {
        for (String fault : List.of("lossy", "bucket", "busy", "hour")) {
            if (hasJobs() && planted == Planted.NONE && cloudRandom.nextInt(fault.equals("hour") ? 25 : 5) == 0) {
                commonFaults.add(fault);
            }
        }
        armMeddling();
        if (commonFaults.contains("hour")) {
            quietly(cloudRandom.nextInt(120) * SECOND, () -> {
                aws.goAway();
                awayUntil = now + 3_600 * SECOND;
                quietly(3_600 * SECOND, () -> aws.away = false);
            });
        }
    }

    /** AWS's side changes the jobs between any two steps. */
    private void armMeddling() {
        boolean meddles = hasJobs() && commonFaults.contains("cancel") && now < FAULTS_END;
        pointsToMeddle = meddles ? 1 + cloudRandom.nextInt(60) : Long.MAX_VALUE;
    }

    private boolean cloudChance() {
        return cloudRandom.nextInt(5) < 2;
    }

    private void strikeCloud() {
        if (commonFaults.contains("lossy") && cloudChance()) {
            aws.losesReplies = true;
            quietly((1 + cloudRandom.nextInt(20)) * SECOND, () -> aws.losesReplies = false);
        }
        if (commonFaults.contains("bucket") && cloudChance()) {
            aws.bucketIsAway = true;
            quietly((1 + cloudRandom.nextInt(30)) * SECOND, () -> aws.bucketIsAway = false);
        }
        if (commonFaults.contains("busy") && cloudChance()) {
            aws.isBusy = true;
            quietly((1 + cloudRandom.nextInt(30)) * SECOND, () -> aws.isBusy = false);
        }
        if (commonFaults.contains("cancel")) {
            aws.meddle();
        }
    }

    private void strike() {
        strikeCloud();
        if (commonFaults.contains("disk") && chance(40)) {
            disk.failWith(new FotaException(chance(50) ? Reason.STORAGE_FULL : Reason.STORAGE_UNWRITABLE, "disk"));
            in(between(1, 20) * SECOND, () -> disk.failWith(null));
        }
        if (commonFaults.contains("outbox") && chance(40)) {
            aws.outboxIsFull = true;
            in(between(1, 20) * SECOND, () -> aws.outboxIsFull = false);
        }
        if (commonFaults.contains("away") && chance(40)) {
            aws.goAway();
            in(between(5, 60) * SECOND, () -> aws.away = now < FAULTS_END && chance(10) || now < awayUntil);
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
        aws.calm(now < awayUntil);
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
