package dev.fotabridge.host.update;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fotabridge.host.link.BoardIdentity;
import dev.fotabridge.host.update.UpdateJournal.Stage;
import dev.fotabridge.protocol.board.BoardInfo;
import dev.fotabridge.protocol.board.ModemInfo;
import dev.fotabridge.protocol.modem.ModemResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every row of the modem's decision table in docs/DESIGN.md, read from there and held against {@link ModemDecision}. */
final class ModemDecisionTest {
    private static final int ROWS = 13;

    /** A row as the document has it. */
    record Row(String journal, String bootId, String result, String runs, String area, ModemDecision decision) {}

    @ParameterizedTest
    @MethodSource("rows")
    void isWhatTheDocumentSays(Row row) {
        for (Optional<UpdateJournal> journal : journals(row.journal())) {
            for (String bootId : bootIds(row.bootId())) {
                for (ModemResult result : results(row.result())) {
                    for (String runs : each(row.runs(), "as before", "another", "unknown")) {
                        for (String area : each(row.area(), "dirty", "the delta")) {
                            BoardInfo board = board(runs, area, result, bootId);
                            assertEquals(
                                    row.decision(),
                                    ModemDecision.of(
                                            journal, board, board.modem().orElseThrow(), true),
                                    () -> row + " with " + journal + ", " + board);
                        }
                    }
                }
            }
        }
    }

    @Test
    void theDocumentHasTheWholeTable() throws IOException {
        assertEquals(ROWS, rows().size());
        for (ModemDecision decision : ModemDecision.values()) {
            assertTrue(rows().stream().anyMatch(r -> r.decision() == decision), decision::name);
        }
    }

    @Test
    void whatMayBeAnotherBoardsModemIsNotJudged() {
        BoardInfo board = board("another", "dirty", ModemResult.OK, Boards.BOOT_2);
        ModemInfo modem = board.modem().orElseThrow();

        assertEquals(ModemDecision.NOT_VERIFIED, ModemDecision.of(journal(Stage.MARKED), board, modem, false));
        assertEquals(ModemDecision.SEND, ModemDecision.of(journal(Stage.SENDING), board, modem, false));
    }

    static List<Row> rows() throws IOException {
        Path document = Path.of(System.getProperty("fota.repository"), "docs", "DESIGN.md");
        List<Row> rows = new ArrayList<>();
        boolean inside = false;
        for (String line : Files.readAllLines(document)) {
            inside = inside ? line.startsWith("|") : line.startsWith("| modem: journal |");
            if (inside && !line.startsWith("| modem: journal |") && !line.startsWith("| ---")) {
                String[] cells =
                        Arrays.stream(line.split("\\|")).map(String::strip).toArray(String[]::new);
                rows.add(new Row(cells[1], cells[2], cells[3], cells[4], cells[5], ModemDecision.valueOf(cells[6])));
            }
        }
        return rows;
    }

    private static List<String> each(String cell, String... all) {
        return cell.equals("any") ? List.of(all) : List.of(cell.split(", "));
    }

    private static List<Optional<UpdateJournal>> journals(String cell) {
        return switch (cell) {
            case "none, SENDING" -> List.of(Optional.empty(), journal(Stage.SENDING));
            case "MARKING" -> List.of(journal(Stage.MARKING));
            case "MARKED" -> List.of(journal(Stage.MARKED));
            case "MARKING, MARKED" -> List.of(journal(Stage.MARKING), journal(Stage.MARKED));
            default -> throw new IllegalArgumentException(cell);
        };
    }

    private static List<String> bootIds(String cell) {
        return switch (cell) {
            case "any" -> List.of(Boards.BOOT_1, Boards.BOOT_2);
            case "same" -> List.of(Boards.BOOT_1);
            case "new" -> List.of(Boards.BOOT_2);
            default -> throw new IllegalArgumentException(cell);
        };
    }

    private static List<ModemResult> results(String cell) {
        return cell.equals("any")
                ? List.of(ModemResult.values())
                : Arrays.stream(cell.split(", ")).map(ModemResult::valueOf).toList();
    }

    private static BoardInfo board(String runs, String area, ModemResult result, String bootId) {
        if (runs.equals("unknown")) {
            return Modems.mute(-110, result, bootId);
        }
        String uuid = runs.equals("another") ? Modems.NEW_UUID : Modems.OLD_UUID;
        long offset = area.equals("dirty") ? ModemInfo.DIRTY : 452;
        return Boards.board(new ModemInfo(0, result.code(), Modems.AREA, offset, uuid, ""), bootId);
    }

    private static Optional<UpdateJournal> journal(Stage stage) {
        return Optional.of(new UpdateJournal(
                "job",
                Boards.NEW,
                Boards.NEW,
                stage,
                Boards.BOOT_1,
                1,
                0,
                "mfw_1",
                Modems.OLD_UUID,
                Optional.of(BoardIdentity.NONE)));
    }
}
