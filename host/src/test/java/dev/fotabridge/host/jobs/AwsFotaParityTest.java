package dev.fotabridge.host.jobs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every row of docs/aws-fota-parity.md names tests, which exist, and the fault with which they were seen to fail. */
final class AwsFotaParityTest {
    private static final Path REPOSITORY = Path.of(System.getProperty("fota.repository"));
    private static final int COLUMNS = 5;
    private static final int TEST_COLUMN = 3;
    private static final int FAULT_COLUMN = 4;
    /** Rows may be added; a table that has lost its rows would prove nothing. */
    private static final int FEWEST_ROWS = 150;

    @Test
    void everyRowNamesTestsThatExist() throws IOException {
        Map<String, String> sources = sources();
        List<String> wrong = new ArrayList<>();
        for (List<String> row : rows()) {
            assertEquals(COLUMNS, row.size(), row::toString);
            row.stream().filter(String::isBlank).forEach(cell -> wrong.add("empty cell in " + row));
            for (String test : row.get(TEST_COLUMN).split(",")) {
                if (!exists(test.strip(), sources)) {
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

    @Test
    void aMissingTestIsNoticed() throws IOException {
        Map<String, String> sources = sources();
        assertTrue(exists("`AwsFotaParityTest.aMissingTestIsNoticed`", sources));
        for (String name : List.of("", "-", "`AwsFotaParityTest`", "`AwsFotaParityTest.sources`", "`NoTest.atAll`")) {
            assertTrue(!exists(name, sources), name);
        }
    }

    /** Rows below a table's line of dashes. */
    private static List<List<String>> rows() throws IOException {
        List<List<String>> rows = new ArrayList<>();
        boolean inside = false;
        for (String line : Files.readAllLines(REPOSITORY.resolve("docs/aws-fota-parity.md"))) {
            if (inside && line.startsWith("|")) {
                String cells = line.substring(1, line.length() - 1);
                rows.add(
                        Arrays.stream(cells.split("\\|", -1)).map(String::strip).toList());
            }
            inside = line.startsWith("| ---") || inside && line.startsWith("|");
        }
        return rows;
    }

    /** A method with a test annotation before it, and nothing but annotations in between. */
    private static boolean exists(String quoted, Map<String, String> sources) {
        String[] name = quoted.replace("`", "").split("\\.");
        if (name.length != 2 || !sources.containsKey(name[0])) {
            return false;
        }
        String source = sources.get(name[0]);
        int at = source.indexOf(" void " + name[1] + "(");
        return at > 0
                && Pattern.compile("@(Parameterized|Repeated)?Test\\b[^;]*$")
                        .matcher(source.substring(0, at))
                        .find();
    }

    private static Map<String, String> sources() throws IOException {
        Map<String, String> sources = new HashMap<>();
        for (String module : List.of("host", "test-fixtures")) {
            try (Stream<Path> files = Files.walk(REPOSITORY.resolve(module).resolve("src/test/java"))) {
                files.filter(file -> file.toString().endsWith(".java"))
                        .forEach(file ->
                                sources.put(file.getFileName().toString().replace(".java", ""), read(file)));
            }
        }
        return sources;
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
