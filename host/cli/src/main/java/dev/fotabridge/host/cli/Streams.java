package dev.fotabridge.host.cli;

import dev.fotabridge.host.api.Reason;
import dev.fotabridge.host.value.PlainText;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Where a command writes.
 * Tested by OutputTest.
 *
 * @param out data
 * @param err text for people
 * @param piped whether what {@code out} writes to is read by another program
 */
record Streams(PrintStream out, PrintStream err, boolean piped) {
    Streams(PrintStream out, PrintStream err) {
        this(out, err, false);
    }

    static Streams ofProcess() {
        return new Streams(System.out, System.err, isPipe());
    }

    /** Prints one line of data for people; whoever's words are in it, it stays one line and moves no cursor. */
    void data(String line) {
        out.println(PlainText.line(line));
    }

    /** Prints one line beside the data, in the same way. */
    void note(String line) {
        err.println(PlainText.line(line));
    }

    /**
     * Turns a command's exit code into that of a failure when it printed data that did not reach standard output, as on a full
     * disk. A reader that has gone, as {@code head} does, is no failure for people; with JSON lines the RESULT would be lost.
     *
     * @param forPeople whether standard output gets text for people
     */
    int delivered(int code, boolean forPeople) {
        if (code != 0 || !out.checkError() || forPeople && piped) {
            return code;
        }
        err.println("Error: Standard output could not be written: what this command says is lost or cut."
                + System.lineSeparator()
                + "  Try: Make room where it goes, or keep its reader running until the end. (exit code "
                + Reason.STORAGE_UNWRITABLE.exitCode() + ")");
        return Reason.STORAGE_UNWRITABLE.exitCode();
    }

    /** A write to a pipe or a socket fails only if nobody reads any more. The error's text is in the system's language. */
    private static boolean isPipe() {
        try {
            String target = Files.readSymbolicLink(Path.of("/proc/self/fd/1")).toString();
            return target.startsWith("pipe:") || target.startsWith("socket:");
        } catch (IOException | UnsupportedOperationException e) {
            return false;
        }
    }
}
