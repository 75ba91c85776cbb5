package dev.fotabridge.host.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.fotabridge.host.api.Reason;
import dev.fotabridge.host.api.RunEnd;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** One exit code for several boards. */
final class OverallEndTest {
    @ParameterizedTest
    @CsvSource({
        "SUCCEEDED, SUCCEEDED, 0, The one board is done.",
        "SUCCEEDED SUCCEEDED, SUCCEEDED, 0, All 2 boards are done.",
        "UP_TO_DATE SUCCEEDED, SUCCEEDED, 0, All 2 boards are done.",
        "UP_TO_DATE UP_TO_DATE, UP_TO_DATE, 0, All 2 boards are done.",
        "NO_ANSWER NO_ANSWER, NO_ANSWER, 6, None of 2 boards is done.",
        "LINK_LOST NO_ANSWER, LINK_LOST, 6, None of 2 boards is done.",
        "LINK_LOST PORT_BUSY, PARTIAL, 20, None of 2 boards is done.",
        "SUCCEEDED LINK_LOST, PARTIAL, 20, 1 of 2 boards is done.",
        "UP_TO_DATE LINK_LOST SUCCEEDED, PARTIAL, 20, 2 of 3 boards are done.",
        "INTERRUPTED INTERRUPTED, INTERRUPTED, 130, None of 2 boards is done.",
        "SUCCEEDED INTERRUPTED, INTERRUPTED, 130, 1 of 2 boards is done.",
        "LINK_LOST INTERRUPTED, INTERRUPTED, 130, None of 2 boards is done.",
        "BOARD_TYPE, BOARD_TYPE, 8, The one board is not done."
    })
    void allAlikeHaveTheirCodeAllElseHasTwenty(String reasons, Reason expected, int exitCode, String sentence) {
        RunEnd end =
                OverallEnd.of(Stream.of(reasons.split(" ")).map(Reason::valueOf).toList());
        assertEquals(expected, end.reason());
        assertEquals(exitCode, end.reason().exitCode());
        assertEquals(sentence, end.message());
    }
}
