package dev.fotabridge.host.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fotabridge.fixtures.usb.UsbTree;
import dev.fotabridge.station.config.StationFile;
import dev.fotabridge.station.place.BayPlace;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Boards are plugged into one bay after the other, and the map is in the file at once. */
@Tag("real")
@Timeout(120)
final class StationLearnIT {
    private static final String PLACE = "pci-0000:00:14.0-usb-0:3.";

    @TempDir
    Path directory;

    private UsbTree usb;

    @BeforeEach
    void computer() throws Exception {
        usb = UsbTree.in(directory.resolve("root")).controller("pci0000:00/0000:00:14.0", 0x8086, 1, 2);
        usb.hub("1-3");
    }

    private Path file() {
        return directory.resolve("station.yaml");
    }

    private HostProcess learn(String... more) throws Exception {
        List<String> arguments = new ArrayList<>(List.of("station", "learn", "--json", "--config", file().toString()));
        arguments.addAll(List.of(more));
        HostProcess process =
                HostProcess.start(directory, arguments, Map.of("JDK_JAVA_OPTIONS", "-Dfota.devices=" + usb.root()));
        awaitNote(process, "Ctrl-C ends it");
        return process;
    }

    private static void awaitNote(HostProcess process, String note) {
        Awaitility.await(process.toString()).until(() -> process.errorText().contains(note));
    }

    private void awaitBay(HostProcess process, int bay) {
        process.awaitEvent(20, event -> event.path("bay").asInt() == bay);
    }

    private List<String> map() throws Exception {
        return StationFile.read(file()).bays().stream()
                .map(bay -> bay.bay() + " " + bay.address())
                .toList();
    }

    @Test
    void oneBayAfterTheOther() throws Exception {
        usb.dk("1-3.4", "4");
        try (HostProcess process = learn("--bays", "3")) {
            awaitNote(process, "Plugged in already, at no bay: " + PLACE + "4");
            usb.dk("1-3.2", "2");
            awaitBay(process, 1);
            assertEquals(List.of("1 " + PLACE + "2"), map(), "saved at once");
            usb.unplug("1-3.2");
            usb.dk("1-3.1", "1");
            awaitBay(process, 2);
            usb.unplug("1-3.4");
            usb.dk("1-3.3", "4");
            awaitBay(process, 3);

            assertEquals(0, process.await(20), process::toString);
            assertEquals("SUCCEEDED", process.result().get("reason").asText());
        }
        assertEquals(List.of("1 " + PLACE + "2", "2 " + PLACE + "1", "3 " + PLACE + "3"), map());
    }

    @Test
    void knownBaysStayAndAnInterruptionKeepsWhatWasLearned() throws Exception {
        Files.writeString(
                file(),
                "station: line-1 # ours\nrelease: r\nbays:\n  - {bay: 7, usb: \"" + PLACE + "1\", fixture: F-7}\n");
        try (HostProcess process = learn()) {
            usb.dk("1-3.1", "1");
            awaitNote(process, "This is bay 7 already");
            usb.dk("1-3.2", "2");
            awaitBay(process, 8);
            process.signal("INT");

            assertEquals(130, process.await(20), process::toString);
            assertEquals("INTERRUPTED", process.result().get("reason").asText());
            assertTrue(process.result().get("message").asText().startsWith("1 bay was learned"), process::toString);
        }
        assertEquals(List.of("7 " + PLACE + "1", "8 " + PLACE + "2"), map());
        assertTrue(Files.readString(file()).startsWith("station: line-1 # ours\n"));
        List<BayPlace> bays = StationFile.read(file()).bays();
        assertEquals("F-7", bays.get(0).fixture());
    }

    @Test
    void itEndsWhenNoBoardComes() throws Exception {
        try (HostProcess process = learn("--timeout", "1s")) {
            assertEquals(0, process.await(20), process::toString);
        }
        assertTrue(Files.notExists(file()), "nothing was learned, nothing is written");
    }
}
