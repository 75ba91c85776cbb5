package dev.fotabridge.host.cli;

import dev.fotabridge.host.api.Bay;
import dev.fotabridge.host.api.UpdateRecord;
import java.io.PrintStream;
import java.util.List;

/**
 * Several boards as JSON lines on standard output, each with its bay; people still see why something failed.
 * Tested by BoardsPrinterTest.
 */
record BoardsJson(JsonEvents json, PrintStream err) implements BoardsPrinter {
    @Override
    public EventPrinter of(Bay bay) {
        return new JsonAndErrors(json.ofBay(bay.name(), bay::port), err, bay.name() + ": ");
    }

    @Override
    public void end(List<BoardEnd> ends, UpdateRecord all) {
        json.ofAllBays().result(all);
        if (!OverallEnd.isDone(all.reason())) {
            err.println(Sentences.notAllDone(all));
        }
    }
}
