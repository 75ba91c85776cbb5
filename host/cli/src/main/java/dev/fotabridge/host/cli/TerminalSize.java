package dev.fotabridge.host.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How many characters a terminal shows. Tested by LanesTest.
 *
 * @param columns characters in a line
 * @param rows lines on the screen
 */
record TerminalSize(int columns, int rows) {
    /** That of the VT100, which terminals without a size of their own are taken for. */
    static final TerminalSize STANDARD = new TerminalSize(80, 24);

    private static final Pattern ANSWER = Pattern.compile("(\\d{1,5}) (\\d{1,5})\\s*");

    /** Asks the terminal at standard error. Java has no way of its own. Blocks until stty has answered. */
    static TerminalSize ofStandardError() {
        try {
            Process stty = new ProcessBuilder("sh", "-c", "stty size <&2")
                    .redirectInput(ProcessBuilder.Redirect.INHERIT)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            byte[] answer = stty.getInputStream().readAllBytes();
            stty.waitFor();
            return parse(new String(answer, StandardCharsets.US_ASCII)).orElse(STANDARD);
        } catch (IOException e) {
            return STANDARD;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return STANDARD;
        }
    }

    /** Reads what stty answers: rows and columns. Empty if there is no size, which a terminal tells as 0 0. */
    static Optional<TerminalSize> parse(String answer) {
        Matcher size = ANSWER.matcher(answer);
        if (!size.matches()) {
            return Optional.empty();
        }
        int rows = Integer.parseInt(size.group(1));
        int columns = Integer.parseInt(size.group(2));
        return rows == 0 || columns == 0 ? Optional.empty() : Optional.of(new TerminalSize(columns, rows));
    }
}
