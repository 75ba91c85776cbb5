package dev.fotabridge.station.hook;

import dev.fotabridge.station.control.StationListener;
import dev.fotabridge.station.control.StationRecord;
import dev.fotabridge.station.text.RecordFields;
import dev.fotabridge.station.text.RecordJson;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Starts the station's hooks with the record of each run, once that is on disk. At most four are at work at once, and those of one bay one
 * after the other. What they do changes nothing: a failure is told, and that is all. Any thread may tell of a record; that returns at once.
 */
public final class Hooks implements StationListener, AutoCloseable {
    /** How many are at work at once. */
    static final int AT_ONCE = 4;

    /** How many may wait: 16 hooks of 64 bays that end together. */
    static final int MOST_WAITING = 1_024;

    private static final Logger LOG = LoggerFactory.getLogger(Hooks.class);

    private final List<List<String>> hooks;
    private final Map<Integer, String> places;
    private final HookReports reports;
    private final Duration limit;
    private final HookProcess process;
    private final HookQueue queue = new HookQueue(MOST_WAITING);
    private final List<Thread> threads = new ArrayList<>();

    private boolean closed;
    private volatile boolean stopped;

    private Hooks(
            List<List<String>> hooks,
            Map<Integer, String> places,
            Path directory,
            HookReports reports,
            Duration limit) {
        this.hooks = hooks;
        this.places = places;
        this.reports = reports;
        this.limit = limit;
        process = new HookProcess(directory, limit, () -> stopped);
    }

    /**
     * Opens a station's hooks.
     *
     * @param hooks each with its arguments; none starts no thread
     * @param places USB place or port of each bay, by its number
     * @param directory for the records that hooks read; made if it is missing
     * @param reports hears of failures
     * @throws IOException if the directory cannot be used
     */
    public static Hooks open(List<List<String>> hooks, Map<Integer, String> places, Path directory, HookReports reports)
            throws IOException {
        return open(hooks, places, directory, reports, HookProcess.LIMIT);
    }

    static Hooks open(
            List<List<String>> hooks, Map<Integer, String> places, Path directory, HookReports reports, Duration limit)
            throws IOException {
        Hooks opened = new Hooks(hooks, places, directory, reports, limit);
        if (!hooks.isEmpty()) {
            empty(directory);
            for (int i = 1; i <= AT_ONCE; i++) {
                opened.start("hook-" + i);
            }
        }
        return opened;
    }

    /** A station that was killed has left the records of its hooks. */
    private static void empty(Path directory) throws IOException {
        Files.createDirectories(directory);
        try (DirectoryStream<Path> left = Files.newDirectoryStream(directory, "record-*.json")) {
            for (Path record : left) {
                Files.delete(record);
            }
        }
    }

    private void start(String name) {
        Thread thread = new Thread(this::work, name);
        thread.setDaemon(true);
        thread.start();
        threads.add(thread);
    }

    /** An attempt after which its run goes on is not told: a lamp or a label is for the unit. */
    @Override
    public void attemptStored(StationRecord record) {
        if (record.isFinal()) {
            String json = json(record);
            hooks.forEach(words -> offer(new HookJob(record.bay(), words, json)));
        }
    }

    private String json(StationRecord record) {
        Map<String, Object> fields = new LinkedHashMap<>(RecordFields.of(record));
        fields.put("place", places.getOrDefault(record.bay(), ""));
        return RecordJson.of(fields) + "\n";
    }

    private void offer(HookJob job) {
        if (!taken(job)) {
            failed(job, notStarted(job, MOST_WAITING + " wait already"));
        }
    }

    private synchronized boolean taken(HookJob job) {
        boolean taken = queue.offer(job);
        notifyAll();
        return taken;
    }

    private static String notStarted(HookJob job, String why) {
        return "The hook " + job.name() + " was not started: " + why + ".";
    }

    private void work() {
        for (Optional<HookJob> job = take(); job.isPresent(); job = take()) {
            HookJob next = job.get();
            try {
                process.run(next).ifPresent(sentence -> failed(next, sentence));
            } catch (RuntimeException | Error e) {
                // The top of the thread.
                LOG.error("the hook {} met a bug", next.name(), e);
            } finally {
                done(next);
            }
        }
    }

    private void failed(HookJob job, String sentence) {
        LOG.warn("bay {}: {}", job.bay(), sentence);
        reports.failed(job.bay(), sentence);
    }

    /** Returns the next hook, once there is one; empty once this is closed. */
    private synchronized Optional<HookJob> take() {
        Optional<HookJob> next = queue.next();
        while (next.isEmpty() && !closed) {
            pause(0);
            next = queue.next();
        }
        return next;
    }

    private synchronized void done(HookJob job) {
        queue.done(job);
        notifyAll();
    }

    private void pause(long millis) {
        try {
            wait(millis);
        } catch (InterruptedException e) {
            // Nobody interrupts threads of hooks; whoever closes has waited long enough then.
            closed = true;
            stopped = true;
        }
    }

    /** Waits for hooks that are at work or wait, 10 s at most; then ends them. */
    @Override
    public void close() {
        for (HookJob dropped : awaitIdle()) {
            failed(dropped, notStarted(dropped, "the station ends"));
        }
        stopped = true;
        try {
            for (Thread thread : threads) {
                thread.join(limit.toMillis());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized List<HookJob> awaitIdle() {
        long end = System.nanoTime() + limit.toNanos();
        long left = limit.toMillis();
        while (!queue.isIdle() && left > 0 && !stopped) {
            pause(left);
            left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
        }
        closed = true;
        notifyAll();
        return queue.clear();
    }
}
