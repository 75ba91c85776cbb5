package dev.fotabridge.host.jobs;

import dev.fotabridge.host.outcome.FotaException;

/**
 * The device's half of AWS IoT Jobs for one thing, as a pure state machine: what happened on the connection, time and
 * commands in; effects, events and a deadline out. Times are nanoseconds of one monotonic clock. Not thread-safe.
 *
 * <p>At most one update is outstanding. A report made meanwhile waits behind it, and a newer one takes its place. The
 * final state of an execution is in the outbox before anything is sent, and stays there until AWS has an end for it.
 */
public final class JobsAgent {
    /** What {@link #deadline} says when nothing is due. */
    public static final long NEVER = Long.MAX_VALUE;

    /** Starts without a connection; what the outbox holds is sent on the first one. */
    public JobsAgent(JobsAgentConfig config, Outbox outbox) {
        throw new UnsupportedOperationException(config + " " + outbox.waiting());
    }

    /** A clean session is up. */
    public void connected(long now) {}

    /** The filters of the last Subscribe are granted. */
    public void subscribed(long now) {}

    /** The connection is gone. */
    public void disconnected() {}

    /**
     * A message came in.
     *
     * @return whether it was one of this thing's jobs; if not, it is somebody else's
     */
    public boolean message(String topic, byte[] payload, long now) {
        return false;
    }

    /** Runs what is due; early calls do nothing. */
    public void tick(long now) {}

    /** When tick is next useful, or NEVER. May change after every call. */
    public long deadline() {
        return NEVER;
    }

    /** The next effect, in order, or null. */
    public JobsEffect pollEffect() {
        return null;
    }

    /** The next event, in order, or null. */
    public JobsEvent poll() {
        return null;
    }

    /**
     * Reports progress of the offered execution as IN_PROGRESS; the first report takes the job. Replaces a report that
     * has not been sent yet. Does nothing when the execution is gone or finished.
     */
    public void report(StatusDetails details, long now) {}

    /**
     * Ends the offered execution.
     *
     * @param status SUCCEEDED, FAILED or REJECTED
     * @throws FotaException when the outbox cannot be written; then nothing was sent
     */
    public void finish(JobStatus status, StatusDetails details, long now) throws FotaException {}

    /** Asks for the current execution's document again, for a fresh presigned URL; DocumentRefreshed or JobGone follows. */
    public void refreshDocument(long now) {}
}
