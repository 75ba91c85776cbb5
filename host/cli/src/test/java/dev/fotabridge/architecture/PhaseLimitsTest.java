package dev.fotabridge.architecture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fotabridge.fixtures.source.SourceTree;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Each phase in docs/DESIGN.md has a limit, and a test of it that exists. */
final class PhaseLimitsTest {
    private static final Pattern TEST = Pattern.compile("`(\\w+)\\.(\\w+)`");
    private static final int FEWEST_ROWS = 18;

    @Test
    void everyPhaseHasALimitWithATest() throws IOException {
        List<String> missing = new ArrayList<>();
        for (String row : rows()) {
            String[] cells = row.split("\\|");
            assertEquals(5, cells.length, row);
            List<MatchResult> tests = TEST.matcher(cells[4]).results().toList();
            assertTrue(!tests.isEmpty() && !cells[2].isBlank() && !cells[3].isBlank(), row);
            for (MatchResult test : tests) {
                if (!SourceTree.hasTest(test.group(1) + "." + test.group(2))) {
                    missing.add(test.group());
                }
            }
        }
        assertEquals(List.of(), missing);
        assertTrue(rows().size() >= FEWEST_ROWS, () -> "rows were lost");
    }

    private static List<String> rows() throws IOException {
        String doc = Files.readString(SourceTree.ROOT.resolve("docs/DESIGN.md"));
        String rest = doc.substring(doc.indexOf("| phase | limit |"));
        return rest.lines().takeWhile(line -> line.startsWith("|")).skip(2).toList();
    }
}
