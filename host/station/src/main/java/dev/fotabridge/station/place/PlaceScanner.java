package dev.fotabridge.station.place;

import dev.fotabridge.host.api.PortReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** Looks at this computer's ports. Opens none. Any thread may call; each call blocks for some file reads. Tested by PlaceScannerIT. */
public final class PlaceScanner {
    private final List<BayPlace> bays;
    private final Supplier<List<PortReport>> ports;

    /**
     * Makes a scanner.
     *
     * @param bays the map
     * @param ports all USB serial ports of this computer, such as {@code bays::ports} of the library
     */
    public PlaceScanner(List<BayPlace> bays, Supplier<List<PortReport>> ports) {
        this.bays = List.copyOf(bays);
        this.ports = ports;
    }

    /** {@return what is there now} */
    public PlaceScan scan() {
        return new PlaceScan(ports.get(), fixed());
    }

    private Map<Integer, PlaceDevice> fixed() {
        Map<Integer, PlaceDevice> devices = new HashMap<>();
        bays.stream()
                .filter(bay -> bay.kind() == BayPlace.Kind.PORT)
                .forEach(bay -> device(bay.address()).ifPresent(device -> devices.put(bay.bay(), device)));
        return devices;
    }

    /** {@return where each bay's place leads now, for {@link PlaceClash}; without those where nothing is} */
    public Map<Integer, PlaceDevice> devices() {
        Map<Integer, PlaceDevice> devices = fixed();
        List<PortReport> listed = ports.get();
        bays.stream()
                .filter(bay -> bay.kind() == BayPlace.Kind.USB)
                .forEach(bay -> listed.stream()
                        .filter(port -> port.boardConsole() && port.usbPath().equals(bay.address()))
                        .findFirst()
                        .flatMap(port -> device(port.path()))
                        .ifPresent(device -> devices.put(bay.bay(), device)));
        return devices;
    }

    private static Optional<PlaceDevice> device(String path) {
        try {
            Path real = Path.of(path).toRealPath();
            return Optional.of(new PlaceDevice(real.toString(), number(real)));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static long number(Path real) {
        try {
            return (long) Files.getAttribute(real, "unix:rdev");
        } catch (IOException | UnsupportedOperationException | IllegalArgumentException e) {
            return 0;
        }
    }
}
