package dev.fotabridge.host.jobs;

/**
 * Joins an agent to a transport: keeps it connected, hands inputs in and performs effects. It has no thread and no clock:
 * one thread calls everything but the wake-up, which the transport's threads call when there is something to do.
 */
public final class JobsClient implements AutoCloseable {
    private final JobsAgent agent;

    /**
     * Does nothing until the first step.
     *
     * @param wakeUp called on any thread when {@link #step} has work; must return at once
     */
    public JobsClient(JobsAgent agent, JobsTransport transport, ReconnectPolicy policy, Runnable wakeUp) {
        this.agent = agent;
    }

    /** The agent, for its commands; call step afterwards. */
    public JobsAgent agent() {
        return agent;
    }

    /** Takes what has come in, runs what is due, performs effects. Does not block. */
    public void step(long now) {}

    /** When step is next useful, or {@link JobsAgent#NEVER}. */
    public long deadline() {
        return JobsAgent.NEVER;
    }

    /** The next event, or null. */
    public JobsEvent poll() {
        return null;
    }

    /** Closes the transport, within its bounded time. */
    @Override
    public void close() {}
}
