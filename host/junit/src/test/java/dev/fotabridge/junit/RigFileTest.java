package dev.fotabridge.junit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fotabridge.host.api.BayConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RigFileTest {
    private static final Path PROGRAM = Path.of("/opt/fota-bridge/fota-bridge");

    @TempDir
    Path directory;

    private List<RigBoard> read(String text) throws IOException {
        Path file = Files.writeString(directory.resolve("rig.yaml"), text);
        return new RigFile(file, () -> PROGRAM).read();
    }

    @Test
    void boardsAreReadWithAllThatTheyHave() throws IOException {
        List<RigBoard> boards = read("""
                # a comment
                boards:
                  - name: dk-1
                    serial-number: 960012345
                    capabilities: [modem, gps]
                  - name: dk-2
                    port: /dev/ttyUSB3
                    baud: 460800
                    start-baud: 9600
                    power-cycle: [uhubctl, -a, cycle, -p, "2"]
                  - name: sim
                    virtual: [--new-image, hang]
                    capabilities: [slow]
                """);
        assertEquals(
                new RigBoard(
                        "dk-1",
                        Set.of("modem", "gps"),
                        new RealPlace(
                                new BayConfig(
                                        Optional.empty(), Optional.of("960012345"), BayConfig.CEILING_BAUD, 115_200),
                                List.of())),
                boards.get(0));
        assertEquals(
                new RigBoard(
                        "dk-2",
                        Set.of("power-cycle"),
                        new RealPlace(
                                new BayConfig(Optional.of("/dev/ttyUSB3"), Optional.empty(), 460_800, 9_600),
                                List.of("uhubctl", "-a", "cycle", "-p", "2"))),
                boards.get(1));
        assertEquals(
                new RigBoard(
                        "sim",
                        Set.of("slow", "virtual", "power-cycle", "cut-line"),
                        new VirtualPlace(PROGRAM, "sim", List.of("--new-image", "hang"))),
                boards.get(2));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "boards: {}|must have the key 'boards' with a list",
                "boards: []|it has no board",
                "rig: 1|must have the key 'boards'",
                "boards: [x]|board 1 is no mapping",
                "boards: [{name: a, prot: x}]|'prot' of board 1 is no key; there are: name, serial-number, port",
                "boards: [{port: x}]|board 1 has no name",
                "boards: [{name: 'a b', port: x}]|the name 'a b' of board 1 must be",
                "boards: [{name: a, port: x}, {name: a, port: y}]|the name 'a' of board 2 must be",
                "boards: [{name: a}]|board 1 (a) must have one of serial-number, port and virtual",
                "boards: [{name: a, port: x, serial-number: 1}]|board 1 (a) must have one of",
                "boards: [{name: a, port: }]|'port' of board 1 has no text",
                "boards: [{name: a, port: x, baud: fast}]|'baud' of board 1 must be a rate",
                "boards: [{name: a, port: x, capabilities: gps}]|'capabilities' of board 1 must be a list",
                "boards: [|is no YAML"
            })
    void whatIsWrongIsNamed(String text, String expected) {
        String message = assertThrows(ExtensionConfigurationException.class, () -> read(text))
                .getMessage();
        assertTrue(message.contains("rig.yaml: "), message);
        assertTrue(message.contains(expected), message);
    }

    /** YAML 1.1 knows them as false, ten, and 1e3 as a number. */
    @Test
    void namesAreTheTextThatIsWritten() throws IOException {
        List<RigBoard> boards = read("""
                boards:
                  - {name: no, port: /dev/a, capabilities: [on, 1e3]}
                  - {name: 0012, serial-number: 000012345670}
                """);
        assertEquals(List.of("no", "0012"), boards.stream().map(RigBoard::name).toList());
        assertEquals(Set.of("on", "1e3"), boards.get(0).capabilities());
        BayConfig second = new BayConfig(Optional.empty(), Optional.of("000012345670"));
        assertEquals(new RealPlace(second, List.of()), boards.get(1).place());
    }

    @Test
    void aKeyThatStandsTwiceIsRefused() {
        assertThrows(
                ExtensionConfigurationException.class, () -> read("boards: [{name: a, port: /dev/a, port: /dev/b}]"));
    }

    @Test
    void aFileThatIsNotThereIsNamed() {
        RigFile file = new RigFile(directory.resolve("nothing.yaml"), () -> PROGRAM);
        String message =
                assertThrows(ExtensionConfigurationException.class, file::read).getMessage();
        assertTrue(message.endsWith("nothing.yaml does not exist."), message);
    }
}
