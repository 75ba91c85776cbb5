package dev.fotabridge.example;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What docs/library.md shows is what is compiled here. */
final class LibraryDocTest {
    private static final Path REPOSITORY = Path.of(System.getProperty("fota.repository"));
    private static final String FENCE = "```java\n";

    private static Path example(String name) {
        return REPOSITORY.resolve("host/cli/src/test/java/dev/fotabridge/example/" + name + ".java");
    }

    /** Imports and all; only blank lines are not counted. */
    @ParameterizedTest
    @ValueSource(strings = {"FotaExample", "BayExample", "StationExample"})
    void thirtyLinesAreEnough(String name) throws IOException {
        long lines = Files.readAllLines(example(name)).stream()
                .filter(line -> !line.isBlank())
                .count();
        assertTrue(lines <= 30, lines + " lines");
    }

    @ParameterizedTest
    @CsvSource({"1,FotaExample", "2,BayExample", "3,StationExample"})
    void theListingIsTheCompiledFile(int number, String name) throws IOException {
        String[] listings =
                Files.readString(REPOSITORY.resolve("docs/library.md")).split(FENCE);
        assertEquals(4, listings.length, "a listing in Java that no test compares");
        String shown = listings[number].substring(0, listings[number].indexOf("```"));
        assertEquals(Files.readString(example(name)), shown);
    }
}
