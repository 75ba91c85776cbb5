package dev.fotabridge.host.bay;

import dev.fotabridge.host.update.UpdateEvent;

/** Takes what a bay has to tell. Called by the bay's thread only; must not block for long. */
public interface EventSink {
    /** Which board it is, as soon as that is known: its unit id, or else its port. */
    void board(String name);

    /** A job has come and is worked on. */
    default void job(String id) {}

    /** Something happened. */
    void event(UpdateEvent event);

    /** An update is over; with {@code agent} others may follow. */
    void result(UpdateResult result);
}
