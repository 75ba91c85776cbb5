package dev.fotabridge.station.yaml;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fotabridge.host.api.FotaException;
import dev.fotabridge.host.api.Reason;
import dev.fotabridge.host.api.TextFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class YamlReaderTest {
    @TempDir
    Path directory;

    private static YamlNode parse(String text) throws FotaException {
        return YamlReader.parse(new TextFile(Path.of("x.yaml"), text));
    }

    private static String refused(String text) {
        FotaException refused = assertThrows(FotaException.class, () -> parse(text), text);
        assertEquals(Reason.CONFIGURATION, refused.reason());
        return refused.getMessage();
    }

    @Test
    void everythingHasItsLine() throws Exception {
        YamlNode document = parse("# a comment\na: 1\nb:\n  - x\n  - {c: d}\nempty:\n");

        assertEquals(Map.of("a", 2, "b", 3, "empty", 6), document.keyLines());
        assertEquals(List.of("a", "b", "empty"), List.copyOf(document.keyLines().keySet()));
        YamlNode list = document.entries().get("b");
        assertEquals(YamlNode.Kind.LIST, list.kind());
        assertEquals(List.of(4, 5), list.items().stream().map(YamlNode::line).toList());
        assertEquals("d", list.items().get(1).entries().get("c").text());
        assertEquals(YamlNode.Kind.NOTHING, document.entries().get("empty").kind());
    }

    /** YAML would make the number 10 of 0012, and true of on. */
    @ParameterizedTest
    @ValueSource(strings = {"0012", "1_000", "0x1F", "on", "No", "null", "~", "1e3", "12:30:45", "2026-01-01", ".inf"})
    void aTextIsWhatIsWritten(String text) throws Exception {
        for (String written : List.of(text, "'" + text + "'", "!!str " + text)) {
            YamlNode value = parse("a: " + written).entries().get("a");
            assertEquals(YamlNode.Kind.TEXT, value.kind());
            assertEquals(text, value.text(), written);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "a: 1\\nb: 2\\na: 3|'a' stands twice, in lines 1 and 3",
                "a: {b: 1,\\n b: 2}|'b' stands twice, in lines 1 and 2",
                "a: &x 1\\nb: *x|line 2 has an alias (*x)",
                "a: &x [*x]|line 1 has an alias",
                "a: 1\\n---\\nb: 2|line 3 begins a second document",
                "a: [[[[[[[[1]]]]]]]]|line 1 is nested deeper than 8 levels",
                "a: [1|line 1 is no YAML",
                "a: 1\\n\\tb: 2|is no YAML",
                "- a|it must be lines of 'key: value'",
                "a|it must be lines of 'key: value'",
                "''|it must be lines of 'key: value'",
            })
    void whatCannotBeIsNamed(String text, String sentence) {
        String said = refused(text.replace("\\n", "\n").replace("\\t", "\t"));
        assertTrue(said.startsWith("The file x.yaml: ") && said.contains(sentence), said);
    }

    @Test
    void anEmptyFileIsNoMapping() {
        assertTrue(refused("").contains("key: value"));
    }

    @Test
    void whyAFileCannotBeReadIsSaid() throws Exception {
        Path large = Files.write(directory.resolve("large.yaml"), new byte[(1 << 20) + 1]);
        Map<Path, String> why = Map.of(
                directory, "is a directory", directory.resolve("no.yaml"), "does not exist", large, "has more than");
        for (var entry : why.entrySet()) {
            FotaException refused = assertThrows(FotaException.class, () -> YamlReader.read(entry.getKey()));
            assertTrue(refused.getMessage().contains(entry.getValue()), refused.getMessage());
        }
    }

    @Test
    void aControlCharacterOfTheFileDoesNotReachTheTerminal() {
        String said = refused("\"a\\x1b[2J\": 1\n\"a\\x1b[2J\": 2\n");
        assertTrue(said.contains("a?[2J"), said);
    }
}
