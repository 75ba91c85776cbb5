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

    @Test
    void theListingIsTheCompiledFile() throws IOException {
        String doc = Files.readString(REPOSITORY.resolve("docs/library.md"));
        int start = doc.indexOf(FENCE);
        assertTrue(start >= 0, "no listing in Java");
        int end = doc.indexOf("```", start + FENCE.length());
        String source =
                Files.readString(REPOSITORY.resolve("host/src/test/java/dev/fotabridge/example/FotaExample.java"));
        assertEquals(source, doc.substring(start + FENCE.length(), end));
    }
}
