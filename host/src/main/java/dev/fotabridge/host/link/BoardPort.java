package dev.fotabridge.host.link;

import dev.fotabridge.host.outcome.FotaException;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The port of one board for as long as a command works on it. A board that is unplugged and plugged in again may come
 * back under another path, so a board that was chosen from the list is kept by its serial number. Thread-safe if the list
 * is.
 */
public final class BoardPort {
    private final Supplier<List<PortInfo>> list;
    private final Optional<String> serialNumber;
    private final String path;

    private BoardPort(Supplier<List<PortInfo>> list, Optional<String> serialNumber, String path) {
        this.list = list;
        this.serialNumber = serialNumber;
        this.path = path;
    }

    /** The port of this path and no other. */
    public static BoardPort at(String path) {
        return new BoardPort(List::of, Optional.empty(), path);
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

    /** Where it was when it was chosen. */
    public String path() {
        return path;
    }

    /** Of the board's debugger, if it was chosen from the list and has one. */
    public Optional<String> serialNumber() {
        return serialNumber;
    }

    /** Where it is now; the old place while it is nowhere. */
    public String pathNow() {
        return list.get().stream()
                .filter(PortInfo::isBoardConsole)
                .filter(port -> serialNumber.filter(port.serialNumber()::equals).isPresent())
                .map(PortInfo::path)
                .findFirst()
                .orElse(path);
    }
}
