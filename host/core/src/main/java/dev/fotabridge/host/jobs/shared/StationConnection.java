package dev.fotabridge.host.jobs.shared;

import dev.fotabridge.host.api.FotaException;
import dev.fotabridge.host.api.JobsTransport;
import dev.fotabridge.host.jobs.ReconnectPolicy;
import dev.fotabridge.host.thread.WatchedThreads;
import dev.fotabridge.protocol.time.Deadline;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.LongConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One MQTT connection that several things share. Each thing gets a {@link JobsTransport} of its own and uses it as if the
 * connection were its own; {@link SharedConnection} says what comes of that. Any thread may call; the connection's state
 * is one daemon thread's.
 */
public final class StationConnection implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(StationConnection.class);

    /** Messages that wait for the thread; more are dropped, and the agents' time-outs ask again. */
    private static final int MAX_WAITING = 4_096;

    private static final long CLOSE_SECONDS = 5;

    private final JobsTransport transport;
    private final SharedConnection shared;
    private final ScheduledThreadPoolExecutor thread;
    private final AtomicInteger waiting = new AtomicInteger();
    private final long startNanos = System.nanoTime();
    private Future<?> alarm;
    private long generation;

    /**
     * Connects to nothing before a thing wants it.
     *
     * @param transport of the real connection; closed when this is
     * @param policy of its pauses
     */
    public StationConnection(JobsTransport transport, ReconnectPolicy policy) {
        this.transport = transport;
        shared = new SharedConnection(policy);
        thread = WatchedThreads.executor("mqtt-shared", this::failed);
    }

    /** How many things one connection carries. */
    public static int capacity() {
        return SharedConnection.MAX_THINGS;
    }

    /** Whether a further thing may join. Blocks for the moment that the thread needs. */
    public boolean hasRoom() {
        return ask(shared::hasRoom);
    }

    boolean has(String thing) {
        return ask(() -> shared.has(thing));
    }

    private boolean ask(BooleanSupplier question) {
        boolean[] answer = new boolean[1];
        await(now -> answer[0] = question.getAsBoolean());
        return answer[0];
    }

    /**
     * Gives a thing a place, until its transport is closed. Blocks for the moment that the thread needs.
     *
     * @throws IllegalArgumentException if this is no thing's name
     * @throws IllegalStateException if the thing has a place, none is left, or this is closed
     */
    public JobsTransport join(String thing) {
        RuntimeException[] refusal = new RuntimeException[1];
        await(now -> {
            try {
                shared.add(thing);
            } catch (IllegalArgumentException | IllegalStateException e) {
                refusal[0] = e;
            }
        });
        if (refusal[0] != null) {
            throw refusal[0];
        }
        return new ThingTransport(thing);
    }

    /** Ends the connection within a bounded time; no listener is called afterwards. */
    @Override
    public void close() {
        thread.shutdownNow();
        try {
            thread.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        transport.close();
    }

    private void await(LongConsumer task) {
        try {
            thread.submit(() -> run(task)).get(CLOSE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted.", e);
        } catch (RejectedExecutionException | CancellationException e) {
            throw new IllegalStateException("The connection is closed.", e);
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException("The connection's thread is stuck.", e);
        }
    }

    private void post(LongConsumer task) {
        try {
            thread.execute(() -> run(task));
        } catch (RejectedExecutionException e) {
            // Closed meanwhile: there is nothing left to do it for.
            return;
        }
    }

    private void run(LongConsumer task) {
        try {
            task.accept(now());
            for (SharedEffect effect = shared.poll(); effect != null; effect = shared.poll()) {
                perform(effect);
            }
        } finally {
            // Also after a bug: the connection's own time limits must still run out.
            schedule();
        }
    }

    private void failed(Throwable cause) {
        LOG.error("the shared connection met a bug, {}", shared, cause);
    }

    private long now() {
        return System.nanoTime() - startNanos;
    }

    private void perform(SharedEffect effect) {
        if (effect instanceof SharedEffect.Tell tell) {
            tell.word().accept(tell.to());
        } else if (effect instanceof SharedEffect.Publish publish) {
            transport.publish(publish.topic(), publish.payload());
        } else if (effect instanceof SharedEffect.Subscribe subscribe) {
            transport.subscribe(subscribe.filters());
        } else if (effect instanceof SharedEffect.Unsubscribe unsubscribe) {
            transport.unsubscribe(unsubscribe.filters());
        } else if (effect instanceof SharedEffect.Connect) {
            generation++;
            transport.connect(new Inbox(generation));
        } else {
            generation++;
            transport.disconnect();
        }
    }

    private void schedule() {
        if (alarm != null) {
            alarm.cancel(false);
        }
        long deadline = shared.deadline();
        if (deadline != Deadline.NEVER) {
            long wait = Math.max(0, deadline - now());
            alarm = thread.schedule(() -> run(shared::tick), wait, TimeUnit.NANOSECONDS);
        }
    }

    /** One thing's view of the connection. */
    private final class ThingTransport implements JobsTransport {
        private final String thing;
        private volatile boolean closed;

        ThingTransport(String thing) {
            this.thing = thing;
        }

        @Override
        public void connect(Listener listener) {
            mine(now -> shared.join(thing, listener, now));
        }

        /** Subscribes to {@code JobsTopics.fewFilters}, which hold all that an agent asks for, and takes less room. */
        @Override
        public void subscribe(List<String> filters) {
            mine(now -> shared.subscribe(thing, now));
        }

        /** A thing's filters go when it does. */
        @Override
        public void unsubscribe(List<String> filters) {}

        @Override
        public void publish(String topic, byte[] payload) {
            byte[] kept = payload.clone();
            mine(now -> shared.publish(thing, topic, kept, now));
        }

        @Override
        public void disconnect() {
            mine(now -> shared.leave(thing, now));
        }

        /** Waits until the thread has taken the place away, so that it tells nothing afterwards. */
        @Override
        public void close() {
            if (!closed) {
                closed = true;
                try {
                    await(now -> shared.remove(thing, now));
                } catch (IllegalStateException e) {
                    // Closed with all its things, or it will be done later.
                    return;
                }
            }
        }

        private void mine(LongConsumer task) {
            if (!closed) {
                post(task);
            }
        }
    }

    /** Notes down what one connection tells; what comes late from an older one is dropped. */
    private final class Inbox implements JobsTransport.Listener {
        private final long mine;

        Inbox(long mine) {
            this.mine = mine;
        }

        private void note(LongConsumer input) {
            post(now -> {
                if (mine == generation) {
                    input.accept(now);
                }
            });
        }

        @Override
        public void connected() {
            note(shared::connected);
        }

        @Override
        public void subscribed() {
            note(shared::granted);
        }

        @Override
        public void refused(List<String> filters, FotaException cause) {
            note(now -> shared.refused(filters, now));
        }

        @Override
        public void message(String topic, byte[] payload) {
            if (waiting.incrementAndGet() > MAX_WAITING) {
                waiting.decrementAndGet();
                return;
            }
            post(now -> {
                waiting.decrementAndGet();
                if (mine == generation && !shared.message(topic, payload, now)) {
                    LOG.debug("a message for nobody here: {}", topic);
                }
            });
        }

        @Override
        public void disconnected(FotaException cause) {
            note(now -> {
                generation++;
                transport.disconnect();
                shared.disconnected(cause, now);
            });
        }
    }
}
