package dev.fotabridge.host.api;

/** Takes what happens at a bay. */
@FunctionalInterface
public interface BayObserver {
    /**
     * Takes an event. The events of a bay come in order, one at a time, on a thread of the library's. An observer may take
     * its time: its events wait in a queue of its own, and no board waits for it. A queue that is full drops the oldest
     * progress and log lines first, and says how many are missing.
     */
    void onEvent(EventOrigin origin, BayEvent event);
}
