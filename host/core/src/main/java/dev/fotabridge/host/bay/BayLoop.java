package dev.fotabridge.host.bay;

import dev.fotabridge.host.download.Waiting;

/** Port: the clock, the wake-up and the threads of one bay. Other threads post their inputs elsewhere and call wake. */
public interface BayLoop extends Waiting {
    /** Returns nanoseconds of one monotonic clock that starts near zero. */
    long now();

    /** Makes {@link #await} return; any thread. */
    void wake();

    /** Asks the owner to end; any thread. */
    void interrupt();

    /** Begins a new command: forgets an earlier request to end. */
    void resume();

    /** Returns whether the owner is asked to end. */
    boolean isInterrupted();

    /** Blocks until woken or until the deadline, 1 s at most. */
    void await(long deadline);

    /**
     * Runs work that may block beside the owner, and wakes the owner behind it.
     *
     * @param subject what the work is about: of all bays that share a process, what is about one subject runs one after the other
     */
    void start(String subject, Runnable work);
}
