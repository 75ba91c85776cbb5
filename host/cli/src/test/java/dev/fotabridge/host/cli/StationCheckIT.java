package dev.fotabridge.host.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fotabridge.fixtures.cloud.CloudOptions;
import dev.fotabridge.fixtures.cloud.LocalCloud;
import dev.fotabridge.fixtures.device.VirtualDk;
import dev.fotabridge.fixtures.device.VirtualDkOptions;
import dev.fotabridge.fixtures.image.ImageBuilder;
import dev.fotabridge.fixtures.usb.UsbTree;
import dev.fotabridge.station.release.ReleaseFolderWriter;
import dev.fotabridge.station.release.ReleaseFolderWriter.Approval;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A station with virtual boards at USB places, looked at by a process of its own. */
@Tag("real")
@Timeout(180)
final class StationCheckIT {
    private static final String PLACE = "pci-0000:00:14.0-usb-0:3.";

    @TempDir
    Path directory;

    private final List<VirtualDk> boards = new ArrayList<>();
    private UsbTree usb;

    @BeforeEach
    void computer() throws Exception {
        usb = UsbTree.in(directory.resolve("root")).controller("pci0000:00/0000:00:14.0", 0x8086, 1, 2);
        usb.hub("1-3");
        release(Optional.empty());
    }

    private void release(Optional<String> type) throws Exception {
        Path image = new ImageBuilder().size(40_000).build().writeTo(directory.resolve("app.bin"));
        Path folder = directory.resolve("release" + type.orElse(""));
        ReleaseFolderWriter.create(new Approval(image, "2.0.0", Optional.empty(), type), folder);
    }

    @AfterEach
    void stop() throws Exception {
        for (VirtualDk board : boards) {
            board.close();
        }
    }

    private VirtualDk board(String name, String... options) throws Exception {
        VirtualDkOptions all = VirtualDkOptions.in(Files.createDirectory(directory.resolve(name)))
                .withoutTiming();
        for (int i = 0; i < options.length; i += 2) {
            all = all.with(options[i], options[i + 1]);
        }
        VirtualDk board = VirtualDk.start(all);
        boards.add(board);
        return board;
    }

    private HostProcess check(String station) throws Exception {
        Path file = Files.writeString(directory.resolve("station.yaml"), station);
        return HostProcess.start(
                directory,
                List.of("station", "check", "--json", "--config", file.toString()),
                Map.of("JDK_JAVA_OPTIONS", "-Dfota.devices=" + usb.root()));
    }

    private static String status(HostProcess process, String check) {
        return finding(process, check).get("status").asText();
    }

    private static JsonNode finding(HostProcess process, String check) {
        return process.events().stream()
                .filter(event -> event.path("check").asText().equals(check))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no check '" + check + "'.\n" + process));
    }

    @Test
    void aStationThatIsWellIsSaidSoAndNotTouched() throws Exception {
        VirtualDk board = board("dk");
        usb.dk("1-3.1", "000960000001", board.pty());
        byte[] before = Files.readAllBytes(board.flash());
        try (HostProcess process = check("station: a\nrelease: release\nstart: insert\nbays:\n  - {bay: 1, usb: \""
                + PLACE + "1\"}\n  - {bay: 2, usb: \"" + PLACE + "2\"}\n")) {
            assertEquals(0, process.await(60), process::toString);
            for (String check : List.of("configuration", "clock", "ports", "serial numbers", "boards", "identity")) {
                assertEquals("OK", status(process, check), process::toString);
            }
            assertEquals("WARN", status(process, "release"), "nobody has checked the signature");
            assertTrue(
                    finding(process, "USB 0000:00:14.0").get("message").asText().startsWith("16 endpoints"));
            assertEquals(
                    "1 board answers.",
                    finding(process, "boards").get("message").asText());
        }
        assertArrayEquals(before, Files.readAllBytes(board.flash()));
        assertTrue(Files.notExists(directory.resolve("state")), "nothing is made");
    }

    /** A board at a fixed port that tells no unit id: the next one could not be told from it. */
    @Test
    void insertWithoutIdentityIsRefused() throws Exception {
        VirtualDk board = board("dk");
        String station = "station: a\nrelease: release\nbays: [{bay: 4, port: " + board.link() + "}]\n";
        try (HostProcess process = check(station + "start: insert\n")) {
            assertEquals(3, process.await(60), process::toString);
            assertEquals("FAIL", status(process, "identity"));
            assertTrue(process.result().get("message").asText().contains("bay 4 tells no unit id"), process::toString);
        }
        try (HostProcess process = check(station)) {
            assertEquals(0, process.await(60), process::toString);
            assertEquals("WARN", status(process, "identity"));
        }
    }

    @Test
    void twoBaysAtOneDeviceAreRefused() throws Exception {
        VirtualDk board = board("dk");
        usb.dk("1-3.1", "1", board.pty());
        try (HostProcess process = check("station: a\nrelease: release\nbays:\n  - {bay: 1, usb: \"" + PLACE
                + "1\"}\n  - {bay: 2, port: " + board.link() + "}\n")) {
            assertEquals(3, process.await(60), process::toString);
            String said = process.result().get("message").asText();
            assertTrue(said.contains("bay 1 (line 4)") && said.contains("bay 2 (line 5)"), said);
        }
    }

    @Test
    void aReleaseForOtherBoardsAndABoardThatIsSilentAreNamed() throws Exception {
        release(Optional.of("thingy91"));
        VirtualDk board = board("dk");
        usb.dk("1-3.1", "1", board.pty());
        usb.dk("1-3.2", "2");
        String bays = "bays:\n  - {bay: 1, usb: \"" + PLACE + "1\"}\n  - {bay: 2, usb: \"" + PLACE + "2\"}\n";
        try (HostProcess process = check("station: a\nrelease: releasethingy91\n" + bays)) {
            assertEquals(8, process.await(60), process::toString);
            assertEquals("BOARD_TYPE", process.result().get("reason").asText());
        }
        try (HostProcess process = check("station: a\nrelease: release\n" + bays)) {
            assertEquals(0, process.await(60), process::toString);
            assertEquals("WARN", status(process, "boards"));
            assertTrue(finding(process, "boards").get("message").asText().contains("Bay 2: "), process::toString);
        }
    }

    @Test
    void awsIsReachedByTheStationsOwnCertificate() throws Exception {
        try (LocalCloud cloud = LocalCloud.start(CloudOptions.in(directory.resolve("cloud"), "stranger")
                .withStations(Map.of("line-1", List.of("dk-*"))))) {
            String aws = "aws:\n  endpoint: localhost:" + cloud.mqttPort() + "\n  certificate: "
                    + cloud.directory().certificate("line-1") + "\n  key: "
                    + cloud.directory().privateKey("line-1")
                    + "\n  ca: " + cloud.directory().rootCertificate() + "\n  thing: dk-{unit}\n";
            String station = "station: line-1\n" + aws + "bays: [{bay: 1, usb: \"" + PLACE + "1\"}]\n";
            try (HostProcess process = check(station)) {
                process.await(60);
                assertEquals("OK", status(process, "key pair"), process::toString);
                assertEquals("OK", status(process, "TLS"), process::toString);
                assertTrue(
                        finding(process, "MQTT connect").get("message").asText().contains("line-1-check"),
                        process::toString);
            }
        }
    }
}
