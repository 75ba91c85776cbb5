package dev.fotabridge.host.api;

/** Takes the events of a bay; see {@link Bay#observe}. */
@FunctionalInterface
public interface BayObserver {
    /**
     * Takes an event. The events of a bay come in order, one at a time, on a thread of the library. An observer may block:
     * its events wait in a queue of its own, and no board waits for it. Of {@link BayEvent.Transfer} events in a row that wait,
     * only the last one is kept. When 1024 events wait, the oldest progress and log lines are dropped first, and a {@link
     * BayEvent.Log} says how many are missing. An exception is logged, and the next event follows.
     *
     * @param origin where and when it happened
     * @param event what happened
     */
    void onEvent(EventOrigin origin, BayEvent event);
}
