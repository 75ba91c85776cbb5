package dev.fotabridge.junit;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * The lines that a board prints. They are recorded from the moment at which the board is claimed, also while it is updated or
 * restarts. Any thread may call.
 */
public interface BoardConsole {
    /**
     * Waits for a line. Looks first at the lines that came since the last wait of this test, or since its beginning, which for the
     * first test on a board is the claim; then blocks until such a line comes. The next wait begins behind the line.
     *
     * @param expected the line, and what must not come before it
     * @param limit how long to wait at most; the time that is left to the test ends the wait, too
     * @return the line and what came before it
     * @throws BoardFailure if time is up, or at once if a line comes that must not come
     */
    ConsoleMatch await(ExpectedLine expected, Duration limit);

    /** {@return the lines since the test began, or since the board was claimed for it; at most the last 10 000} */
    List<String> lines();

    /** {@return path of the file with all lines and their times since the board was claimed; more are added to it} */
    Path log();
}
