package dev.fotabridge.host.bays;

import dev.fotabridge.host.api.BayEvent;
import dev.fotabridge.host.api.BayObserver;
import dev.fotabridge.host.api.EventOrigin;
import dev.fotabridge.host.api.Subscription;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What waits for one observer. A thread is taken only while something does. Of several transfers in a row the last one counts; when
 * the queue is full the oldest lines and transfers go first, and the observer is told how many are missing.
 */
final class ObserverQueue implements Subscription {
    static final int CAPACITY = 1_024;

    private static final Logger LOG = LoggerFactory.getLogger(ObserverQueue.class);

    private record Waiting(EventOrigin origin, BayEvent event) {}

    private final BayObserver observer;
    private final Executor threads;
    private final Consumer<ObserverQueue> leave;
    private final Deque<Waiting> queue = new ArrayDeque<>();
    private boolean delivering;
    private boolean closed;
    private int missing;

    /** @param leave called when this is closed */
    ObserverQueue(BayObserver observer, Executor threads, Consumer<ObserverQueue> leave) {
        this.observer = observer;
        this.threads = threads;
        this.leave = leave;
    }

    /** Returns at once. */
    synchronized void offer(EventOrigin origin, BayEvent event) {
        if (closed) {
            return;
        }
        if (event instanceof BayEvent.Transfer
                && !queue.isEmpty()
                && queue.getLast().event() instanceof BayEvent.Transfer) {
            queue.removeLast();
        }
        if (queue.size() == CAPACITY) {
            makeRoom();
        }
        queue.add(new Waiting(origin, event));
        if (!delivering) {
            delivering = true;
            begin();
        }
    }

    private void begin() {
        try {
            threads.execute(this::deliver);
        } catch (RejectedExecutionException e) {
            // The process gives up its bays.
            closed = true;
            queue.clear();
            delivering = false;
        }
    }

    private void makeRoom() {
        missing++;
        for (Iterator<Waiting> oldest = queue.iterator(); oldest.hasNext(); ) {
            BayEvent event = oldest.next().event();
            if (event instanceof BayEvent.Log || event instanceof BayEvent.Transfer) {
                oldest.remove();
                return;
            }
        }
        queue.removeFirst();
    }

    private void deliver() {
        for (Waiting next = next(); next != null; next = next()) {
            try {
                observer.onEvent(next.origin(), next.event());
            } catch (RuntimeException | Error e) {
                // An observer's bug must not end an update, nor keep the next event from it.
                LOG.error("an observer failed at {}", next.event().getClass().getSimpleName(), e);
            }
        }
    }

    private synchronized Waiting next() {
        if (missing > 0 && !queue.isEmpty()) {
            String line = missing + " events are missing here: they came faster than they were taken.";
            missing = 0;
            return new Waiting(queue.getFirst().origin(), new BayEvent.Log(line));
        }
        Waiting next = queue.poll();
        if (next == null) {
            delivering = false;
            notifyAll();
        }
        return next;
    }

    @Override
    public synchronized void awaitDelivered() {
        try {
            while (delivering) {
                wait();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        synchronized (this) {
            closed = true;
            queue.clear();
        }
        leave.accept(this);
    }
}
