package dev.fotabridge.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;

/** Every row of docs/library-guards.md names a class and a test that exist. */
final class LibraryGuardsTest {
    private static final Pattern NAME = Pattern.compile("`([A-Za-z0-9.]+)`");
    private static final Path ROOT = Path.of(System.getProperty("fota.repository"));

    /** The rows that stand for a library's known pitfalls; fewer would be a table that is not read any more. */
    private static final int LEAST_ROWS = 35;

    private record Row(String text, List<String> guards, List<String> tests) {}

    @Test
    void everyGuardAndItsTestExist() throws Exception {
        List<Row> rows = rows();
        assertTrue(rows.size() >= LEAST_ROWS, rows.size() + " rows");
        Map<String, String> main = classes("host/src/main/java");
        Map<String, String> tests = classes("host/src/test/java");
        List<String> wrong = new ArrayList<>();
        for (Row row : rows) {
            if (row.guards.isEmpty() || row.tests.isEmpty()) {
                wrong.add("names no class or no test: " + row.text);
            }
            row.guards.stream().filter(name -> !main.containsKey(name)).forEach(wrong::add);
            row.tests.stream().filter(name -> !isTest(name, tests)).forEach(wrong::add);
        }
        assertEquals(List.of(), wrong);
    }

    private static List<Row> rows() throws IOException {
        List<Row> rows = new ArrayList<>();
        for (String line : Files.readAllLines(ROOT.resolve("docs/library-guards.md"))) {
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

    /** Full names by simple ones. */
    private static Map<String, String> classes(String sources) throws IOException {
        Path root = ROOT.resolve(sources);
        Map<String, String> found = new HashMap<>();
        try (Stream<Path> files = Files.walk(root)) {
            files.filter(file -> file.toString().endsWith(".java")).forEach(file -> {
                String relative = root.relativize(file).toString();
                String name = relative.substring(0, relative.length() - ".java".length());
                String simple = file.getFileName().toString().replace(".java", "");
                found.put(simple, name.replace('/', '.').replace('\\', '.'));
            });
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        return found;
    }

    private static boolean isTest(String name, Map<String, String> classes) {
        int dot = name.indexOf('.');
        Optional<String> type = Optional.ofNullable(dot < 0 ? null : classes.get(name.substring(0, dot)));
        return type.isPresent()
                && methods(type.get())
                        .anyMatch(method -> method.getName().equals(name.substring(dot + 1))
                                && Arrays.stream(method.getAnnotations()).anyMatch(LibraryGuardsTest::marksATest));
    }

    private static Stream<Method> methods(String type) {
        try {
            return Arrays.stream(Class.forName(type).getDeclaredMethods());
        } catch (ClassNotFoundException e) {
            return Stream.empty();
        }
    }

    private static boolean marksATest(Annotation annotation) {
        return annotation instanceof Test || annotation instanceof ParameterizedTest;
    }
}
