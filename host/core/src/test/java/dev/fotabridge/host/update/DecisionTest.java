package dev.fotabridge.host.update;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fotabridge.host.api.CompleteOn;
import dev.fotabridge.host.update.UpdateJournal.Stage;
import dev.fotabridge.host.value.Sha256;
import dev.fotabridge.protocol.board.BoardInfo;
import dev.fotabridge.protocol.board.RunningState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every row of the decision table in docs/DESIGN.md, read from there and held against {@link Decision}. */
final class DecisionTest {
    private static final int ROWS = 16;

    /** A row as the document has it. */
    record Row(
            String journal,
            String runs,
            String state,
            String bootId,
            String proven,
            String completeOn,
            Decision decision) {}

    @ParameterizedTest
    @MethodSource("rows")
    void isWhatTheDocumentSays(Row row) {
        for (RunningState state : states(row.state())) {
            for (CompleteOn completeOn : completions(row.completeOn())) {
                for (Optional<UpdateJournal> journal : journals(row.journal())) {
                    for (String bootId : bootIds(row.bootId())) {
                        for (boolean proven : proofs(row.proven())) {
                            BoardInfo board = board(row.runs(), state, bootId);
                            boolean watched = row.journal().contains("watched");
                            assertEquals(
                                    row.decision(),
                                    Decision.of(plan(completeOn), journal, board, watched, proven),
                                    () -> row + " with " + state + ", " + completeOn + ", " + journal + ", " + board);
                        }
                    }
                }
            }
        }
    }

    @Test
    void theDocumentHasTheWholeTable() throws IOException {
        assertEquals(ROWS, rows().size());
        for (Decision decision : Decision.values()) {
            assertTrue(rows().stream().anyMatch(r -> r.decision() == decision), decision::name);
        }
    }

    static List<Row> rows() throws IOException {
        Path document = Path.of(System.getProperty("fota.repository"), "docs", "DESIGN.md");
        List<Row> rows = new ArrayList<>();
        boolean inside = false;
        for (String line : Files.readAllLines(document)) {
            inside = inside ? line.startsWith("|") : line.startsWith("| journal |");
            if (inside && !line.startsWith("| journal |") && !line.startsWith("| ---")) {
                String[] cells = line.split("\\|");
                rows.add(new Row(
                        cells[1].strip(),
                        cells[2].strip(),
                        cells[3].strip(),
                        cells[4].strip(),
                        cells[5].strip(),
                        cells[6].strip(),
                        Decision.valueOf(cells[7].strip())));
            }
        }
        return rows;
    }

    private static BoardInfo board(String runs, RunningState state, String bootId) {
        Sha256 image = runs.equals("new image") ? Boards.NEW : Boards.OLD;
        BoardInfo board = Boards.board(image, state, bootId);
        return runs.endsWith("pending") ? Boards.pending(board) : board;
    }

    private static List<Boolean> proofs(String cell) {
        return cell.equals("any") ? List.of(true, false) : List.of(cell.equals("yes"));
    }

    private static List<RunningState> states(String cell) {
        return switch (cell) {
            case "confirmed" -> List.of(RunningState.CONFIRMED);
            case "on trial" -> List.of(RunningState.ON_TRIAL);
            case "on trial, unknown" -> List.of(RunningState.ON_TRIAL, RunningState.UNKNOWN);
            case "confirmed, unknown" -> List.of(RunningState.CONFIRMED, RunningState.UNKNOWN);
            default -> throw new IllegalArgumentException(cell);
        };
    }

    private static List<CompleteOn> completions(String cell) {
        return switch (cell) {
            case "any" -> List.of(CompleteOn.values());
            case "confirmed" -> List.of(CompleteOn.CONFIRMED);
            case "written" -> List.of(CompleteOn.WRITTEN);
            case "booted, written" -> List.of(CompleteOn.BOOTED, CompleteOn.WRITTEN);
            default -> throw new IllegalArgumentException(cell);
        };
    }

    private static List<Optional<UpdateJournal>> journals(String cell) {
        return switch (cell) {
            case "none, SENDING" -> List.of(Optional.empty(), journal(Stage.SENDING));
            case "MARKING", "MARKING, watched" -> List.of(journal(Stage.MARKING));
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

    private static Optional<UpdateJournal> journal(Stage stage) {
        return Optional.of(new UpdateJournal("job", Boards.NEW, Boards.NEW, stage, Boards.BOOT_1, 1, 3, "1.0.0"));
    }

    private static UpdatePlan plan(CompleteOn completeOn) {
        return new UpdatePlan("job", Boards.NEW, Boards.NEW, "2.0.0", completeOn, 1, 1, board -> {});
    }
}
