package dev.fotabridge.station.bay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The tables in {@code docs/station.md} are those of the code. {@code -Dfota.docs.write=true} writes them. */
final class StationDocTest {
    private static final String WRITE = "fota.docs.write";

    private final Path document = Path.of(System.getProperty("fota.repository"), "docs", "station.md");

    @Test
    void theBaysTableIsTheMachines() throws IOException {
        holds("bay", BayTable.markdown());
    }

    @Test
    void theChecksOfAStartAreTheGates() throws IOException {
        holds("start", StartGate.markdown());
    }

    private void holds(String name, String expected) throws IOException {
        String begin = "<!-- table: " + name + " -->\n";
        String end = "<!-- end of table: " + name + " -->";
        String text = Files.readString(document);
        int from = text.indexOf(begin) + begin.length();
        int to = text.indexOf(end);
        assertTrue(from >= begin.length() && to >= from, () -> document + " has no place for the table " + name);
        if (Boolean.getBoolean(WRITE)) {
            text = text.substring(0, from) + expected + text.substring(to);
            Files.writeString(document, text);
            to = text.indexOf(end);
        }
        assertEquals(expected, text.substring(from, to), "write it again with -D" + WRITE + "=true");
    }
}
