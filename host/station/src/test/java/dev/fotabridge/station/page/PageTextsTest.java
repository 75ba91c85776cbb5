package dev.fotabridge.station.page;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PageTextsTest {
    private static final String ENGLISH = "{\"bay\":\"Bay\",\"verdict.PASS\":\"PASS\"}";

    @TempDir
    Path directory;

    private Path file(byte... bytes) throws IOException {
        return Files.write(directory.resolve("texts.json"), bytes);
    }

    private String problem(Path file) {
        return assertThrows(IOException.class, () -> PageTexts.translated(ENGLISH, file))
                .getMessage();
    }

    @Test
    void textsThatAreNotTranslatedStayEnglish() throws IOException {
        Path file = file("{\"bay\":\"Plätze\"}".getBytes(StandardCharsets.UTF_8));
        assertEquals("{\"bay\":\"Plätze\",\"verdict.PASS\":\"PASS\"}", PageTexts.translated(ENGLISH, file));
    }

    @Test
    void aMisspeltNameIsTold() throws IOException {
        String problem = problem(file("{\"bays\":\"Plätze\"}".getBytes(StandardCharsets.UTF_8)));
        assertTrue(problem.startsWith("The page has no text 'bays'"), problem);
    }

    @Test
    void aFileThatIsNoTranslationIsTold() throws IOException {
        assertTrue(problem(file("[1]".getBytes(StandardCharsets.UTF_8))).contains("not an object of texts"));
        assertTrue(problem(file((byte) '"', (byte) 0xe4)).contains("cannot be read as UTF-8"));
        assertTrue(problem(directory.resolve("missing.json")).contains("are no file"));
        assertTrue(problem(file(new byte[PageTexts.LARGEST_FILE + 1])).contains("are no file"));
    }
}
