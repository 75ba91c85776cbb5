package dev.fotabridge.architecture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fotabridge.fixtures.source.SourceTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every component of a record of the api has a description. {@code javadoc} of Java 17 does not ask for it, later ones do. */
final class ApiRecordsTest {
    private static final Pattern RECORD =
            Pattern.compile("/\\*\\*((?:(?!\\*/).)*)\\*/\\s*(?:public )?record (\\w+)\\(([^)]*)\\)", Pattern.DOTALL);

    @Test
    void everyComponentIsDescribed() throws IOException {
        List<Path> files = SourceTree.productionFiles().stream()
                .filter(file -> file.getParent().endsWith("dev/fotabridge/host/api"))
                .toList();
        assertTrue(files.size() > 20, () -> "few files were found: " + files);
        List<String> missing = new ArrayList<>();
        for (Path file : files) {
            missing.addAll(missing(Files.readString(file)));
        }
        assertEquals(List.of(), missing);
    }

    @Test
    void aComponentWithoutDescriptionIsFound() {
        String source = "/** Two. @param one first */\npublic record Pair(Map<String, Path> one, int two) {}";
        assertEquals(List.of("Pair.two"), missing(source));
    }

    private static List<String> missing(String source) {
        List<String> missing = new ArrayList<>();
        for (Matcher record = RECORD.matcher(source); record.find(); ) {
            String comment = record.group(1);
            String name = record.group(2);
            components(record.group(3))
                    .filter(component -> !comment.contains("@param " + component + " "))
                    .forEach(component -> missing.add(name + "." + component));
        }
        return missing;
    }

    private static Stream<String> components(String header) {
        return Stream.of(header.replaceAll("<[^<>]*>", "").split(","))
                .map(component -> component.substring(component.lastIndexOf(' ') + 1))
                .filter(component -> !component.isEmpty());
    }
}
