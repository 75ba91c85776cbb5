package dev.fotabridge.host.jobs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fotabridge.fixtures.source.SourceTree;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Every row of docs/aws-fota-parity.md names tests, which exist, and the fault with which they were seen to fail. */
final class AwsFotaParityTest {
    private static final int COLUMNS = 5;
    private static final int TEST_COLUMN = 3;
    private static final int FAULT_COLUMN = 4;
    /** Rows may be added; a table that has lost its rows would prove nothing. */
    private static final int FEWEST_ROWS = 150;

    @Test
    void everyRowNamesTestsThatExist() throws IOException {
        List<String> wrong = new ArrayList<>();
        for (List<String> row : rows()) {
            assertEquals(COLUMNS, row.size(), row::toString);
            row.stream().filter(String::isBlank).forEach(cell -> wrong.add("empty cell in " + row));
            for (String test : row.get(TEST_COLUMN).split(",")) {
                if (!exists(test.strip())) {
                    wrong.add(test.strip() + " of the row \"" + row.get(0) + "\"");
                }
            }
        }
        assertTrue(wrong.isEmpty(), () -> "no such test: " + String.join("; ", wrong));
        assertTrue(rows().size() >= FEWEST_ROWS, "only " + rows().size() + " rows");
    }

    @Test
    void everyRowNamesTheFaultThatItsTestsWereSeenToFailWith() throws IOException {
        List<String> without = rows().stream()
                .filter(row -> row.get(FAULT_COLUMN).replace("-", "").isBlank())
                .map(row -> row.get(0))
                .toList();
        assertEquals(List.of(), without);
    }

    /** Rows below a table's line of dashes. */
    private static List<List<String>> rows() throws IOException {
        List<List<String>> rows = new ArrayList<>();
        boolean inside = false;
        for (String line : Files.readAllLines(SourceTree.ROOT.resolve("docs/aws-fota-parity.md"))) {
            if (inside && line.startsWith("|")) {
                String cells = line.substring(1, line.length() - 1);
                rows.add(
                        Arrays.stream(cells.split("\\|", -1)).map(String::strip).toList());
            }
            inside = line.startsWith("| ---") || inside && line.startsWith("|");
        }
        return rows;
    }

    private static boolean exists(String quoted) throws IOException {
        return SourceTree.hasTest(quoted.replace("`", ""));
    }
}
