package dev.fotabridge.host.bays;

import dev.fotabridge.host.api.BayEvent;
import dev.fotabridge.host.api.BayObserver;
import dev.fotabridge.host.api.EventOrigin;
import dev.fotabridge.host.api.Subscription;
import dev.fotabridge.host.bay.BayLoop;
import dev.fotabridge.host.bay.EventSink;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;

/**
 * Says where each of a bay's events comes from, and puts it into the queue of each observer. The thread of the command calls.
 * Tested by BoardBayIT.
 */
final class BayEvents implements EventSink {
    private final String bay;
    private final BayLoop loop;
    private final Executor threads;
    private final List<ObserverQueue> observers = new CopyOnWriteArrayList<>();
    private String run = "";
    private String board = "";
    private String job = "";

    BayEvents(String bay, BayLoop loop, Executor threads) {
        this.bay = bay;
        this.loop = loop;
        this.threads = threads;
    }

    Subscription add(BayObserver observer) {
        ObserverQueue queue = new ObserverQueue(observer, threads, observers::remove);
        observers.add(queue);
        return queue;
    }

    /** A command begins. */
    void begin(String newRun) {
        run = newRun;
        job = "";
    }

    @Override
    public void event(BayEvent event) {
        if (event instanceof BayEvent.BoardSeen seen) {
            if (seen.name().equals(board)) {
                return;
            }
            board = seen.name();
        } else if (event instanceof BayEvent.JobTaken taken) {
            job = taken.jobId();
        }
        EventOrigin origin = new EventOrigin(bay, board, run, job, Instant.now(), loop.now());
        observers.forEach(observer -> observer.offer(origin, event));
        if (event.finalRecord().isPresent()) {
            job = "";
        }
    }
}
