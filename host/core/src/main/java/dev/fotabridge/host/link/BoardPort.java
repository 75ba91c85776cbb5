package dev.fotabridge.host.link;

import dev.fotabridge.host.api.FotaException;
import dev.fotabridge.host.api.Reason;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The port of one board for as long as a command works on it. A board that is unplugged and plugged in again may come
 * back under another path, so a board that was chosen from the list is kept by its serial number. A port may also be named by the
 * socket into which a board is plugged; then any board there is meant, under any path. Thread-safe if the list is.
 */
public final class BoardPort {
    /**
     * Where a board can be reached now.
     *
     * @param probe serial number of the DK's debugger there, empty if it is none or not known
     */
    public record Place(String path, String probe) {}

    private final Supplier<List<PortInfo>> list;
    private final Optional<String> serialNumber;
    private final String path;

    private BoardPort(Supplier<List<PortInfo>> list, Optional<String> serialNumber, String path) {
        this.list = list;
        this.serialNumber = serialNumber;
        this.path = path;
    }

    /** What a port's name begins with that is the place of a USB device, {@link PortInfo#usbPath}. */
    public static final String USB = "usb:";

    /** The port of this path and no other, or of the console at this place; the list only says whose it is. */
    public static BoardPort at(String path, Supplier<List<PortInfo>> list) {
        return new BoardPort(list, Optional.empty(), path);
    }

    /**
     * Chooses from the list as {@link PortChoice} does.
     *
     * @throws FotaException NO_BOARD or SEVERAL_BOARDS
     */
    public static BoardPort choose(Supplier<List<PortInfo>> list, Optional<String> serialNumber) throws FotaException {
        List<PortInfo> ports = list.get();
        String path = PortChoice.choose(ports, serialNumber);
        Optional<String> chosen = ports.stream()
                .filter(port -> port.path().equals(path))
                .map(PortInfo::serialNumber)
                .filter(serial -> !serial.isEmpty())
                .findFirst();
        return new BoardPort(list, chosen, path);
    }

    /** Where it was when it was chosen, or the name of its place. */
    public String path() {
        return path;
    }

    /**
     * Where it is now; its old place while it is nowhere. Blocks for some file reads.
     *
     * @throws FotaException PORT_MISSING if a board with another serial number is at its old place, or if nothing is plugged in at the
     *     USB place that names it
     */
    public Place now() throws FotaException {
        List<PortInfo> consoles =
                list.get().stream().filter(PortInfo::isBoardConsole).toList();
        if (path.startsWith(USB)) {
            return pluggedIn(consoles, path.substring(USB.length()));
        }
        Optional<PortInfo> own = consoles.stream()
                .filter(port -> serialNumber.filter(port.serialNumber()::equals).isPresent())
                .findFirst();
        if (own.isPresent()) {
            return new Place(own.get().path(), own.get().serialNumber());
        }
        String there = consoles.stream()
                .filter(port -> isSame(port.path(), path))
                .map(PortInfo::serialNumber)
                .findFirst()
                .orElse("");
        if (serialNumber.isPresent() && !there.isEmpty()) {
            throw new FotaException(
                    Reason.PORT_MISSING,
                    "The board " + serialNumber.get() + " is not plugged in any more; at " + path + " is the board "
                            + there + " now.");
        }
        return new Place(path, there);
    }

    private static Place pluggedIn(List<PortInfo> consoles, String usbPath) throws FotaException {
        return consoles.stream()
                .filter(port -> port.usbPath().equals(usbPath))
                .map(port -> new Place(port.path(), port.serialNumber()))
                .findFirst()
                .orElseThrow(() -> new FotaException(
                        Reason.PORT_MISSING, "No board is plugged in at the USB place " + usbPath + "."));
    }

    /** A link to a port is that port. */
    private static boolean isSame(String listed, String path) {
        try {
            return Path.of(path).toRealPath().equals(Path.of(listed).toRealPath());
        } catch (IOException e) {
            return path.equals(listed);
        }
    }
}
