package dev.fotabridge.host.cli;

import dev.fotabridge.host.outcome.PlainText;
import java.io.PrintStream;

/**
 * Where a command writes.
 *
 * @param out data
 * @param err text for people
 */
record Streams(PrintStream out, PrintStream err) {
    /** Prints one line of data for people; whoever's words are in it, it stays one line and moves no cursor. */
    void data(String line) {
        out.println(PlainText.line(line));
    }

    /** Prints one line beside the data, in the same way. */
    void note(String line) {
        err.println(PlainText.line(line));
    }
}
