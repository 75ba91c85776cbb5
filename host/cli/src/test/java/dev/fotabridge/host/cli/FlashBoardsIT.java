package dev.fotabridge.host.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fotabridge.fixtures.device.VirtualDk;
import dev.fotabridge.fixtures.device.VirtualDkOptions;
import dev.fotabridge.fixtures.image.BuiltImage;
import dev.fotabridge.fixtures.image.ImageBuilder;
import dev.fotabridge.host.api.PortReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Four virtual boards and one command: what one of them suffers is its own. */
@Tag("real")
@Timeout(120)
final class FlashBoardsIT {
    private static final int LIMIT_SECONDS = 60;
    private static final int BOARDS = 4;
    private static final int J_LINK = 0x1366;

    @TempDir
    Path directory;

    private final List<VirtualDk> boards = new ArrayList<>();
    private final BuiltImage image =
            new ImageBuilder().size(200_000).version("2.0.0").seed(3).build();
    private Path file;

    @BeforeEach
    void start() throws Exception {
        file = image.writeTo(directory.resolve("app.bin"));
        for (int i = 0; i < BOARDS; i++) {
            boards.add(board(i));
        }
    }

    @AfterEach
    void stop() {
        boards.forEach(VirtualDk::close);
    }

    /** At the speed of an nRF9160, so that there is a middle of the transfer. */
    private VirtualDk board(int number) throws IOException {
        Path home = Files.createDirectories(directory.resolve("dk" + number));
        return VirtualDk.start(VirtualDkOptions.in(home).with("--swap-time", "short", "--unit-id", "unit-" + number));
    }

    private String port(int number) {
        return boards.get(number).link().toString();
    }

    private List<String> flash(String... more) {
        List<String> arguments = new ArrayList<>(List.of(
                "flash",
                file.toString(),
                "--state-dir",
                directory.resolve("state").toString()));
        arguments.addAll(Arrays.asList(more));
        return arguments;
    }

    private HostProcess flashAllFour(String... more) throws IOException {
        List<String> arguments = flash(more);
        for (int i = 0; i < BOARDS; i++) {
            arguments.addAll(List.of("--port", port(i)));
        }
        return HostProcess.start(directory, arguments);
    }

    private static Predicate<JsonNode> transfer(String bay) {
        return event -> event.path("type").asText().equals("TRANSFER")
                && event.path("bay").asText().equals(bay);
    }

    private static JsonNode result(HostProcess host, String bay) {
        return host.events().stream()
                .filter(event -> event.path("type").asText().equals("RESULT")
                        && event.path("bay").asText().equals(bay))
                .findFirst()
                .orElseThrow(() -> new AssertionError("No RESULT of " + bay + ".\n" + host));
    }

    private void assertRuns(int number) {
        assertArrayEquals(
                image.bytes(),
                boards.get(number).slot0(image.bytes().length),
                "board " + number + " runs another image");
    }

    @Test
    void aBoardThatIsKilledInTheMiddleLeavesTheOthersAlone() throws Exception {
        try (HostProcess host = flashAllFour("--json", "--timeout", "3")) {
            host.awaitEvent(LIMIT_SECONDS, transfer(port(2)));
            String killed = port(2);
            boards.get(2).kill();

            assertEquals(20, host.await(LIMIT_SECONDS), host::toString);
            for (int i : new int[] {0, 1, 3}) {
                JsonNode result = result(host, port(i));
                assertEquals("SUCCEEDED", result.get("reason").asText(), host::toString);
                assertEquals(port(i), result.get("port").asText());
                assertEquals("unit-" + i, result.get("board").asText());
                assertRuns(i);
            }
            assertEquals(6, result(host, killed).get("exitCode").asInt(), host::toString);
            assertEquals(killed, result(host, killed).get("port").asText());
            JsonNode whole = host.result();
            assertTrue(whole.get("bay").isNull(), host::toString);
            assertEquals("PARTIAL", whole.get("reason").asText());
            assertEquals(5, host.count("RESULT"), host::toString);
            assertTrue(
                    host.errorText().contains("Error: 3 of 4 boards are done. (PARTIAL, exit code 20)"),
                    host::toString);
        }
    }

    /** More signals, as from somebody who types Ctrl-C again and again, change nothing. */
    @ParameterizedTest
    @ValueSource(strings = {"TERM", "INT INT INT TERM INT"})
    void anInterruptionEndsAllAndTheSameCommandGoesOn(String signals) throws Exception {
        try (HostProcess host = flashAllFour("--json")) {
            for (int i = 0; i < BOARDS; i++) {
                host.awaitEvent(LIMIT_SECONDS, transfer(port(i)));
            }
            for (String signal : signals.split(" ")) {
                host.signal(signal);
            }

            assertEquals(130, host.await(LIMIT_SECONDS), host::toString);
            for (int i = 0; i < BOARDS; i++) {
                assertEquals("INTERRUPTED", result(host, port(i)).get("reason").asText(), host::toString);
            }
            assertEquals("INTERRUPTED", host.result().get("reason").asText());
        }
        try (HostProcess host = flashAllFour()) {
            assertEquals(0, host.await(LIMIT_SECONDS), host::toString);
            assertTrue(host.errorText().contains("All 4 boards are done."), host::toString);
            assertTrue(
                    host.errorText().lines().anyMatch(line -> line.startsWith(port(1) + ": Verifying")),
                    host::toString);
            for (int i = 0; i < BOARDS; i++) {
                assertRuns(i);
            }
        }
    }

    @Test
    void allThatFailAlikeHaveTheirCode() throws Exception {
        try (HostProcess host = HostProcess.start(
                directory, flash("--port", directory.resolve("a").toString(), "--port", "/nowhere/b"))) {
            assertEquals(5, host.await(LIMIT_SECONDS), host::toString);
            assertTrue(
                    host.errorText().contains("Error: None of 2 boards is done. (PORT_MISSING, exit code 5)"),
                    host::toString);
        }
    }

    /** A /sys and a /dev whose J-Links lead to the virtual boards: one board is silent, one port is no console. */
    @Test
    void allTakesTheBoardsThatAnswerAndSaysWhyOthersAreLeftOut() throws Exception {
        Path root = directory.resolve("root");
        plug(root, "ttyACM0", "000960000001", 0, Path.of(port(0)));
        plug(root, "ttyACM1", "000960000001", 2, Path.of("/dev/null"));
        plug(root, "ttyACM2", "000960000002", 0, Path.of(port(1)));
        plug(root, "ttyACM3", "000960000003", 0, Path.of(port(2)));
        boards.get(2).freeze();
        Map<String, String> elsewhere = Map.of("JAVA_TOOL_OPTIONS", "-Dfota.devices=" + root);
        try (HostProcess asking = HostProcess.start(directory, flash("--all"), elsewhere)) {
            assertEquals(2, asking.await(LIMIT_SECONDS), asking::toString);
            assertTrue(asking.errorText().contains("add --yes"), asking::toString);
        }
        List<String> all = flash("--all", "--yes", "--json", "--timeout", "2");
        try (HostProcess host = HostProcess.start(directory, all, elsewhere)) {
            assertEquals(0, host.await(LIMIT_SECONDS), host::toString);
            assertEquals(2, host.count("CHOSEN"), host::toString);
            assertEquals(2, host.count("LEFT_OUT"), host::toString);
            JsonNode silent = host.awaitEvent(
                    1, event -> event.path("serialNumber").asText().equals("960000003"));
            assertEquals("LEFT_OUT", silent.get("type").asText());
            assertTrue(silent.get("why").asText().endsWith("."), host::toString);
            assertEquals(3, host.count("RESULT"), host::toString);
            assertRuns(0);
            assertRuns(1);
        }
        try (HostProcess host = HostProcess.start(
                directory, flash("--all", "--yes", "--board", "thingy91", "--timeout", "2"), elsewhere)) {
            assertEquals(4, host.await(LIMIT_SECONDS), host::toString);
            assertTrue(
                    host.errorText().contains("Left out: " + root.resolve("dev/ttyACM1") + ": not the console"),
                    host::toString);
            assertTrue(host.errorText().contains(", not thingy91"), host::toString);
        }
        boards.get(2).thaw();
    }

    private static void plug(Path root, String tty, String serial, int usbInterface, Path port) throws IOException {
        Path device = Files.createDirectories(root.resolve("usb").resolve(serial));
        Files.writeString(device.resolve("idVendor"), String.format("%04x\n", J_LINK));
        Files.writeString(device.resolve("serial"), serial + "\n");
        Files.writeString(device.resolve("product"), "J-Link\n");
        Path face = Files.createDirectories(device.resolve("1-1:1." + usbInterface));
        Files.writeString(face.resolve("bInterfaceNumber"), String.format("%02x\n", usbInterface));
        Path entry = Files.createDirectories(root.resolve("sys/class/tty").resolve(tty));
        Files.createSymbolicLink(entry.resolve("device"), face);
        Files.createSymbolicLink(Files.createDirectories(root.resolve("dev")).resolve(tty), port);
    }

    @Test
    void aLinkAndItsPtyAreOneBoard() throws Exception {
        String link = port(0);
        String pty = boards.get(0).pty().toString();
        try (HostProcess host = HostProcess.start(directory, flash("--port", link, "--port", pty))) {
            assertEquals(2, host.await(LIMIT_SECONDS), host::toString);
            assertTrue(host.errorText().contains("are the same board."), host::toString);
        }
        assertEquals(PortDevice.of(link), PortDevice.of(pty));
        assertTrue(PortDevice.of(pty).startsWith("device "), PortDevice.of(pty));
        PortReport plugged =
                new PortReport(pty, "960000001", 0, "J-Link", "pci-0-usb-0:3.1", true, PortReport.State.FREE, "");
        assertEquals(PortDevice.of(link), PortDevice.of("usb:pci-0-usb-0:3.1", List.of(plugged)));
        assertEquals(PortDevice.of(link), PortDevice.of(link, List.of(plugged)));
    }

    @Test
    void onATerminalThereIsALaneForEachBoardOnceSomebodySaidYes() throws Exception {
        Path root = directory.resolve("root");
        plug(root, "ttyACM0", "000960000001", 0, Path.of(port(0)));
        plug(root, "ttyACM3", "000960000002", 0, Path.of(port(1)));
        Map<String, String> elsewhere = Map.of("JAVA_TOOL_OPTIONS", "-Dfota.devices=" + root, "TERM", "xterm");
        try (HostProcess no = HostProcess.onTerminal(directory, flash("--all"), elsewhere)) {
            assertTrue(no.typed("yes"), "what is typed before the question is no answer to it");
            no.typeUntil(LIMIT_SECONDS, "n", "no board was updated");
            assertEquals(130, no.await(LIMIT_SECONDS), no::toString);
            assertTrue(no.toString().contains("no board was updated"), no::toString);
        }
        try (HostProcess host = HostProcess.onTerminal(directory, flash("--all"), elsewhere)) {
            host.typeUntil(LIMIT_SECONDS, "yes", "ttyACM0  transfer");
            assertEquals(0, host.await(LIMIT_SECONDS), host::toString);
            String screen = host.toString();
            assertTrue(screen.contains("Update these 2 boards to 2.0.0? [y/N]"), screen);
            for (String lane : List.of("dev/ttyACM0  transfer  ", "dev/ttyACM3  swap  ")) {
                assertTrue(screen.contains(lane), screen);
            }
            assertTrue(screen.contains("All 2 boards are done."), screen);
            assertRuns(0);
            assertRuns(1);
        }
    }
}
