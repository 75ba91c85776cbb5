package dev.fotabridge.host.doctor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.fotabridge.host.api.FotaException;
import dev.fotabridge.host.api.PortReport;
import dev.fotabridge.host.api.Reason;
import dev.fotabridge.host.doctor.Finding.Status;
import dev.fotabridge.station.place.BayPlace;
import dev.fotabridge.station.place.PlaceDevice;
import dev.fotabridge.station.place.PlaceScan;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class PlacesCheckTest {
    private static final BayPlace USB = new BayPlace(1, BayPlace.Kind.USB, "pci-1-usb-0:1", "", 4);
    private static final BayPlace LINK = new BayPlace(2, BayPlace.Kind.PORT, "/dev/serial/by-path/x", "", 5);

    private static PortReport console(String path, String usbPath, PortReport.State state) {
        String why = state == PortReport.State.FREE ? "" : "in use by minicom (process 7)";
        return new PortReport(path, "9", 0, "", usbPath, true, state, why);
    }

    private static CheckResult<Void> check(List<BayPlace> bays, Map<Integer, PlaceDevice> devices, PortReport... ports)
            throws FotaException {
        return new PlacesCheck(bays, new PlaceScan(List.of(ports), Map.of()), devices).run();
    }

    @Test
    void placesOfTheirOwnAreWell() throws Exception {
        CheckResult<Void> found = check(
                List.of(USB, LINK),
                Map.of(1, new PlaceDevice("/dev/ttyACM0", 1)),
                console("/dev/ttyACM0", "pci-1-usb-0:1", PortReport.State.FREE));
        assertEquals(Status.OK, found.status());
        assertEquals("1 of 2 bays have a port now.", found.message());
    }

    @Test
    void twoBaysAtOneDeviceAreWrong() throws Exception {
        CheckResult<Void> found = check(
                List.of(USB, LINK),
                Map.of(1, new PlaceDevice("/dev/ttyACM0", 1), 2, new PlaceDevice("/dev/ttyACM0", 1)));
        assertEquals(Status.FAIL, found.status());
        assertEquals(Reason.CONFIGURATION, found.reason().orElseThrow());
    }

    @Test
    void aPortThatCannotBeOpenedIsNamedWithItsBay() {
        FotaException busy = assertThrows(
                FotaException.class,
                () -> check(
                        List.of(USB, LINK),
                        Map.of(2, new PlaceDevice("/dev/ttyUSB3", 1)),
                        console("/dev/ttyUSB3", "", PortReport.State.BUSY)));
        assertEquals(Reason.PORT_BUSY, busy.reason());
        assertEquals(
                "The port /dev/ttyUSB3 of bay 2 cannot be opened: in use by minicom (process 7).", busy.getMessage());
        assertEquals(
                Reason.PORT_FORBIDDEN,
                assertThrows(
                                FotaException.class,
                                () -> check(
                                        List.of(USB),
                                        Map.of(),
                                        console("/dev/ttyACM0", "pci-1-usb-0:1", PortReport.State.FORBIDDEN)))
                        .reason());
    }

    @Test
    void whatStandsAtNoBayIsNobodysBusiness() throws Exception {
        CheckResult<Void> found =
                check(List.of(USB), Map.of(), console("/dev/ttyACM0", "pci-1-usb-0:2", PortReport.State.BUSY));
        assertEquals(Status.WARN, found.status());
        assertEquals(
                "A board stands at no bay: /dev/ttyACM0. No bay stands at pci-1-usb-0:2; 'station learn' adds one.",
                found.message());
    }

    @Test
    void aPortByItsNumberIsWarnedOf() throws Exception {
        BayPlace numbered = new BayPlace(3, BayPlace.Kind.PORT, "/dev/ttyACM12", "", 6);
        assertEquals(Status.WARN, check(List.of(numbered), Map.of()).status());
        assertEquals(Status.OK, check(List.of(LINK), Map.of()).status());
    }
}
