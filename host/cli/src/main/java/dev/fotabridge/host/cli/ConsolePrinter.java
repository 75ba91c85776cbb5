package dev.fotabridge.host.cli;

import dev.fotabridge.host.api.BayEvent;
import dev.fotabridge.host.api.UpdateRecord;

/** Prints the board's console as data, each line as soon as it is there. Tested by EventsTest. */
record ConsolePrinter(Streams streams) implements EventPrinter {
    @Override
    public void board(String name) {
        // The lines are the board's own.
    }

    @Override
    public void event(BayEvent event) {
        if (event instanceof BayEvent.Log log) {
            streams.data(log.line());
            streams.out().flush();
        }
    }

    @Override
    public void result(UpdateRecord result) {
        // The command itself says how it ended.
    }
}
