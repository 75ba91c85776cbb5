package dev.fotabridge.example;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** What docs/library.md shows is what is compiled here. */
final class LibraryDocTest {
    private static final Path REPOSITORY = Path.of(System.getProperty("fota.repository"));
    private static final String FENCE = "```java\n";

    private static final Path EXAMPLE =
            REPOSITORY.resolve("host/src/test/java/dev/fotabridge/example/FotaExample.java");

    /** Imports and all; only blank lines are not counted. */
    @Test
    void thirtyLinesAreEnough() throws IOException {
        long lines = Files.readAllLines(EXAMPLE).stream()
                .filter(line -> !line.isBlank())
                .count();
        assertTrue(lines <= 30, lines + " lines");
    }

    @Test
    void theListingIsTheCompiledFile() throws IOException {
        String doc = Files.readString(REPOSITORY.resolve("docs/library.md"));
        int start = doc.indexOf(FENCE);
        assertTrue(start >= 0, "no listing in Java");
        int end = doc.indexOf("```", start + FENCE.length());
        String source = Files.readString(EXAMPLE);
        assertEquals(source, doc.substring(start + FENCE.length(), end));
    }
}
