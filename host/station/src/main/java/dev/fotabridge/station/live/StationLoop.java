package dev.fotabridge.station.live;

import dev.fotabridge.host.api.BayEvent;
import dev.fotabridge.host.api.FotaException;
import dev.fotabridge.host.api.Reason;
import dev.fotabridge.station.bay.BayInput;
import dev.fotabridge.station.bay.BayState;
import dev.fotabridge.station.bay.SharedProbeRule;
import dev.fotabridge.station.bay.UnitIdentity;
import dev.fotabridge.station.control.BayLine;
import dev.fotabridge.station.control.BayView;
import dev.fotabridge.station.control.StationListener;
import dev.fotabridge.station.control.StationRecord;
import dev.fotabridge.station.control.StationView;
import dev.fotabridge.station.place.BayPlace;
import dev.fotabridge.station.place.PlaceEvent;
import dev.fotabridge.station.place.PlaceScan;
import dev.fotabridge.station.place.PlaceScanner;
import dev.fotabridge.station.place.PlaceWatch;
import dev.fotabridge.station.place.UnmappedPort;
import dev.fotabridge.station.records.StationRecords;
import dev.fotabridge.station.run.BoardOutcome;
import dev.fotabridge.station.run.BoardsPort;
import dev.fotabridge.station.run.Station;
import dev.fotabridge.station.run.Tile;
import dev.fotabridge.station.run.VerdictPort;
import dev.fotabridge.station.verdict.RunStage;
import dev.fotabridge.station.verdict.Verdict;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One lock around the station: what threads of bays, of the server and of the clock bring comes in one after the other, and listeners
 * hear what has changed. Thread-safe.
 * Tested by LiveStationIT.
 */
final class StationLoop implements BayReports, VerdictPort, AutoCloseable {
    private static final long TURN_MILLIS = 250;
    private static final long TURNS_OF_A_SECOND = 1_000 / TURN_MILLIS;
    private static final long CLOSE_SECONDS = 10;
    private static final Logger LOG = LoggerFactory.getLogger(StationLoop.class);

    private final PlaceWatch watch;
    private final PlaceScanner scanner;
    private final StationRecords records;
    private final Map<Integer, BayShow> shows = new TreeMap<>();
    private final Map<Integer, BayView> shown = new HashMap<>();
    private final List<StationListener> listeners = new CopyOnWriteArrayList<>();
    private final ScheduledExecutorService clock =
            Executors.newSingleThreadScheduledExecutor(work -> new Thread(work, "station"));
    private final long origin = System.nanoTime();

    private boolean isClosing;
    private Source source;
    private LiveBoards boards;
    private Station station;
    private Yields yields;
    private Optional<Supplier<StationView>> itself = Optional.empty();
    private StationView said;
    private long turns;

    StationLoop(List<BayPlace> places, PlaceScanner scanner, StationRecords records) {
        this.watch = new PlaceWatch(places);
        this.scanner = scanner;
        this.records = records;
        places.forEach(place -> shows.put(place.bay(), new BayShow(place)));
    }

    /** Nanoseconds since this was made. */
    long now() {
        return System.nanoTime() - origin;
    }

    /** Begins to look at the places. What the bays showed when the station ended is restored. */
    void start(LiveBoards itsBoards, Station opened, Source itsSource, Yields itsYields) {
        synchronized (this) {
            yields = itsYields;
            source = itsSource;
            boards = itsBoards;
            station = opened;
            shows.forEach((bay, show) -> lastEnd(bay).ifPresent(show::ended));
            publish();
        }
        clock.scheduleWithFixedDelay(this::turn, 0, TURN_MILLIS, TimeUnit.MILLISECONDS);
    }

    private Optional<StationRecord> lastEnd(int bay) {
        return station.lastRun(bay).flatMap(this::lastAttempt);
    }

    private Optional<StationRecord> lastAttempt(String run) {
        List<StationRecord> all = attempts(run);
        return all.isEmpty() ? Optional.empty() : Optional.of(all.get(all.size() - 1));
    }

    /** The first one first; none if they cannot be read. */
    private List<StationRecord> attempts(String run) {
        try {
            return records.run(run);
        } catch (FotaException e) {
            LOG.warn("the record of the run {} cannot be shown: {}", run, e.getMessage());
            return List.of();
        }
    }

    private void turn() {
        try {
            PlaceScan scan = scanner.scan();
            synchronized (this) {
                watch.scan(scan, now());
                places();
                boards.tick(now());
                station.tick(now());
                carryOn();
                turns++;
                if (turns % TURNS_OF_A_SECOND == 0) {
                    publishItself();
                }
            }
        } catch (RuntimeException | Error e) {
            // The top of the thread: the next turn goes on.
            LOG.error("the station met a bug", e);
        }
    }

    /** Does something under the station's lock, later: who asks holds locks of its own. */
    void later(Runnable work) {
        clock.execute(() -> {
            try {
                synchronized (this) {
                    work.run();
                    carryOn();
                }
            } catch (RuntimeException | Error e) {
                // The top of the thread.
                LOG.error("the station met a bug", e);
            }
        });
    }

    /** Something has happened: carries it on to AWS mode, and shows what has changed. */
    private void carryOn() {
        if (station == null) {
            return;
        }
        source.turn(station, now());
        publish();
    }

    private void places() {
        for (Optional<PlaceEvent> event = watch.poll(); event.isPresent(); event = watch.poll()) {
            place(event.get());
        }
    }

    private void place(PlaceEvent event) {
        if (event instanceof PlaceEvent.Came came) {
            boards.at(came.bay()).came(isShared(came.probe()) ? "" : came.probe());
            say(came.bay(), "A board is at " + came.port() + ".");
            station.happens(came.bay(), new BayInput.BoardCame(), now());
        } else if (event instanceof PlaceEvent.Left left) {
            say(left.bay(), left.why());
            station.happens(left.bay(), new BayInput.BoardLeft(), now());
            boards.at(left.bay()).left();
        } else if (event instanceof PlaceEvent.Moved moved) {
            say(moved.bay(), "The board is at " + moved.port() + " now.");
            boards.at(moved.bay()).left();
        } else if (event instanceof PlaceEvent.ProbesShared) {
            shows.keySet().forEach(this::knowProbe);
        }
    }

    /** By another board a debugger's serial number becomes one that tells nothing, or tells something again: the board is asked anew. */
    private void knowProbe(int bay) {
        String probe = watch.probe(bay);
        if (boards.at(bay).isKnownAs(isShared(probe) ? "" : probe)) {
            return;
        }
        boards.at(bay).came(isShared(probe) ? "" : probe);
        if (station.tile(bay).state() != BayState.EMPTY) {
            boards.identify(bay);
        }
    }

    /** Why the board at a bay may not run, since its debugger's serial number is another one's, too. The station calls. */
    synchronized Optional<String> sharedProbe(int bay) {
        Map<Integer, UnitIdentity> there = new TreeMap<>();
        for (int other : shows.keySet()) {
            there.put(other, new UnitIdentity(station.tile(other).identity().unit(), watch.probe(other), ""));
        }
        return SharedProbeRule.refusal(bay, there, watch.sharedProbes());
    }

    private boolean isShared(String probe) {
        return watch.sharedProbes().contains(probe);
    }

    private void say(int bay, String text) {
        BayLine line = shows.get(bay).line(text, false);
        listeners.forEach(listener -> listener.lineAdded(bay, line));
    }

    // What threads of bays tell.

    @Override
    public synchronized void answered(int bay, UnitIdentity who) {
        watch.answered(bay, now());
        places();
        station.happens(bay, new BayInput.BoardAnswered(who), now());
        carryOn();
    }

    @Override
    public synchronized void silent(int bay, UnitIdentity known, String why) {
        say(bay, "The board does not answer: " + why);
        station.happens(bay, new BayInput.BoardSilent(known), now());
        carryOn();
    }

    @Override
    public synchronized void stage(BoardsPort.Order order, RunStage stage) {
        station.stage(order.bay(), order.run(), stage, now());
    }

    @Override
    public synchronized void ended(BoardsPort.Order order, BoardOutcome outcome) {
        if (isClosing && outcome.reason() == Reason.INTERRUPTED) {
            // As if the station had been killed: its next start ends the run, and AWS's job goes on.
            return;
        }
        watch.running(order.bay(), false, now());
        station.boardEnded(order.bay(), order.run(), order.attempt(), outcome, now());
        carryOn();
    }

    @Override
    public synchronized void happened(int bay, BayEvent event) {
        BayShow show = shows.get(bay);
        if (station != null && !station.tile(bay).run().isEmpty()) {
            source.progress(station.tile(bay).run(), show.attempt(), event);
        }
        show.saw(event).ifPresent(line -> listeners.forEach(listener -> listener.lineAdded(bay, line)));
        publish(bay);
    }

    @Override
    public synchronized void begins(BoardsPort.Order order) {
        watch.running(order.bay(), true, now());
        shows.get(order.bay()).attempt(order.attempt());
    }

    @Override
    public synchronized void show(int bay, String run, Verdict verdict) {
        source.over(run);
        List<StationRecord> all = attempts(run);
        all.forEach(record -> listeners.forEach(listener -> listener.attemptStored(record)));
        if (!all.isEmpty()) {
            StationRecord last = all.get(all.size() - 1);
            shows.get(bay).ended(last);
            yields.ended(last);
            say(bay, verdict + ": " + last.message());
        }
    }

    @Override
    public synchronized void told(String run) {
        shows.values().stream()
                .filter(show -> show.isOf(run))
                .forEach(show -> lastAttempt(run).ifPresent(show::told));
    }

    /** The last attempts of runs, as they are stored. */
    List<StationRecord> lastAttempts(List<String> runs) {
        return runs.stream().map(this::lastAttempt).flatMap(Optional::stream).toList();
    }

    /** A hook has failed; it is said, and nothing else follows. */
    synchronized void hookFailed(int bay, String sentence) {
        if (shows.containsKey(bay)) {
            say(bay, sentence);
            listeners.forEach(listener -> listener.hookFailed(bay));
        }
    }

    // What others ask.

    /** Another release is approved: its yields begin. */
    synchronized void restartYields() throws FotaException {
        yields.restart();
    }

    /** {@return share of units whose first run ended PASS; empty before the first unit} */
    synchronized Optional<Double> firstYield() {
        return yields.first();
    }

    /** {@return share of units whose last run ended PASS; empty before the first unit} */
    synchronized Optional<Double> lastYield() {
        return yields.last();
    }

    /** Does something with the station, and tells what has changed. */
    synchronized <T> T with(Function<Station, T> work) {
        T result = work.apply(station);
        carryOn();
        return result;
    }

    /** Looks at the station; nothing changes by that. */
    synchronized <T> T look(Function<Station, T> question) {
        return question.apply(station);
    }

    synchronized List<BayView> views() {
        List<BayView> views = new ArrayList<>();
        shows.keySet().forEach(bay -> views.add(view(bay)));
        return views;
    }

    synchronized List<BayLine> lines(int bay) {
        return shows.containsKey(bay) ? shows.get(bay).lines() : List.of();
    }

    synchronized List<UnmappedPort> unmapped() {
        return watch.unmapped();
    }

    synchronized int storing() {
        return (int) shows.keySet().stream()
                .map(station::tile)
                .filter(tile -> tile.state() == BayState.STORING)
                .count();
    }

    synchronized List<BayView> listen(StationListener listener) {
        listeners.add(listener);
        return views();
    }

    private BayView view(int bay) {
        return shows.get(bay).view(station.tile(bay), source.job(bay), now());
    }

    private void publish() {
        shows.keySet().forEach(this::publish);
    }

    /** From now on listeners hear what changes of the station itself. */
    synchronized void watch(Supplier<StationView> itsView) {
        itself = Optional.of(itsView);
        said = itsView.get();
    }

    private void publishItself() {
        itself.map(Supplier::get).filter(now -> !now.saysTheSame(said)).ifPresent(now -> {
            said = now;
            listeners.forEach(listener -> listener.stationChanged(now));
        });
    }

    private void publish(int bay) {
        if (station == null) {
            return;
        }
        Tile tile = station.tile(bay);
        BayShow show = shows.get(bay);
        if (show.isNew(tile.run())) {
            show.started(
                    tile.run(), lastAttempt(tile.run()).map(StationRecord::to).orElse(""), now());
        }
        BayView now = show.view(tile, source.job(bay), now());
        BayView before = shown.put(bay, now);
        if (before == null || !isSame(before, now)) {
            listeners.forEach(listener -> listener.bayChanged(now));
        }
    }

    /** Time alone is no change: who watches a bay lets it run. */
    private static boolean isSame(BayView before, BayView now) {
        double passed =
                now.elapsedSeconds().orElse(0.0) - before.elapsedSeconds().orElse(0.0);
        BayView later = before.isRunning() ? before.later(passed) : before;
        return later.equals(now);
    }

    /** Ends the turns; what bays tell is still taken. */
    @Override
    public void close() {
        synchronized (this) {
            isClosing = true;
        }
        clock.shutdown();
        try {
            clock.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
