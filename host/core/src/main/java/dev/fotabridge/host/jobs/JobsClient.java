package dev.fotabridge.host.jobs;

import dev.fotabridge.host.api.FotaException;
import dev.fotabridge.host.api.JobsTransport;
import dev.fotabridge.host.api.Reason;
import dev.fotabridge.host.jobs.JobsEvent.Connected;
import dev.fotabridge.host.jobs.JobsEvent.ConnectionLost;
import dev.fotabridge.protocol.time.Deadline;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * Joins an agent to a transport: keeps it connected, hands inputs in and performs effects. It has no thread and no clock:
 * one thread calls everything but the wake-up, which the transport's threads call when there is something to do.
 */
public final class JobsClient implements AutoCloseable {
    /** Messages waiting for a step; more are dropped, and the agent's time-outs ask again. */
    private static final int MAX_WAITING = 1_024;

    /** A transport that tells nothing for so long is given up and connected anew. */
    private static final long CONNECT_WATCHDOG_NANOS = 90_000_000_000L;

    /** A connection that held for so long starts the pauses anew; two hosts that evict each other get slower instead. */
    private static final long HELD_NANOS = 60_000_000_000L;

    private enum State {
        IDLE,
        CONNECTING,
        SUBSCRIBING,
        UP
    }

    private final JobsAgent agent;
    private final JobsTransport transport;
    private final ReconnectPolicy policy;
    private final Runnable wakeUp;
    private final BlockingQueue<Runnable> inputs = new LinkedBlockingQueue<>();
    private final Queue<JobsEvent> events = new ArrayDeque<>();

    private State state = State.IDLE;
    private long connection;
    private long dueAt = Long.MIN_VALUE;
    private long upSince;
    private long now;

    /**
     * Does nothing until the first step.
     *
     * @param wakeUp called on any thread when {@link #step} has work; must return at once
     */
    public JobsClient(JobsAgent agent, JobsTransport transport, ReconnectPolicy policy, Runnable wakeUp) {
        this.agent = agent;
        this.transport = transport;
        this.policy = policy;
        this.wakeUp = wakeUp;
    }

    /** The agent, for its commands; call step afterwards. */
    public JobsAgent agent() {
        return agent;
    }

    /** Takes what has come in, runs what is due, performs effects. Does not block. */
    public void step(long newNow) {
        now = newNow;
        for (Runnable input = inputs.poll(); input != null; input = inputs.poll()) {
            input.run();
        }
        if (state == State.IDLE && now >= dueAt) {
            connect();
        } else if (isWatched() && now >= dueAt) {
            lost(new FotaException(Reason.CLOUD_UNREACHABLE, "The cloud connection made no progress for 90 s."));
        }
        agent.tick(now);
        performEffects();
        for (JobsEvent event = agent.poll(); event != null; event = agent.poll()) {
            events.add(event);
        }
    }

    private boolean isWatched() {
        return state == State.CONNECTING || state == State.SUBSCRIBING;
    }

    private void connect() {
        connection++;
        enter(State.CONNECTING, now + CONNECT_WATCHDOG_NANOS);
        transport.connect(new Inbox(connection));
    }

    private void enter(State next, long due) {
        state = next;
        dueAt = due;
    }

    private void performEffects() {
        for (JobsEffect effect = agent.pollEffect(); effect != null; effect = agent.pollEffect()) {
            if (effect instanceof JobsEffect.Publish publish) {
                transport.publish(publish.topic(), publish.payload());
            } else if (effect instanceof JobsEffect.Subscribe subscribe) {
                transport.subscribe(subscribe.filters());
            } else if (effect instanceof JobsEffect.Reconnect reconnect) {
                lost(reconnect.cause());
            }
        }
    }

    private void lost(FotaException cause) {
        connection++;
        if (state == State.UP && now - upSince >= HELD_NANOS) {
            policy.succeeded();
        }
        transport.disconnect();
        agent.disconnected();
        long pause = policy.nextPause();
        enter(State.IDLE, now + pause);
        events.add(new ConnectionLost(cause, pause));
    }

    /** When step is next useful, or {@link Deadline#NEVER}. */
    public long deadline() {
        return state == State.UP ? agent.deadline() : Math.min(dueAt, agent.deadline());
    }

    /** The next event, or null. */
    public JobsEvent poll() {
        return events.poll();
    }

    /** Closes the transport, within its bounded time. */
    @Override
    public void close() {
        connection++;
        transport.close();
    }

    /** Notes down what one connection tells; what comes late from an older connection is dropped. */
    private final class Inbox implements JobsTransport.Listener {
        private final long generation;

        Inbox(long generation) {
            this.generation = generation;
        }

        @Override
        public void connected() {
            post(() -> {
                enter(State.SUBSCRIBING, now + CONNECT_WATCHDOG_NANOS);
                agent.connected(now);
            });
        }

        @Override
        public void subscribed() {
            post(() -> {
                enter(State.UP, Deadline.NEVER);
                upSince = now;
                events.add(new Connected());
                agent.subscribed(now);
            });
        }

        /** One thing with half of its subscriptions is of no use: a new connection asks for all of them again. */
        @Override
        public void refused(List<String> filters, FotaException cause) {
            disconnected(cause);
        }

        @Override
        public void message(String topic, byte[] payload) {
            if (inputs.size() < MAX_WAITING) {
                post(() -> agent.message(topic, payload, now));
            }
        }

        @Override
        public void disconnected(FotaException cause) {
            post(() -> lost(cause));
        }

        private void post(Runnable input) {
            inputs.add(() -> {
                if (generation == connection) {
                    input.run();
                }
            });
            wakeUp.run();
        }
    }
}
