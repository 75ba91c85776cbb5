package dev.fotabridge.host.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * What the place that the text goes to can show.
 * Tested by EventsTest.
 *
 * @param terminal whether lines can be drawn over
 * @param colour whether colours are wanted
 */
record TextStyle(boolean terminal, boolean colour) {
    /** Of standard error; NO_COLOR and TERM=dumb are honoured. */
    static TextStyle ofStandardError(Map<String, String> environment) {
        boolean dumb = "dumb".equals(environment.get("TERM"));
        boolean terminal = !dumb && isTerminal(2);
        String noColour = environment.getOrDefault("NO_COLOR", "");
        return new TextStyle(terminal, terminal && noColour.isEmpty());
    }

    /** Whether standard input is a terminal, so that somebody may type an answer. */
    static boolean canAsk() {
        return isTerminal(0);
    }

    /** Java 17 only tells whether both input and output are one; Linux tells about each stream itself. */
    static boolean isTerminal(int descriptor) {
        try {
            Path target = Files.readSymbolicLink(Path.of("/proc/self/fd/" + descriptor));
            return target.startsWith("/dev/pts") || target.toString().startsWith("/dev/tty");
        } catch (IOException | UnsupportedOperationException e) {
            return System.console() != null;
        }
    }

    String bold(String text) {
        return paint("1", text);
    }

    String dim(String text) {
        return paint("2", text);
    }

    String green(String text) {
        return paint("32", text);
    }

    String red(String text) {
        return paint("31", text);
    }

    private String paint(String code, String text) {
        return colour ? "\u001B[" + code + "m" + text + "\u001B[0m" : text;
    }
}
