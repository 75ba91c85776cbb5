package dev.fotabridge.host.cli;

import dev.fotabridge.host.bay.EventSink;
import dev.fotabridge.host.bay.UpdateResult;
import dev.fotabridge.host.outcome.Outcome;
import dev.fotabridge.host.update.UpdateEvent;
import java.io.PrintStream;

/** JSON on standard output; people still see why something failed. */
record JsonAndErrors(JsonEvents json, PrintStream err) implements EventSink {
    @Override
    public void board(String name) {
        json.board(name);
    }

    @Override
    public void event(UpdateEvent event) {
        json.event(event);
    }

    @Override
    public void result(UpdateResult result) {
        json.result(result);
        Outcome outcome = result.reason().outcome();
        if (outcome != Outcome.SUCCEEDED && outcome != Outcome.UP_TO_DATE) {
            err.println(Sentences.error(result.reason(), result.message()));
        }
    }
}
