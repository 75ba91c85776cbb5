package dev.fotabridge.host.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.fotabridge.host.api.BoardReport;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What {@code device info} prints. */
final class BoardTextTest {
    private static final BoardReport.Modem BLANK =
            new BoardReport.Modem("", "OK", "mfw_nrf9160_1.3.5", "uuid-1", 300_000, 0, false);

    private static BoardReport board(String unit, String slotState, Optional<BoardReport.Modem> modem) {
        return new BoardReport(
                "nrf9160dk_nrf9160_ns",
                unit,
                "0011223344556677",
                "1.0",
                1,
                new BoardReport.Running("", "ab".repeat(32), "ON_TRIAL", false),
                new BoardReport.Slot(0x80000, 0x70000, 4096, 0, 450_560, "MOVE", slotState),
                modem);
    }

    private static void assertHas(String line, BoardReport board) {
        List<String> lines = BoardText.lines(board);
        assertTrue(lines.contains(line), () -> line + "\n" + lines);
    }

    @Test
    void whatIsNotToldIsSaidToBeSo() {
        BoardReport board = board("", "BLANK", Optional.empty());
        assertHas("unit:          not told", board);
        assertHas("runs:          version not told, on trial", board);
        assertHas("confirms:      the host", board);
        assertTrue(BoardText.lines(board).stream().noneMatch(line -> line.startsWith("modem")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "BLANK | nothing pending",
                "PENDING_TEST | an image pending as a test (swaps in at the next restart, reverts unless confirmed)",
                "PENDING_PERMANENT | an image pending for good (swaps in at the next restart)",
                "DIRTY | nothing pending, its trailer holds the rest of an earlier swap",
                "SOME_OTHER | some other"
            })
    void theSlotsStateIsWhatMcubootWouldDo(String state, String words) {
        assertHas(
                "slot 1:        0x80000, 458752 bytes, pages of 4096, swap by move, " + words,
                board("u", state, Optional.empty()));
    }

    @Test
    void aModemTellsItsAreaOrWhyNot() {
        assertHas("modem area:    300000 bytes, blank", board("u", "BLANK", Optional.of(BLANK)));
        assertHas("modem result:  OK", board("u", "BLANK", Optional.of(BLANK)));
        BoardReport.Modem part = new BoardReport.Modem("", "", "m", "uuid-1", 300_000, 2_045, false);
        assertHas("modem area:    300000 bytes, holds 2045 bytes of a delta", board("u", "BLANK", Optional.of(part)));
        BoardReport.Modem dirty = new BoardReport.Modem("", "", "", "uuid-1", 300_000, 2_045, true);
        assertHas("modem:         version not told, uuid-1", board("u", "BLANK", Optional.of(dirty)));
        assertHas(
                "modem area:    300000 bytes, must be erased before it takes a delta",
                board("u", "BLANK", Optional.of(dirty)));
        BoardReport.Modem mute = new BoardReport.Modem("ESHUTDOWN", "", "", "", 0, 0, false);
        assertHas("modem:         cannot be asked: ESHUTDOWN", board("u", "BLANK", Optional.of(mute)));
    }

    @Test
    void inJsonWhatIsNotToldIsNull() throws Exception {
        JsonNode none = json(board("", "BLANK", Optional.empty()));
        assertTrue(none.get("unit").isNull()
                && none.get("appVersion").isNull()
                && none.get("modem").isNull());
        JsonNode modem = json(board("u", "DIRTY", Optional.of(BLANK)));
        assertEquals("u", modem.get("unit").asText());
        assertEquals("DIRTY", modem.at("/slot/state").asText());
        assertTrue(modem.at("/modem/error").isNull());
        assertEquals(300_000, modem.at("/modem/areaSize").asInt());
    }

    private static JsonNode json(BoardReport board) throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        PrintStream stream = new PrintStream(bytes, true, StandardCharsets.UTF_8);
        new JsonEvents(stream, "s1", Clock.systemUTC()).line("BOARD", g -> BoardText.write(g, board));
        return new ObjectMapper().readTree(bytes.toString(StandardCharsets.UTF_8));
    }
}
