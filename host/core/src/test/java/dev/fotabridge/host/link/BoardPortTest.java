package dev.fotabridge.host.link;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fotabridge.host.api.FotaException;
import dev.fotabridge.host.api.Reason;
import dev.fotabridge.host.link.BoardPort.Place;
import dev.fotabridge.host.value.BoardProfile;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class BoardPortTest {
    private List<PortInfo> plugged =
            List.of(port("/dev/ttyACM0", "960148546", 0), port("/dev/ttyACM1", "960148546", 2));

    private static PortInfo port(String path, String serial, int usbInterface) {
        return port(path, serial, usbInterface, "");
    }

    private static PortInfo port(String path, String serial, int usbInterface, String usbPath) {
        int vendor = BoardProfile.NRF9160_DK.usbVendor();
        return new PortInfo(path, serial, usbInterface, vendor, "J-Link", usbPath, PortInfo.State.FREE, "");
    }

    @Test
    void followsItsBoardToAnotherPath() throws Exception {
        BoardPort chosen = BoardPort.choose(() -> plugged, Optional.empty());
        assertEquals("/dev/ttyACM0", chosen.path());
        plugged = List.of();
        assertEquals(new Place("/dev/ttyACM0", ""), chosen.now(), "unplugged");
        plugged = List.of(
                port("/dev/ttyACM0", "960083744", 0),
                port("/dev/ttyACM2", "960148546", 2),
                port("/dev/ttyACM3", "960148546", 0));
        assertEquals(new Place("/dev/ttyACM3", "960148546"), chosen.now());
    }

    @Test
    void anotherBoardAtItsOldPlaceIsNotTakenForIt() throws Exception {
        BoardPort chosen = BoardPort.choose(() -> plugged, Optional.empty());
        plugged = List.of(port("/dev/ttyACM0", "960083744", 0));

        FotaException gone = assertThrows(FotaException.class, chosen::now);
        assertEquals(Reason.PORT_MISSING, gone.reason());
        assertTrue(gone.getMessage().contains("960148546") && gone.getMessage().contains("960083744"));
    }

    @Test
    void staysWhereTheUserSaysAndKnowsWhoseDebuggerIsThere() throws Exception {
        assertEquals(
                new Place("/tmp/dk", ""), BoardPort.at("/tmp/dk", () -> plugged).now());
        BoardPort named = BoardPort.at("/dev/ttyACM0", () -> plugged);
        assertEquals(new Place("/dev/ttyACM0", "960148546"), named.now());
        plugged = List.of(port("/dev/ttyACM0", "960083744", 0));
        assertEquals(new Place("/dev/ttyACM0", "960083744"), named.now());
    }

    @Test
    void whateverBoardStandsAtAUsbPlaceIsMeant() throws Exception {
        plugged = List.of();
        BoardPort place = BoardPort.at("usb:pci-1-usb-0:3.1", () -> plugged);
        FotaException empty = assertThrows(FotaException.class, place::now);
        assertEquals(Reason.PORT_MISSING, empty.reason());
        assertTrue(empty.getMessage().contains("pci-1-usb-0:3.1"));

        plugged = List.of(
                port("/dev/ttyACM0", "1", 0, "pci-1-usb-0:3.2"), port("/dev/ttyACM4", "2", 0, "pci-1-usb-0:3.1"));
        assertEquals(new Place("/dev/ttyACM4", "2"), place.now());
        plugged = List.of(
                port("/dev/ttyACM7", "2", 2, "pci-1-usb-0:3.1"), port("/dev/ttyACM6", "3", 0, "pci-1-usb-0:3.1"));
        assertEquals(new Place("/dev/ttyACM6", "3"), place.now(), "under another number, another board, its console");
    }

    @Test
    void choosesNothingBlindly() {
        plugged = List.of(port("/dev/ttyACM0", "1", 0), port("/dev/ttyACM3", "2", 0));
        FotaException several =
                assertThrows(FotaException.class, () -> BoardPort.choose(() -> plugged, Optional.empty()));
        assertEquals(Reason.SEVERAL_BOARDS, several.reason());
    }
}
