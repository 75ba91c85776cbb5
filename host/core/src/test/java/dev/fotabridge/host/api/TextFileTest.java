package dev.fotabridge.host.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TextFileTest {
    private static final int LIMIT = 20;

    @TempDir
    Path directory;

    private Path file;

    private TextFile read(byte[] bytes) throws Exception {
        file = Files.write(directory.resolve("a.yaml"), bytes);
        return TextFile.read(file, "rig", LIMIT, Reason.CONFIGURATION);
    }

    private String refused(byte[] bytes) {
        FotaException refused = assertThrows(FotaException.class, () -> read(bytes));
        assertEquals(Reason.CONFIGURATION, refused.reason());
        return refused.getMessage();
    }

    @Test
    void isTheTextWithoutAByteOrderMark() throws Exception {
        assertEquals(
                "ä\r\n", read("\ufeffä\r\n".getBytes(StandardCharsets.UTF_8)).text());
        assertEquals("", read(new byte[0]).text());
        assertEquals(
                "x".repeat(LIMIT),
                read("x".repeat(LIMIT).getBytes(StandardCharsets.UTF_8)).text());
    }

    @Test
    void whatIsNoTextIsNamed() {
        String latin = refused("a\nb\n\u00e4".getBytes(StandardCharsets.ISO_8859_1));
        assertEquals("The rig " + file + " has a byte in line 3 that is no UTF-8: save it as UTF-8.", latin);
        // Half of a pair, and a character that ends too early.
        assertEquals(latin, refused(new byte[] {'a', '\n', '\n', (byte) 0xed, (byte) 0xa0, (byte) 0x80}));
        assertEquals(latin, refused(new byte[] {'a', '\n', '\n', (byte) 0xc3}));
        assertEquals(
                "The rig " + file + " is written in UTF-16: save it as UTF-8.",
                refused("a".getBytes(StandardCharsets.UTF_16)));
        assertEquals("The rig " + file + " has more than 20 bytes.", refused(new byte[LIMIT + 1]));
    }

    @Test
    void aTabIsNamed() {
        TextFile file = new TextFile(Path.of("a"), "a: b\nc:\n\td: e\n");
        assertEquals("line 1 is no YAML", file.noYaml(1));
        assertEquals("line 2 is no YAML: line 3 has a tab, where YAML takes spaces", file.noYaml(2));
        assertEquals("line 3 is no YAML: line 3 has a tab, where YAML takes spaces", file.noYaml(3));
        assertEquals("line 9 is no YAML", file.noYaml(9));
        assertEquals("line 0 is no YAML", file.noYaml(0));
    }
}
