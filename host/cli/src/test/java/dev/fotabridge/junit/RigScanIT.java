package dev.fotabridge.junit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.fotabridge.fixtures.device.VirtualDk;
import dev.fotabridge.fixtures.device.VirtualDkOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code rig scan} as a process, and what it writes as the extension reads it. */
@Tag("real")
@Timeout(60)
class RigScanIT {
    @TempDir
    Path directory;

    record Ended(int exitCode, String out, String err) {}

    private Ended scan(String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                "dev.fotabridge.host.cli.Main",
                "rig",
                "scan",
                "--state-dir",
                directory.resolve("state").toString()));
        command.addAll(List.of(arguments));
        Path out = directory.resolve("out");
        Path err = directory.resolve("err");
        int exitCode = new ProcessBuilder(command)
                .redirectOutput(out.toFile())
                .redirectError(err.toFile())
                .start()
                .waitFor();
        return new Ended(exitCode, Files.readString(out), Files.readString(err));
    }

    private VirtualDk board(String name, String... options) throws IOException {
        Path place = Files.createDirectory(directory.resolve(name));
        return VirtualDk.start(VirtualDkOptions.in(place)
                .withoutTiming()
                .with("--unit-id", name)
                .with(options));
    }

    @Test
    void whatIsWrittenIsARig() throws Exception {
        Path file = directory.resolve("rig.yaml");
        try (VirtualDk one = board("one", "--modem", "mfw_nrf9160_1.3.6");
                VirtualDk two = board("two")) {
            String[] ports = {
                "--port", one.link().toString(), "--port", two.link().toString()
            };
            Ended written = scan(ports[0], ports[1], ports[2], ports[3], "--output", file.toString());
            assertEquals(new Ended(0, "", file + ": 2 boards.\n"), written);
            List<RigBoard> boards = new RigFile(file, () -> Path.of("none")).read();
            assertEquals(
                    List.of("one", "two"), boards.stream().map(RigBoard::name).toList());
            assertEquals(Set.of("modem"), boards.get(0).capabilities());
            assertEquals(
                    two.link().toRealPath().toString(),
                    boards.get(1).place().lockName().replace("rig ", ""));

            Ended printed = scan(ports);
            assertEquals(Files.readString(file), printed.out());

            Ended json = scan(ports[0], ports[1], "--json");
            JsonNode board =
                    new ObjectMapper().readTree(json.out().lines().findFirst().orElseThrow());
            assertEquals("BOARD", board.get("type").asText());
            assertEquals(one.link().toString(), board.get("port").asText());
        }
    }

    @Test
    void aFileThatIsThereIsReplacedOnlyByForce() throws Exception {
        Path file = Files.writeString(directory.resolve("rig.yaml"), "mine");
        try (VirtualDk one = board("one")) {
            String port = one.link().toString();
            Ended refused = scan("--port", port, "--output", file.toString());
            assertEquals(2, refused.exitCode());
            assertTrue(refused.err().contains("--force"), refused.err());
            assertEquals("mine", Files.readString(file));
            assertEquals(
                    0,
                    scan("--port", port, "--output", file.toString(), "--force").exitCode());
            assertTrue(Files.readString(file).contains("name: one"));
        }
    }

    @Test
    void aBoardThatDoesNotAnswerIsLeftOutAndNamed() throws Exception {
        Path file = directory.resolve("rig.yaml");
        try (VirtualDk one = board("one")) {
            Ended some = scan("--port", one.link().toString(), "--port", "/dev/null-such", "--output", file.toString());
            assertEquals(20, some.exitCode());
            assertTrue(some.err().contains("left out: /dev/null-such: "), some.err());
            assertTrue(some.err().contains("1 of 2 boards did not answer."), some.err());
            assertTrue(Files.readString(file).contains("name: one"));
        }
        Files.delete(file);
        Ended none = scan("--port", "/dev/null-such", "--output", file.toString());
        assertEquals(4, none.exitCode());
        assertFalse(Files.exists(file));
    }
}
