package dev.fotabridge.host.cli;

import dev.fotabridge.host.api.Bay;
import dev.fotabridge.host.api.UpdateRecord;
import java.io.PrintStream;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * Several boards as lines for people, each with the board's name in front, and a table at the end. Tested by BoardsPrinterTest.
 *
 * @param quiet whether only errors are printed
 */
record BoardsText(PrintStream err, TextStyle style, LongSupplier nanos, boolean quiet) implements BoardsPrinter {
    @Override
    public EventPrinter of(Bay bay) {
        TextStyle lines = new TextStyle(false, style.colour());
        TextEvents events = new TextEvents(err, lines, nanos, bay.name() + ": ");
        return quiet ? new ErrorsOnly(events) : events;
    }

    @Override
    public void end(List<BoardEnd> ends, UpdateRecord all) {
        if (!quiet) {
            BoardsTable.lines(ends, style).forEach(err::println);
        }
        boolean done = OverallEnd.isDone(all.reason());
        if (!done || !quiet) {
            err.println(done ? style.green(Sentences.allDone(all)) : style.red(Sentences.notAllDone(all)));
        }
    }
}
