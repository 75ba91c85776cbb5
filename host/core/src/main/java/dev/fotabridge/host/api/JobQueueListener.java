package dev.fotabridge.host.api;

/** The application's callback for job queues. */
@FunctionalInterface
public interface JobQueueListener {
    /**
     * Takes an event. Called on one thread of the library, for all things; it takes note and returns at once, since every thing waits
     * for it.
     *
     * @param thing name of the thing
     * @param event what happened
     */
    void onEvent(String thing, JobQueueEvent event);
}
