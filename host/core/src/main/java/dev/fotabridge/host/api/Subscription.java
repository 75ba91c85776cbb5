package dev.fotabridge.host.api;

/** An observer's place in a bay. Any thread may call. */
public interface Subscription extends AutoCloseable {
    /**
     * Blocks until the observer has taken all events so far. Returns early, with the thread's interrupt flag set, if the thread
     * is interrupted. Not to be called by the observer, which would wait for itself.
     */
    void awaitDelivered();

    /**
     * Removes the observer; returns at once. Events that wait are dropped. A call of the observer that has begun may still be
     * running. Closing again does nothing.
     */
    @Override
    void close();
}
