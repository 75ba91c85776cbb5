package dev.fotabridge.station.place;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fotabridge.fixtures.device.VirtualDk;
import dev.fotabridge.fixtures.device.VirtualDkOptions;
import dev.fotabridge.fixtures.image.BuiltImage;
import dev.fotabridge.fixtures.image.ImageBuilder;
import dev.fotabridge.fixtures.usb.UsbTree;
import dev.fotabridge.host.api.Bay;
import dev.fotabridge.host.api.BayConfig;
import dev.fotabridge.host.api.Bays;
import dev.fotabridge.host.api.CompleteOn;
import dev.fotabridge.host.api.FotaBridge;
import dev.fotabridge.host.api.FotaException;
import dev.fotabridge.host.api.Reason;
import dev.fotabridge.host.api.UpdateOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Bays at USB places with virtual boards: a directory stands for this computer's /sys, /dev and /run/udev. */
@Tag("real")
final class PlaceScannerIT {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final String FIRST = "pci-0000:00:14.0-usb-0:3.1";
    private static final String SECOND = "pci-0000:00:14.0-usb-0:3.2";
    private static final List<BayPlace> BAYS = List.of(
            new BayPlace(1, BayPlace.Kind.USB, FIRST, "", 4), new BayPlace(2, BayPlace.Kind.USB, SECOND, "", 5));

    @TempDir
    Path directory;

    private final List<PlaceEvent> events = new ArrayList<>();
    private final List<VirtualDk> boards = new ArrayList<>();
    private final PlaceWatch watch = new PlaceWatch(BAYS);
    private UsbTree usb;
    private Bays bays;
    private PlaceScanner scanner;

    @BeforeEach
    void start() throws Exception {
        usb = UsbTree.in(directory.resolve("root")).controller("pci0000:00/0000:00:14.0", 0x8086, 1, 2);
        usb.hub("1-3");
        System.setProperty("fota.devices", usb.root().toString());
        bays = FotaBridge.open(directory.resolve("state"), "test");
        scanner = new PlaceScanner(BAYS, bays::ports);
    }

    @AfterEach
    void stop() throws Exception {
        System.clearProperty("fota.devices");
        bays.close();
        for (VirtualDk board : boards) {
            board.close();
        }
    }

    private VirtualDk board(String name) throws Exception {
        Path home = Files.createDirectory(directory.resolve(name));
        VirtualDk board =
                VirtualDk.start(VirtualDkOptions.in(home).withoutTiming().with("--swap-time", "short"));
        boards.add(board);
        return board;
    }

    private PlaceEvent next() {
        Awaitility.await().atMost(LIMIT).until(() -> {
            watch.scan(scanner.scan(), System.nanoTime());
            watch.poll().ifPresent(events::add);
            return !events.isEmpty();
        });
        return events.remove(0);
    }

    private Bay bay(int index) {
        return bays.bay(new BayConfig(Optional.of(BAYS.get(index).port()), Optional.empty(), 1_000_000));
    }

    private Reason update(Bay bay) throws Exception {
        BuiltImage image = new ImageBuilder().size(60_000).version("3.0.0").build();
        Path file = image.writeTo(directory.resolve("app.bin"));
        return bay.update(
                        file,
                        new UpdateOptions(
                                Optional.empty(), CompleteOn.CONFIRMED, Optional.empty(), false, Optional.empty()))
                .reason();
    }

    @Test
    void aBoardAtAUsbPlaceIsUpdatedUnderAnyNumber() throws Exception {
        VirtualDk board = board("dk");
        usb.dk("1-3.2", "000960000002");
        String tty = usb.dk("1-3.1", "000960000001", board.pty());
        assertEquals(new PlaceEvent.Came(1, usb.port(tty).toString(), "960000001"), next());
        assertEquals(new PlaceEvent.Came(2, usb.port("ttyACM0").toString(), "960000002"), next());
        Bay bay = bay(0);
        assertEquals(Reason.SUCCEEDED, update(bay));

        usb.unplug("1-3.1");
        usb.reserve(3);
        String other = usb.dk("1-3.1", "000960000001", board.pty());
        PlaceEvent event = next();
        if (event instanceof PlaceEvent.Left) {
            // Slower than the second that it may be away.
            event = next();
            assertTrue(event instanceof PlaceEvent.Came, event::toString);
        } else {
            assertEquals(new PlaceEvent.Moved(1, usb.port(other).toString()), event);
        }
        assertEquals(Reason.UP_TO_DATE, update(bay), "the same bay, under another number");
    }

    @Test
    void anEmptyPlaceHasNoBoardAndAnotherPlacesBoardIsNotTouched() throws Exception {
        VirtualDk board = board("dk");
        usb.dk("1-3.2", "000960000002", board.pty());
        byte[] before = Files.readAllBytes(board.flash());

        Bay empty = bay(0);
        FotaException missing = assertThrows(FotaException.class, () -> empty.info(Duration.ofSeconds(2)));
        assertEquals(Reason.PORT_MISSING, missing.reason(), missing.getMessage());
        assertTrue(missing.getMessage().contains(FIRST), missing.getMessage());
        assertEquals(Reason.PORT_MISSING, update(empty));
        assertArrayEquals(before, Files.readAllBytes(board.flash()));
    }

    @Test
    void aPortAndAUsbPlaceMayBeOneDevice() throws Exception {
        VirtualDk board = board("dk");
        usb.dk("1-3.2", "000960000002", board.pty());
        BayPlace link = new BayPlace(3, BayPlace.Kind.PORT, board.link().toString(), "", 6);
        PlaceScanner both = new PlaceScanner(List.of(BAYS.get(1), link), bays::ports);

        Map<Integer, PlaceDevice> devices = both.devices();
        assertTrue(devices.get(3).number() != 0, "a pty has a device number");
        assertTrue(PlaceClash.find(List.of(BAYS.get(1), link), devices)
                .orElseThrow()
                .contains("bay 2 (line 5)"));
        assertEquals(Optional.empty(), PlaceClash.find(BAYS, scanner.devices()));
    }
}
