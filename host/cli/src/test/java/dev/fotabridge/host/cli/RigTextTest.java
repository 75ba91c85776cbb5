package dev.fotabridge.host.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.fotabridge.host.api.BoardReport;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class RigTextTest {
    private static ScannedBoard board(String serialNumber, String port, String unit, boolean modem) {
        BoardReport report = new BoardReport(
                "nrf9160dk_nrf9160_ns",
                unit,
                "0123456789abcdef",
                "1",
                1,
                new BoardReport.Running("1.0.0", "00", "CONFIRMED", false),
                new BoardReport.Slot(0, 0, 0, 0, 0, "MOVE", "BLANK"),
                modem
                        ? Optional.of(new BoardReport.Modem("", "", "mfw_nrf9160_1.3.6", "", 0, 0, false))
                        : Optional.empty());
        return new ScannedBoard(serialNumber, port, report);
    }

    private static String boards(ScannedBoard... boards) {
        String text = RigText.of(List.of(boards));
        return text.substring(text.indexOf("boards:"));
    }

    @Test
    void aBoardIsReachedByItsSerialNumberElseByItsPort() {
        assertEquals(
                """
                boards:
                - name: dk-960012345
                  serial-number: "960012345"
                  capabilities:
                  - modem
                - name: unit-7
                  port: /dev/ttyUSB3
                """, boards(board("960012345", "/dev/ttyACM0", "x", true), board("", "/dev/ttyUSB3", "unit-7", false)));
    }

    @Test
    void aNameIsPlainAndOfOneBoard() {
        assertEquals(
                """
                boards:
                - name: board
                  port: a
                - name: board-2
                  port: b
                - name: a-b-
                  port: "c: d"
                """,
                boards(board("", "a", "", false), board("", "b", "", false), board("", "c: d", "a b\u00e4", false)));
    }
}
