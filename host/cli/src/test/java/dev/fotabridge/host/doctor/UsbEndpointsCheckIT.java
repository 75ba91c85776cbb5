package dev.fotabridge.host.doctor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fotabridge.fixtures.usb.UsbTree;
import dev.fotabridge.host.api.Reason;
import dev.fotabridge.host.doctor.Finding.Status;
import dev.fotabridge.station.place.BayPlace;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** USB endpoints run out before sockets do. */
@Tag("real")
final class UsbEndpointsCheckIT {
    private static final String CONTROLLER = "0000:00:14.0";

    @TempDir
    Path directory;

    private UsbTree usb;

    @BeforeEach
    void controller() throws Exception {
        usb = UsbTree.in(directory).controller("pci0000:00/" + CONTROLLER, 0x8086, 1, 2);
        usb.hub("1-1").hub("1-2");
    }

    private UsbController only() {
        List<UsbController> controllers = UsbController.list(directory.resolve("sys"));
        assertEquals(1, controllers.size(), controllers::toString);
        return controllers.get(0);
    }

    /** Bays 1 to 7 at the first hub, 8 to 14 at the second. */
    private static List<BayPlace> bays(int count) {
        return IntStream.rangeClosed(1, count)
                .mapToObj(bay ->
                        new BayPlace(bay, BayPlace.Kind.USB, "pci-" + CONTROLLER + "-usb-0:" + ports(bay), "", bay))
                .toList();
    }

    private static String ports(int bay) {
        return (bay <= 7 ? 1 : 2) + "." + ((bay - 1) % 7 + 1);
    }

    private static CheckResult<Void> check(UsbController controller, int bays) {
        return new UsbEndpointsCheck(controller, bays(bays)).run();
    }

    @Test
    void aDkTakesFourteenAndAHubTwo() throws Exception {
        assertEquals(new UsbController(CONTROLLER, true, 2, 4, List.of()), only(), "root hubs take none");
        usb.dk("1-1.1", "1");
        assertEquals(new UsbController(CONTROLLER, true, 3, 18, List.of()), only());
        CheckResult<Void> found = check(only(), 6);

        assertEquals(Status.OK, found.status());
        assertEquals("18 endpoints in 3 devices; it has about 96.", found.message());
    }

    @Test
    void fourteenDksAreMoreThanOneControllerServes() throws Exception {
        for (int bay = 1; bay <= 14; bay++) {
            usb.dk("1-" + ports(bay), "96000000" + bay);
        }
        assertEquals(200, only().endpoints());
        CheckResult<Void> found = check(only(), 14);

        assertEquals(Status.WARN, found.status());
        assertTrue(
                found.message().startsWith("A board in each of its 14 bays takes about 196 endpoints."),
                found.message());
        assertTrue(found.whatToTry().contains("another controller"), found.whatToTry());
    }

    /** The map tells it before the boards are there. */
    @Test
    void aMapOfSevenBaysIsTooMuchBeforeABoardIsPluggedIn() {
        assertEquals(Status.OK, check(only(), 6).status());
        assertEquals(Status.WARN, check(only(), 7).status());
    }

    @Test
    void aDeviceWithoutConfigurationFoundNoEndpoints() throws Exception {
        usb.dkWithoutEndpoints("1-1.3", "3");
        assertEquals(List.of("1.3"), only().unconfigured());
        CheckResult<Void> found = check(only(), 4);

        assertEquals(Status.FAIL, found.status());
        assertEquals(Optional.of(Reason.PORT_MISSING), found.reason());
        assertTrue(found.message().contains("the device at port 1.3, bay 3;"), found.message());
        assertTrue(found.message().contains("error -12"), found.message());
    }

    @Test
    void boardsOfAnotherControllerDoNotCount() throws Exception {
        usb.controller("pci0000:00/0000:00:1c.4/0000:02:00.0", 0x1b21, 3, 4);
        usb.dk("3-1", "1");
        List<UsbController> controllers = UsbController.list(directory.resolve("sys"));

        assertEquals(
                List.of("0000:00:14.0", "0000:02:00.0"),
                controllers.stream().map(UsbController::name).toList());
        assertEquals(14, controllers.get(1).endpoints());
        CheckResult<Void> found = check(controllers.get(1), 14);
        assertEquals("14 endpoints in 1 devices.", found.message(), "how many another maker's has is not known");
    }

    @Test
    void withoutSysThereIsNoController() {
        assertEquals(List.of(), UsbController.list(directory.resolve("nowhere")));
    }
}
