package dev.fotabridge.host.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fotabridge.host.link.PortInfo;
import dev.fotabridge.host.value.BoardProfile;
import org.junit.jupiter.api.Test;

/** What {@code port list} prints of one port. */
final class PortCommandTest {
    private static final BoardProfile DK = BoardProfile.NRF9160_DK;

    @Test
    void theConsoleOfADkIsMarked() {
        PortInfo console = new PortInfo(
                "/dev/ttyACM0",
                "960012345",
                DK.consoleInterface(),
                DK.usbVendor(),
                "J-Link",
                "pci-0000:00:14.0-usb-0:3.1",
                PortInfo.State.BUSY,
                "cat (7) has it open");
        assertEquals(
                "/dev/ttyACM0     960012345      if0" + DK.consoleInterface()
                        + "  BUSY      J-Link  nRF9160 console at pci-0000:00:14.0-usb-0:3.1  (cat (7) has it open)",
                PortCommand.ListCommand.line(console));
    }

    @Test
    void whatIsNotKnownIsADash() {
        PortInfo other = new PortInfo("/dev/ttyUSB0", "", -1, -1, "", "", PortInfo.State.FREE, "");
        String line = PortCommand.ListCommand.line(other);
        assertTrue(line.matches("/dev/ttyUSB0 +- +- +FREE *"), line);
        assertFalse(line.contains("console"), line);
    }
}
