package dev.fotabridge.host.bays;

import dev.fotabridge.host.api.Bay;
import dev.fotabridge.host.api.BayConfig;
import dev.fotabridge.host.api.Bays;
import dev.fotabridge.host.api.FotaException;
import dev.fotabridge.host.api.JobQueueListener;
import dev.fotabridge.host.api.JobQueues;
import dev.fotabridge.host.api.JobsEndpoint;
import dev.fotabridge.host.api.JobsTransport;
import dev.fotabridge.host.api.PortReport;
import dev.fotabridge.host.api.UnfinishedUpdate;
import dev.fotabridge.host.bay.SharedParts;
import dev.fotabridge.host.store.StateDirectory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntFunction;

/** The bays of a process. Tested by BoardBayIT. */
public final class SharedBays implements Bays {
    private final StateDirectory state;
    private final String software;
    private final String session;
    private final SharedParts parts = new SharedParts();
    private final ObserverThreads observers = new ObserverThreads(parts.watchdog());
    private final AtomicLong runs = new AtomicLong();
    private final List<BoardBay> bays = new ArrayList<>();
    private final List<SharedQueues> queues = new ArrayList<>();
    private volatile boolean interrupted;
    private boolean closed;

    /** Opens nothing yet. */
    public SharedBays(Path stateDirectory, String software, String session) {
        this.state = new StateDirectory(stateDirectory);
        this.software = software;
        this.session = session;
    }

    @Override
    public synchronized Bay bay(BayConfig config) {
        if (closed) {
            throw new IllegalStateException("the bays are closed");
        }
        BoardBay bay = new BoardBay(config, this);
        bays.add(bay);
        return bay;
    }

    @Override
    public synchronized JobQueues queues(
            JobsEndpoint endpoint, IntFunction<JobsTransport> mqtt, JobQueueListener listener) throws FotaException {
        if (closed) {
            throw new IllegalStateException("the bays are closed");
        }
        SharedQueues made = new SharedQueues(this, endpoint, mqtt, listener);
        queues.add(made);
        return made;
    }

    @Override
    public List<PortReport> ports() {
        return parts.ports().stream().map(BoardReports::of).toList();
    }

    @Override
    public List<UnfinishedUpdate> unfinished() throws FotaException {
        return UnfinishedUpdates.in(state);
    }

    @Override
    public String session() {
        return session;
    }

    @Override
    public void interrupt() {
        interrupted = true;
        all().forEach(BoardBay::interrupt);
    }

    @Override
    public void close() {
        synchronized (this) {
            closed = true;
        }
        interrupt();
        all().forEach(BoardBay::close);
        allQueues().forEach(SharedQueues::close);
        observers.close();
        parts.close();
    }

    private synchronized List<BoardBay> all() {
        return List.copyOf(bays);
    }

    private synchronized List<SharedQueues> allQueues() {
        return List.copyOf(queues);
    }

    synchronized void left(SharedQueues ended) {
        queues.remove(ended);
    }

    synchronized void left(BoardBay bay) {
        bays.remove(bay);
    }

    boolean isInterrupted() {
        return interrupted;
    }

    String nextRun() {
        return session + "-" + runs.incrementAndGet();
    }

    StateDirectory state() {
        return state;
    }

    String software() {
        return software;
    }

    SharedParts parts() {
        return parts;
    }

    Executor observers() {
        return observers;
    }
}
