package dev.fotabridge.host.api;

/** An observer's place in a bay. Any thread may call. */
public interface Subscription extends AutoCloseable {
    /** Blocks until the observer has taken all that has happened so far. Not to be called by the observer. */
    void awaitDelivered();

    /** The observer gets nothing any more; what waits for it is dropped. */
    @Override
    void close();
}
