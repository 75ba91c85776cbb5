package dev.fotabridge.station.live;

import dev.fotabridge.host.api.Bay;
import dev.fotabridge.host.api.BayConfig;
import dev.fotabridge.host.api.BayEvent;
import dev.fotabridge.host.api.Bays;
import dev.fotabridge.host.api.BoardReport;
import dev.fotabridge.host.api.FotaException;
import dev.fotabridge.host.api.Reason;
import dev.fotabridge.host.api.RunEnd;
import dev.fotabridge.station.bay.UnitIdentity;
import dev.fotabridge.station.place.BayPlace;
import dev.fotabridge.station.run.BoardsPort;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The thread of one bay, which speaks with whatever board stands there. Its methods return at once; what comes of them is told to {@link
 * BayReports} by that thread. Any thread may call.
 * Tested by LiveStationIT.
 */
final class BayWorker implements AutoCloseable {
    /** A board that answers does so within a second; 10 s are for one that is just starting. */
    static final Duration PATIENCE = Duration.ofSeconds(10);

    private static final Duration POLL = Duration.ofSeconds(1);
    private static final long CLOSE_SECONDS = 25;
    private static final Logger LOG = LoggerFactory.getLogger(BayWorker.class);

    private final BayPlace place;
    private final Bays bays;
    private final BayReports reports;
    private final ExecutorService thread;

    /** Opened and closed by the thread of the bay alone; others interrupt it. */
    private Bay bay;

    private LiveAttempt run;
    private boolean busy;
    private String probe = "";
    private Optional<Long> askingUntil = Optional.empty();
    private long polledAt;

    BayWorker(BayPlace place, Bays bays, BayReports reports) {
        this.place = place;
        this.bays = bays;
        this.reports = reports;
        thread = Executors.newSingleThreadExecutor(work -> new Thread(work, "bay-" + place.bay()));
    }

    /** A board stands here now. */
    synchronized void came(String itsProbe) {
        probe = itsProbe;
    }

    /** {@return whether the board's debugger is known by this serial number} */
    synchronized boolean isKnownAs(String itsProbe) {
        return probe.equals(itsProbe);
    }

    /** The board has left, or has another port: the port is given back. A run hears of it by {@link #stop}. */
    synchronized void left() {
        askingUntil = Optional.empty();
        if (run == null && bay != null) {
            bay.interrupt();
        }
        submit(this::release);
    }

    /** Asks the board who it is. */
    synchronized void identify(long now) {
        askingUntil = Optional.of(now + PATIENCE.toNanos());
        tick(now);
    }

    /** Time has passed: asks again if the board could not be asked; looks at a fixed port, where nobody says that a board has come. */
    synchronized void tick(long now) {
        if (busy || run != null) {
            return;
        } else if (askingUntil.isPresent()) {
            long until = askingUntil.get();
            work(() -> ask(until, now));
        } else if (place.kind() == BayPlace.Kind.PORT && now - polledAt >= POLL.toNanos()) {
            polledAt = now;
            work(isThere() ? this::poll : this::release);
        }
    }

    /** A look costs nothing; to lock and open a port that is not there, once a second at 64 bays, takes 0.4 of a core. */
    private boolean isThere() {
        Path port = Path.of(place.port());
        // A name without a folder, as COM3, is no file.
        return !port.isAbsolute() || Files.exists(port);
    }

    /** Begins an update. */
    synchronized void begin(BoardsPort.Order order, Firmware firmware) {
        run = new LiveAttempt(order, firmware, reports);
        LiveAttempt begun = run;
        submit(() -> update(begun));
    }

    /** An update cannot begin. */
    void fail(BoardsPort.Order order, RunEnd why) {
        submit(() -> reports.ended(order, LiveAttempt.unseen(why)));
    }

    /** Ends an update; does nothing if it is not the one that runs. */
    synchronized void stop(String id, RunEnd why) {
        if (run != null && run.order().run().equals(id)) {
            run.stop(why, Optional.ofNullable(bay));
        }
    }

    private void work(Runnable task) {
        busy = true;
        submit(() -> {
            try {
                task.run();
            } finally {
                idle();
            }
        });
    }

    private synchronized void idle() {
        busy = false;
    }

    private void submit(Runnable task) {
        if (!thread.isShutdown()) {
            thread.execute(() -> guarded(task));
        }
    }

    private void guarded(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException | Error e) {
            // The top of the thread.
            LOG.error("bay {} met a bug", place.bay(), e);
        }
    }

    // On the thread of the bay.

    private void ask(long until, long askedAt) {
        try {
            BoardReport report = handle().info(PATIENCE);
            if (isStillAsked(until)) {
                reports.answered(place.bay(), identity(report));
            }
        } catch (FotaException e) {
            release();
            boolean isLast = e.reason() == Reason.NO_ANSWER || askedAt >= until || e.reason() == Reason.NOT_A_STUB;
            if (isLast && isStillAsked(until)) {
                reports.silent(place.bay(), known(), e.getMessage());
            }
        }
    }

    /** Whether the same question is still open; if it is, it is answered now. */
    private synchronized boolean isStillAsked(long until) {
        boolean isOpen = askingUntil.filter(asked -> asked == until).isPresent();
        if (isOpen) {
            askingUntil = Optional.empty();
        }
        return isOpen;
    }

    private void poll() {
        try {
            reports.answered(place.bay(), identity(handle().info(POLL)));
        } catch (FotaException e) {
            LOG.debug("bay {}: {}", place.bay(), e.getMessage());
            if (e.reason() != Reason.NO_ANSWER) {
                release();
            }
        }
    }

    private UnitIdentity identity(BoardReport report) {
        return new UnitIdentity(report.unit(), known().probe(), "");
    }

    private synchronized UnitIdentity known() {
        return new UnitIdentity("", probe, "");
    }

    private void update(LiveAttempt begun) {
        try {
            begun.carryOut(handle(), known().probe());
        } finally {
            over();
        }
        begun.tell();
    }

    private synchronized void over() {
        run = null;
    }

    private synchronized Bay handle() {
        if (bay == null) {
            bay = bays.bay(new BayConfig(Optional.of(place.port()), Optional.empty()));
            bay.observe((origin, event) -> seen(event));
        }
        return bay;
    }

    private void seen(BayEvent event) {
        reports.happened(place.bay(), event);
    }

    private void release() {
        Bay left = taken();
        if (left != null) {
            left.close();
        }
    }

    private synchronized Bay taken() {
        Bay left = bay;
        bay = null;
        return left;
    }

    /** Ends what runs, and gives the port back. */
    @Override
    public void close() {
        synchronized (this) {
            if (bay != null) {
                bay.interrupt();
            }
            submit(this::release);
            thread.shutdown();
        }
        try {
            if (!thread.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS)) {
                LOG.error("bay {} does not end", place.bay());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
