package dev.fotabridge.host.cli;

import dev.fotabridge.host.api.BayEvent;
import dev.fotabridge.host.api.Outcome;
import dev.fotabridge.host.api.UpdateRecord;

/** For {@code --quiet}: only a result that is an error is passed on. Tested by EventsTest. */
record ErrorsOnly(EventPrinter next) implements EventPrinter {
    @Override
    public void board(String name) {
        next.board(name);
    }

    @Override
    public void event(BayEvent event) {
        // Nothing for people to see.
    }

    @Override
    public void result(UpdateRecord result) {
        Outcome outcome = result.reason().outcome();
        if (outcome != Outcome.SUCCEEDED && outcome != Outcome.UP_TO_DATE) {
            next.result(result);
        }
    }
}
