package dev.fotabridge.host.bays;

import dev.fotabridge.host.agent.Cloud;
import dev.fotabridge.host.agent.ThingJobQueue;
import dev.fotabridge.host.api.ExecutionKey;
import dev.fotabridge.host.api.FotaException;
import dev.fotabridge.host.api.JobEnd;
import dev.fotabridge.host.api.JobProgress;
import dev.fotabridge.host.api.JobQueue;
import dev.fotabridge.host.api.JobQueueEvent;
import dev.fotabridge.host.api.JobQueueListener;
import dev.fotabridge.host.api.JobQueues;
import dev.fotabridge.host.api.JobsEndpoint;
import dev.fotabridge.host.api.JobsTransport;
import dev.fotabridge.host.api.UpdateOptions;
import dev.fotabridge.host.bay.BayLoop;
import dev.fotabridge.host.download.RangeSource;
import dev.fotabridge.host.jobs.ReconnectPolicy;
import dev.fotabridge.host.jobs.shared.StationConnections;
import dev.fotabridge.host.store.ProcessLock;
import dev.fotabridge.host.thread.WatchedThreads;
import dev.fotabridge.protocol.time.Deadline;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The job queues of many things: one thread steps them all. Any thread may call. Tested by JobQueuesIT. */
final class SharedQueues implements JobQueues {
    private static final Logger LOG = LoggerFactory.getLogger(SharedQueues.class);
    private static final long CLOSE_SECONDS = 5;

    private final SharedBays bays;
    private final JobsEndpoint endpoint;
    private final JobQueueListener listener;
    private final BayLoop loop;
    private final RangeSource objects;
    private final StationConnections connections;
    private final Thread thread;
    private final Queue<Runnable> commands = new ConcurrentLinkedQueue<>();

    /** Of the thread. */
    private final List<Place> places = new ArrayList<>();

    /** Of those who call. */
    private final List<Place> joined = new ArrayList<>();

    private boolean closed;

    SharedQueues(SharedBays bays, JobsEndpoint endpoint, IntFunction<JobsTransport> mqtt, JobQueueListener listener)
            throws FotaException {
        this.bays = bays;
        this.endpoint = endpoint;
        this.listener = listener;
        loop = bays.parts().loop();
        objects = Cloud.objects(endpoint, bays.parts().objects());
        connections = new StationConnections(mqtt, SharedQueues::pauses);
        thread = WatchedThreads.start("job-queues", this::run, e -> LOG.error("the job queues met a bug", e));
    }

    private static ReconnectPolicy pauses() {
        return ReconnectPolicy.standard(new SecureRandom());
    }

    @Override
    public synchronized JobQueue join(String thing, List<JobEnd> untold) throws FotaException {
        if (closed) {
            throw new IllegalStateException("The job queues are closed.");
        }
        JobsTransport transport = connections.join(thing);
        try {
            ProcessLock lock = ProcessLock.ofThing(endpoint.address(), thing);
            Place place = new Place(new ThingJobQueue(thing, untold, program(), transport, pauses()), lock);
            joined.add(place);
            post(() -> places.add(place));
            return place;
        } catch (FotaException e) {
            transport.close();
            throw e;
        }
    }

    private ThingJobQueue.Program program() {
        return new ThingJobQueue.Program(
                bays.software(),
                bays.session(),
                loop,
                bays.state(),
                bays.parts().images(),
                objects,
                LoadedImage::of);
    }

    private void post(Runnable command) {
        commands.add(command);
        loop.wake();
    }

    private void run() {
        while (!loop.isInterrupted()) {
            loop.await(places.stream()
                    .mapToLong(place -> place.queue.deadline())
                    .min()
                    .orElse(Deadline.NEVER));
            for (Runnable command = commands.poll(); command != null; command = commands.poll()) {
                command.run();
            }
            List.copyOf(places).forEach(this::step);
        }
        // Whoever waits for a command is not left waiting.
        for (Runnable command = commands.poll(); command != null; command = commands.poll()) {
            command.run();
        }
    }

    /** A bug in what is done for one thing is not the others'. */
    private void step(Place place) {
        try {
            place.queue.step(loop.now());
            for (JobQueueEvent event = place.queue.poll();
                    event != null && places.contains(place);
                    event = place.queue.poll()) {
                listener.onEvent(place.thing(), event);
            }
        } catch (RuntimeException | Error e) {
            LOG.error("the job queue of {} met a bug", place.thing(), e);
        }
    }

    @Override
    public void close() {
        List<Place> all;
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
            all = List.copyOf(joined);
        }
        all.forEach(Place::close);
        loop.interrupt();
        try {
            thread.join(TimeUnit.SECONDS.toMillis(CLOSE_SECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        connections.close();
        objects.close();
        bays.left(this);
    }

    /** One thing's queue, as its application sees it. */
    private final class Place implements JobQueue {
        private final ThingJobQueue queue;
        private final ProcessLock lock;

        Place(ThingJobQueue queue, ProcessLock lock) {
            this.queue = queue;
            this.lock = lock;
        }

        @Override
        public String thing() {
            return queue.thing();
        }

        @Override
        public void fetch(ExecutionKey execution, UpdateOptions options) {
            post(() -> queue.fetch(execution, options));
        }

        @Override
        public void take(ExecutionKey execution, JobProgress progress) {
            post(() -> queue.take(execution, progress, loop.now()));
        }

        @Override
        public void report(ExecutionKey execution, JobProgress progress) {
            post(() -> queue.report(execution, progress, loop.now()));
        }

        @Override
        public void finish(JobEnd end) {
            post(() -> queue.finish(end, loop.now()));
        }

        @Override
        public void close() {
            synchronized (SharedQueues.this) {
                if (!joined.remove(this)) {
                    return;
                }
            }
            leave();
            queue.close();
            lock.close();
        }

        /** Once the thread has done this, it neither steps the queue nor tells of it. */
        private void leave() {
            if (Thread.currentThread() == thread) {
                places.remove(this);
                return;
            }
            CountDownLatch left = new CountDownLatch(1);
            post(() -> {
                places.remove(this);
                left.countDown();
            });
            try {
                if (thread.isAlive() && !left.await(CLOSE_SECONDS, TimeUnit.SECONDS)) {
                    LOG.warn("the listener of the job queues has not returned for {} s", CLOSE_SECONDS);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
