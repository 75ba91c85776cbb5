package dev.fotabridge.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fotabridge.fixtures.source.SourceTree;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Every row of docs/library-guards.md names a class and a test that exist. */
final class LibraryGuardsTest {
    private static final Pattern NAME = Pattern.compile("`([A-Za-z0-9.]+)`");

    /** The rows that stand for a library's known pitfalls; fewer would be a table that is not read any more. */
    private static final int LEAST_ROWS = 35;

    private record Row(String text, List<String> guards, List<String> tests) {}

    @Test
    void everyGuardAndItsTestExist() throws Exception {
        List<Row> rows = rows();
        assertTrue(rows.size() >= LEAST_ROWS, rows.size() + " rows");
        Set<String> production = SourceTree.production().keySet();
        List<String> wrong = new ArrayList<>();
        for (Row row : rows) {
            if (row.guards.isEmpty() || row.tests.isEmpty()) {
                wrong.add("names no class or no test: " + row.text);
            }
            row.guards.stream().filter(name -> !production.contains(name)).forEach(wrong::add);
            for (String test : row.tests) {
                if (!SourceTree.hasTest(test)) {
                    wrong.add(test);
                }
            }
        }
        assertEquals(List.of(), wrong);
    }

    private static List<Row> rows() throws IOException {
        List<Row> rows = new ArrayList<>();
        for (String line : Files.readAllLines(SourceTree.ROOT.resolve("docs/library-guards.md"))) {
            String[] cells = line.split("\\|");
            if (cells.length == 5 && !cells[1].contains("---") && !cells[1].contains("pitfall")) {
                rows.add(new Row(line, names(cells[3]), names(cells[4])));
            }
        }
        return rows;
    }

    private static List<String> names(String cell) {
        return NAME.matcher(cell)
                .results()
                .map((MatchResult result) -> result.group(1))
                .toList();
    }
}
