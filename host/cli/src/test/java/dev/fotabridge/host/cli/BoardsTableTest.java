package dev.fotabridge.host.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.fotabridge.host.api.Reason;
import dev.fotabridge.host.api.RunEnd;
import dev.fotabridge.host.api.UpdateRecord;
import dev.fotabridge.host.api.WireTotals;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The table at the end of a command for several boards. */
final class BoardsTableTest {
    static BoardEnd end(String bay, String unit, Reason reason, String message, String from, String to) {
        return new BoardEnd(
                bay,
                unit,
                new UpdateRecord(
                        new RunEnd(reason, message),
                        Optional.empty(),
                        "",
                        "",
                        "",
                        from,
                        to,
                        "",
                        12.34,
                        Map.of(),
                        0,
                        WireTotals.NONE));
    }

    @Test
    void everyBoardHasARowAndEveryReasonItsRemedy() {
        List<BoardEnd> ends = List.of(
                end("/dev/ttyACM0", "dk-1", Reason.SUCCEEDED, "It runs.", "1.0.0", "2.0.0"),
                end("/dev/ttyACM3", "", Reason.NO_ANSWER, "Nothing answers.", "", "2.0.0"),
                end("/dev/ttyACM10", "", Reason.NO_ANSWER, "Nothing at all.", "", "2.0.0"),
                end("960012345", "dk-4", Reason.PORT_BUSY, "In use.", "", ""));
        assertEquals(
                List.of(
                        "board          unit  result     from -> to                seconds",
                        "/dev/ttyACM0   dk-1  SUCCEEDED  1.0.0 -> 2.0.0               12.3",
                        "/dev/ttyACM3   -     NO_ANSWER  unknown version -> 2.0.0     12.3",
                        "  Nothing answers.",
                        "/dev/ttyACM10  -     NO_ANSWER  unknown version -> 2.0.0     12.3",
                        "  Nothing at all.",
                        "960012345      dk-4  PORT_BUSY                               12.3",
                        "  In use.",
                        "Try (NO_ANSWER): " + Reason.NO_ANSWER.whatToTry(),
                        "Try (PORT_BUSY): " + Reason.PORT_BUSY.whatToTry()),
                BoardsTable.lines(ends, new TextStyle(false, false)));
    }

    /** A unit id is what the board says, and a message may quote it. */
    @Test
    void noRowMovesTheCursor() {
        List<BoardEnd> ends = List.of(end("a\u001B[A", "b\n", Reason.LINK_LOST, "c\u001B[2J", "1.0.0\r", "2.0.0"));
        assertEquals(
                List.of(
                        "board  unit  result     from -> to       seconds",
                        "a?[A   b?    LINK_LOST  1.0.0? -> 2.0.0     12.3",
                        "  c?[2J"),
                BoardsTable.lines(ends, new TextStyle(false, false)).subList(0, 3));
    }
}
