package dev.fotabridge.host.cli;

import dev.fotabridge.host.bay.EventSink;
import dev.fotabridge.host.bay.UpdateResult;
import dev.fotabridge.host.outcome.Outcome;
import dev.fotabridge.host.update.UpdateEvent;

/** For {@code --quiet}: only a result that is an error is passed on. */
record ErrorsOnly(EventSink next) implements EventSink {
    @Override
    public void board(String name) {
        next.board(name);
    }

    @Override
    public void event(UpdateEvent event) {
        // Nothing for people to see.
    }

    @Override
    public void result(UpdateResult result) {
        Outcome outcome = result.reason().outcome();
        if (outcome != Outcome.SUCCEEDED && outcome != Outcome.UP_TO_DATE) {
            next.result(result);
        }
    }
}
