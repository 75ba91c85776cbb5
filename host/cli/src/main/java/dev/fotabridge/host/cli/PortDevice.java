package dev.fotabridge.host.cli;

import dev.fotabridge.host.api.PortReport;
import dev.fotabridge.host.link.BoardPort;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;

/** Tells whether two paths lead to one port. Tested by FlashBoardsIT. */
final class PortDevice {
    /** Kind of a file in a POSIX mode, and the kind of a character device. */
    private static final int KIND = 0170000;

    private static final int CHARACTER_DEVICE = 0020000;

    private PortDevice() {}

    /**
     * Returns a text that is equal for names of one port.
     *
     * @param port its path, or {@code usb:} and the place of a USB device
     * @param listed the ports of this computer
     */
    static String of(String port, List<PortReport> listed) {
        return listed.stream()
                .filter(at -> at.boardConsole() && port.equals(BoardPort.USB + at.usbPath()))
                .findFirst()
                .map(PortReport::path)
                .map(PortDevice::of)
                .orElseGet(() -> of(port));
    }

    /** Returns a text that is equal for paths of one port: its device number, else its real path, else the path itself. */
    static String of(String port) {
        try {
            Path path = Path.of(port).toRealPath();
            return deviceNumber(path) >= 0 ? "device " + deviceNumber(path) : path.toString();
        } catch (IOException e) {
            // It is not there; opening it will say so.
            return Path.of(port).toAbsolutePath().normalize().toString();
        } catch (InvalidPathException e) {
            return port;
        }
    }

    /** Returns the number of the device that a node leads to; -1 if it is none, or if the system does not tell. */
    private static long deviceNumber(Path path) throws IOException {
        try {
            int mode = (Integer) Files.getAttribute(path, "unix:mode");
            return (mode & KIND) == CHARACTER_DEVICE ? (Long) Files.getAttribute(path, "unix:rdev") : -1;
        } catch (UnsupportedOperationException | IllegalArgumentException e) {
            return -1;
        }
    }
}
