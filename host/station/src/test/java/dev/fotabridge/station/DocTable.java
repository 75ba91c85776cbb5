package dev.fotabridge.station;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A table in {@code docs/station.md} that the code makes. {@code -Dfota.docs.write=true} writes it. */
public final class DocTable {
    private static final String WRITE = "fota.docs.write";

    private static final Path DOCUMENT = Path.of(System.getProperty("fota.repository"), "docs", "station.md");

    private DocTable() {}

    /** Fails if the document has another table than this. */
    public static void holds(String name, String expected) throws IOException {
        String begin = "<!-- table: " + name + " -->\n";
        String end = "<!-- end of table: " + name + " -->";
        String text = Files.readString(DOCUMENT);
        int from = text.indexOf(begin) + begin.length();
        int to = text.indexOf(end);
        assertTrue(from >= begin.length() && to >= from, () -> DOCUMENT + " has no place for the table " + name);
        if (Boolean.getBoolean(WRITE)) {
            text = text.substring(0, from) + expected + text.substring(to);
            Files.writeString(DOCUMENT, text);
            to = text.indexOf(end);
        }
        assertEquals(expected, text.substring(from, to), "write it again with -D" + WRITE + "=true");
    }
}
