package dev.fotabridge.host.link.serial;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fotabridge.host.api.FotaException;
import dev.fotabridge.host.api.Reason;
import dev.fotabridge.host.link.PortChoice;
import dev.fotabridge.host.link.PortInfo;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Ports as Linux's /sys shows them: a DK has three, of which USB interface 0 is the nRF9160's. */
@Tag("real")
final class PortListIT {
    @TempDir
    Path directory;

    private void plug(String tty, String serial, int usbInterface) throws IOException {
        Path device = Files.createDirectories(directory.resolve("usb").resolve(serial));
        Files.writeString(device.resolve("idVendor"), "1366\n");
        Files.writeString(device.resolve("serial"), serial + "\n");
        Files.writeString(device.resolve("product"), "J-Link\n");
        Path face = Files.createDirectories(device.resolve("1-1:1." + usbInterface));
        Files.writeString(face.resolve("bInterfaceNumber"), String.format("%02x\n", usbInterface));
        Path entry = Files.createDirectories(directory.resolve("sys/class/tty").resolve(tty));
        Files.createSymbolicLink(entry.resolve("device"), face);
        Files.createDirectories(directory.resolve("dev"));
        Files.writeString(directory.resolve("dev").resolve(tty), "");
    }

    private List<PortInfo> list() {
        return new PortList(directory.resolve("sys"), directory.resolve("dev"), directory.resolve("run/udev")).list();
    }

    @Test
    void theConsoleIsChosenByInterfaceNotByNumber() throws Exception {
        plug("ttyACM0", "000960148546", 2);
        plug("ttyACM1", "000960148546", 0);

        assertEquals(2, list().size());
        assertEquals("960148546", list().get(0).serialNumber());
        assertTrue(PortChoice.choose(list(), Optional.empty()).endsWith("ttyACM1"));
    }

    @Test
    void portsStandInTheOrderOfTheirNumbers() throws Exception {
        for (String tty : List.of("ttyACM10", "ttyUSB1", "ttyACM2", "ttyACM1")) {
            plug(tty, "000960148546", 0);
        }
        assertEquals(
                List.of("ttyACM1", "ttyACM2", "ttyACM10", "ttyUSB1"),
                list().stream()
                        .map(port -> Path.of(port.path()).getFileName().toString())
                        .toList());
    }

    @Test
    void oneOfSeveralBoardsIsChosenByItsSerialNumber() throws Exception {
        plug("ttyACM0", "000960148546", 0);
        plug("ttyACM3", "000960083744", 0);

        FotaException several = assertThrows(FotaException.class, () -> PortChoice.choose(list(), Optional.empty()));
        assertEquals(Reason.SEVERAL_BOARDS, several.reason());
        assertTrue(several.getMessage().contains("960148546")
                && several.getMessage().contains("960083744"));
        assertTrue(PortChoice.choose(list(), Optional.of("000960083744")).endsWith("ttyACM3"));
        assertTrue(PortChoice.choose(list(), Optional.of("960148546")).endsWith("ttyACM0"));
        FotaException none = assertThrows(FotaException.class, () -> PortChoice.choose(list(), Optional.of("1")));
        assertEquals(Reason.NO_BOARD, none.reason());
    }

    @Test
    void withoutAnyPortThereIsNoBoard() throws Exception {
        Files.createDirectories(directory.resolve("sys/class/tty"));

        assertEquals(List.of(), list());
        assertEquals(
                Reason.NO_BOARD,
                assertThrows(FotaException.class, () -> PortChoice.choose(list(), Optional.empty()))
                        .reason());
    }

    @Test
    void aPortThatAnotherProcessHoldsIsBusyAndNamesIt() throws Exception {
        plug("ttyACM0", "000960148546", 0);
        Path device = directory.resolve("dev").resolve("ttyACM0").toRealPath();
        Process holder =
                new ProcessBuilder("sleep", "60").redirectInput(device.toFile()).start();
        try {
            PortInfo port = new PortList(directory.resolve("sys"), device.getParent(), directory.resolve("run/udev"))
                    .list()
                    .get(0);
            assertEquals(PortInfo.State.BUSY, port.state());
            assertEquals("in use by sleep (process " + holder.pid() + ")", port.why());
        } finally {
            holder.destroyForcibly();
        }
    }

    @Test
    void ourOwnUseIsNotSomebodyElses() throws Exception {
        plug("ttyACM0", "000960148546", 0);
        Path device = directory.resolve("dev").resolve("ttyACM0").toRealPath();
        try (RandomAccessFile file = new RandomAccessFile(device.toFile(), "r")) {
            assertTrue(file.length() == 0);
            assertEquals(PortInfo.State.FREE, list().get(0).state());
        }
    }

    @Test
    void whatIsPluggedInIsReadAnewAtEachListing() throws Exception {
        plug("ttyACM0", "000960148546", 0);
        PortList ports =
                new PortList(directory.resolve("sys"), directory.resolve("dev"), directory.resolve("run/udev"));
        assertEquals("960148546", ports.list().get(0).serialNumber());

        Files.writeString(directory.resolve("usb/000960148546/serial"), "000960083744\n");

        assertEquals("960083744", ports.list().get(0).serialNumber());
    }
}
