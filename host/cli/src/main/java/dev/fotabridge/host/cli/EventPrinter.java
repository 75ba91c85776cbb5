package dev.fotabridge.host.cli;

import dev.fotabridge.host.api.BayEvent;
import dev.fotabridge.host.api.BayObserver;
import dev.fotabridge.host.api.EventOrigin;
import dev.fotabridge.host.api.UpdateRecord;

/** Tells people or programs what happens at a bay. One thread at a time. */
interface EventPrinter extends BayObserver {
    /** Which board it is that the next lines are about. */
    void board(String name);

    /** Something happened. */
    void event(BayEvent event);

    /** An update is over, or a command; with {@code agent} others may follow. */
    void result(UpdateRecord result);

    @Override
    default void onEvent(EventOrigin origin, BayEvent event) {
        if (!origin.board().isEmpty()) {
            board(origin.board());
        }
        event.finalRecord().ifPresentOrElse(this::result, () -> event(event));
    }
}
