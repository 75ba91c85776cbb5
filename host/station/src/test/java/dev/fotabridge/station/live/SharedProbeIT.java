package dev.fotabridge.station.live;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fotabridge.fixtures.device.VirtualDk;
import dev.fotabridge.fixtures.device.VirtualDkOptions;
import dev.fotabridge.fixtures.image.ImageBuilder;
import dev.fotabridge.fixtures.usb.UsbTree;
import dev.fotabridge.station.bay.BayState;
import dev.fotabridge.station.config.StationFile;
import dev.fotabridge.station.control.BayView;
import dev.fotabridge.station.control.CommandAnswer;
import dev.fotabridge.station.control.StartRequest;
import dev.fotabridge.station.release.ReleaseFolderWriter;
import dev.fotabridge.station.verdict.Verdict;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A station with bays at USB places, and boards whose debuggers have one serial number. */
@Tag("real")
final class SharedProbeIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String SERIAL = "000960000001";

    @TempDir
    Path directory;

    private final List<VirtualDk> boards = new ArrayList<>();
    private UsbTree usb;
    private LiveStation station;

    @BeforeEach
    void place() throws Exception {
        usb = UsbTree.in(directory.resolve("root")).controller("pci0000:00/0000:00:14.0", 0x8086, 1, 2);
        usb.hub("1-3");
        System.setProperty("fota.devices", usb.root().toString());
        Path image = new ImageBuilder().size(60_000).version("2.0.0").build().writeTo(directory.resolve("app.bin"));
        ReleaseFolderWriter.create(
                new ReleaseFolderWriter.Approval(image, "2.0.0", Optional.empty(), Optional.empty()),
                directory.resolve("release"));
    }

    @AfterEach
    void end() {
        if (station != null) {
            station.close();
        }
        System.clearProperty("fota.devices");
        boards.forEach(VirtualDk::close);
    }

    /** A board at a port of the hub, which is the bay of this number. */
    private void plugIn(int bay, String unit) throws Exception {
        Path home = Files.createDirectory(directory.resolve("board-" + bay));
        VirtualDkOptions options = VirtualDkOptions.in(home).withoutTiming().with("--swap-time", "short");
        VirtualDk board = VirtualDk.start(unit.isEmpty() ? options : options.with("--unit-id", unit));
        boards.add(board);
        usb.dk("1-3." + bay, SERIAL, board.pty());
    }

    private void open() throws Exception {
        Path file = Files.write(
                directory.resolve("station.yaml"),
                List.of(
                        "station: line-1",
                        "listen: 127.0.0.1:0",
                        "stateDirectory: state",
                        "release: release",
                        "start: button",
                        "bays:",
                        "  - {bay: 1, usb: \"pci-0000:00:14.0-usb-0:3.1\"}",
                        "  - {bay: 2, usb: \"pci-0000:00:14.0-usb-0:3.2\"}"));
        station = LiveStation.open(StationFile.read(file), "test");
    }

    private BayView awaitBay(int number, Predicate<BayView> wanted) {
        await().alias("bay " + number)
                .atMost(PATIENCE)
                .until(() -> wanted.test(station.control().bays().get(number - 1)));
        return station.control().bays().get(number - 1);
    }

    private CommandAnswer start(int bay) {
        return station.control().start(new StartRequest(bay, "bay-" + bay, Optional.empty(), false));
    }

    @Test
    void boardsWithDifferentUnitIdsBothRun() throws Exception {
        plugIn(1, "unit-1");
        open();
        awaitBay(1, view -> view.state() == BayState.READY);
        plugIn(2, "unit-2");
        awaitBay(2, view -> view.state() == BayState.READY);
        for (int bay : List.of(1, 2)) {
            CommandAnswer answer = start(bay);
            assertEquals(202, answer.status(), answer.toString());
        }
        for (int bay : List.of(1, 2)) {
            BayView ended = awaitBay(bay, view -> view.verdict().isPresent());
            assertEquals(Verdict.PASS, ended.verdict().get(), ended.toString());
            assertEquals("unit-" + bay, ended.identity().unit());
        }
    }

    /** The first one came while its serial number was nobody else's. */
    @Test
    void boardsWithoutUnitIdsDoNotRunUntilOneIsTakenOut() throws Exception {
        plugIn(1, "");
        open();
        awaitBay(
                1,
                view -> view.state() == BayState.READY
                        && !view.identity().probe().isEmpty());
        plugIn(2, "");
        awaitBay(2, view -> view.state() == BayState.READY);
        for (int bay : List.of(1, 2)) {
            CommandAnswer answer = start(bay);
            assertEquals(409, answer.status(), answer.toString());
            assertEquals("SHARED_PROBE", answer.code());
            assertTrue(answer.message().contains("CONFIG_HWINFO"), answer.message());
        }
        usb.unplug("1-3.1");
        awaitBay(1, view -> view.state() == BayState.EMPTY);
        assertEquals(202, start(2).status());
        BayView ended = awaitBay(2, view -> view.verdict().isPresent());
        assertEquals(Verdict.PASS, ended.verdict().get(), ended.toString());
    }
}
