package dev.fotabridge.host.sequence;

import dev.fotabridge.fixtures.files.MemoryFiles;
import dev.fotabridge.fixtures.lockstep.LockstepDk;
import dev.fotabridge.host.api.JobsTransport;
import dev.fotabridge.host.download.RangeSource;
import dev.fotabridge.host.link.Line;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.concurrent.CountDownLatch;

/**
 * Everything around the host's process, and its clock. Time passes only in {@link #live}, which the host's loop calls
 * when it waits. All that happens comes by numbered points; at some of them the case strikes.
 */
public final class SequenceWorld {
    /** Of the serial line. */
    public static final int CEILING_BAUD = VirtualBoard.CEILING;

    /** Whose jobs they are. */
    public static final String THING = VirtualCloud.THING;

    static final long MILLI = 1_000_000L;
    static final long SECOND = 1_000 * MILLI;

    /** The grain of time: nobody gets an answer sooner. */
    private static final long GRAIN = MILLI;

    /** Longer than any pause of the host: a new try to connect, or to take an image back. */
    private static final long QUIET = 100 * SECOND;

    private static final int MAX_STEPS = 400_000;
    private static final long MAX_TIME = 6 * 3_600 * SECOND;
    private static final int TRACE = 60;

    private record Due(long at, long order, Runnable action) {}

    final Random random;
    final SequenceCase testCase;
    final MemoryFiles files;
    final VirtualCloud cloud;
    final VirtualStore store;
    final VirtualBoard board;
    private final List<Strike> strikes;
    private final PriorityQueue<Due> agenda =
            new PriorityQueue<>(Comparator.comparingLong(Due::at).thenComparingLong(Due::order));
    private final List<Coroutine> coroutines = new ArrayList<>();
    private final Deque<String> trace = new ArrayDeque<>();

    private long now;
    private long busyAt;
    private long order;
    private int points;
    private int steps;
    private boolean woken;
    private boolean alive;
    private boolean killed;

    SequenceWorld(SequenceCase testCase, LockstepDk dk) {
        this.testCase = testCase;
        this.random = new Random(testCase.seed());
        this.strikes = new ArrayList<>(testCase.strikes());
        this.files = new MemoryFiles(what -> point("disk: " + what));
        this.cloud = new VirtualCloud(this);
        this.store = new VirtualStore(this);
        this.board = new VirtualBoard(this, dk);
    }

    /** Nanoseconds since the world began. */
    public long now() {
        return now;
    }

    /** The host's state directory. */
    public Path disk() {
        return files.root();
    }

    /** Its connection to AWS. */
    public JobsTransport jobs() {
        return cloud;
    }

    /** Its way to the bucket. */
    public RangeSource objects() {
        return store;
    }

    /** The rate at which its board starts. */
    public int startBaud() {
        return board.startBaud();
    }

    /** Its line to the board. */
    public Line openLine() {
        return board.open();
    }

    /** Of everything that is left to chance. */
    public Random random() {
        return random;
    }

    /** Whether all has been quiet for a while, with nothing left to be done. */
    public boolean isOver() {
        boolean reachable = !cloud.isDown() && !board.isAway();
        if (!cloud.isSettled() || files.holdsAny("/outbox", ".json") || !reachable) {
            busyAt = now;
        }
        return now - busyAt > QUIET;
    }

    /** How many points the run has come by. */
    int points() {
        return points;
    }

    long between(int lowMillis, int highMillis) {
        return (lowMillis + random.nextInt(highMillis - lowMillis + 1)) * MILLI;
    }

    void in(long nanos, Runnable action) {
        agenda.add(new Due(now + nanos, order++, action));
    }

    /** A point of the sequence: what the case has planned for it happens before what the name says. */
    public void point(String name) {
        if (killed) {
            throw new HostKilled();
        }
        points++;
        note(points + " " + name);
        List<Strike> due = strikes.stream().filter(s -> s.point() == points).toList();
        strikes.removeAll(due);
        due.forEach(this::strike);
        if (killed) {
            throw new HostKilled();
        }
    }

    /** For a failure's report. */
    public void note(String line) {
        if (trace.size() == TRACE) {
            trace.removeFirst();
        }
        trace.addLast(now / MILLI + " ms " + line);
    }

    private void strike(Strike strike) {
        note("*** " + strike);
        long away = strike.millis() * MILLI;
        switch (strike.kind()) {
            case KILL -> killed = alive;
            case MQTT -> cloud.cut(away);
            case HTTP -> store.cut(away);
            case POWER -> board.cutPower(away);
            case LINE -> board.silence(away);
            case CANCEL -> in(away, cloud::cancel);
            case REMAKE -> in(away, cloud::remake);
            case ROT -> files.rot("/cache/files");
            case SWAP -> board.swap("B");
            case NAMELESS -> board.swap("");
        }
    }

    /** The host's process starts. */
    void hostStarts() {
        alive = true;
        killed = false;
        woken = false;
    }

    /** It has ended, killed or not: the operating system takes back what it held. */
    void hostEnded() {
        killed = true;
        coroutines.stream().filter(c -> !c.isOver()).forEach(Coroutine::resume);
        coroutines.clear();
        cloud.hostDied();
        files.processDied();
        alive = false;
        killed = false;
    }

    /** The host's loop is to return. */
    public void wake() {
        woken = true;
    }

    /** Runs the host's work beside its loop. */
    public void start(Runnable work) {
        coroutines.add(new Coroutine(work, () -> killed));
    }

    /** On a thread of {@link #start}: waits until the gate is open or the time is over. */
    public boolean await(CountDownLatch gate, long nanos) {
        current().pause(now + Math.max(nanos, GRAIN), () -> gate.getCount() == 0);
        return gate.getCount() == 0;
    }

    void sleep(long nanos) {
        current().pause(now + nanos, () -> false);
    }

    private Coroutine current() {
        return coroutines.stream().filter(Coroutine::isCurrent).findFirst().orElseThrow();
    }

    /** The world goes on until the time, or until the host is woken; a grain at least. */
    public void live(long deadline) {
        do {
            require(steps++ < MAX_STEPS, "spins");
            require(now < MAX_TIME, "never ends");
            long next = Math.min(deadline, Math.min(agendaNext(), board.next()));
            for (Coroutine coroutine : coroutines) {
                next = Math.min(next, coroutine.next());
            }
            now = Math.max(now + GRAIN, next);
            runDue();
        } while (!woken && now < deadline);
        woken = false;
    }

    private long agendaNext() {
        return agenda.isEmpty() ? Long.MAX_VALUE : agenda.peek().at();
    }

    private void runDue() {
        while (agendaNext() <= now) {
            agenda.poll().action().run();
        }
        cloud.tick();
        board.run();
        for (Coroutine coroutine : List.copyOf(coroutines)) {
            if (coroutine.isDue(now)) {
                coroutine.resume();
            }
        }
        if (killed) {
            throw new HostKilled();
        }
    }

    void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new AssertionError(otherwise);
        }
    }

    /** The last points, for a failure's report. */
    @Override
    public String toString() {
        return String.join("\n", trace);
    }
}
