package dev.fotabridge.station.place;

import dev.fotabridge.host.api.PortReport;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.TreeSet;

/**
 * Tells which board stands where. A bay with a USB place has a board as long as a board's console is plugged in there. It is the same
 * board until the device is gone for 1 s or another serial number is there; its port may have another number then. A bay with a fixed
 * port has a board as long as one answers, and for 5 s more; during a run the run itself notices that nobody answers. A fixed port whose
 * device is gone for 1 s has no board, also during a run. No clock, thread or I/O: scans, answers and times come in, events go out. For one
 * thread.
 */
public final class PlaceWatch {
    /** A DK that is reset by its debugger, or a hub that loses its supply for a moment, is back sooner. */
    static final long GONE_NANOS = 1_000_000_000L;

    /** A board answers HELLO within 1 s at the right rate; two rates are tried. */
    static final long SILENT_NANOS = 5_000_000_000L;

    private final Map<Integer, Place> places = new LinkedHashMap<>();
    private final Queue<PlaceEvent> events = new ArrayDeque<>();
    private Set<String> shared = Set.of();
    private List<UnmappedPort> unmapped = List.of();

    /** @param bays the map */
    public PlaceWatch(List<BayPlace> bays) {
        bays.forEach(bay -> places.put(bay.bay(), new Place(bay)));
    }

    /** What is known of one bay. */
    private static final class Place {
        private final BayPlace bay;
        private boolean present;
        private String port = "";
        private String probe = "";
        private Optional<Long> goneSince = Optional.empty();
        private long heardAt;
        private boolean running;

        Place(BayPlace bay) {
            this.bay = bay;
        }

        boolean isUsb() {
            return bay.kind() == BayPlace.Kind.USB;
        }
    }

    /**
     * Takes a look at the ports.
     *
     * @param scan what it shows
     * @param now monotonic time in nanoseconds
     */
    public void scan(PlaceScan scan, long now) {
        for (Place place : places.values()) {
            if (place.isUsb()) {
                usb(place, consoleAt(place.bay.address(), scan), now);
            } else {
                fixed(place, listed(place, scan), now);
                device(place, scan.devices().containsKey(place.bay.bay()), now);
            }
        }
        share(scan);
        unmapped = unmapped(scan);
    }

    /**
     * A board has answered at a bay. Of a USB place that says nothing new.
     *
     * @param bay which bay
     * @param now monotonic time in nanoseconds
     */
    public void answered(int bay, long now) {
        Place place = places.get(bay);
        place.heardAt = now;
        if (!place.isUsb() && !place.present) {
            come(place, place.bay.address(), place.probe);
        }
    }

    /**
     * A run has begun or ended at a bay.
     *
     * @param bay which bay
     * @param isRunning whether it has begun
     * @param now monotonic time in nanoseconds
     */
    public void running(int bay, boolean isRunning, long now) {
        Place place = places.get(bay);
        place.running = isRunning;
        place.heardAt = now;
    }

    /** {@return the next event; empty if there is none} */
    public Optional<PlaceEvent> poll() {
        return Optional.ofNullable(events.poll());
    }

    /** {@return serial numbers that several debuggers have} */
    public Set<String> sharedProbes() {
        return shared;
    }

    /** {@return serial number of the debugger of a bay's board; empty if it has none, if that is not known, or if no board is there} */
    public String probe(int bay) {
        Place place = places.get(bay);
        return place.present ? place.probe : "";
    }

    /** {@return ports that stand at no bay, and are not touched; of the last scan} */
    public List<UnmappedPort> unmapped() {
        return unmapped;
    }

    private void usb(Place place, Optional<PortReport> found, long now) {
        if (found.isEmpty()) {
            if (place.present) {
                missing(place, now);
            }
            return;
        }
        PortReport there = found.get();
        place.goneSince = Optional.empty();
        if (place.present && !place.probe.equals(there.serialNumber())) {
            leave(
                    place,
                    "Another board is plugged in at " + place.bay.address() + ": " + name(there.serialNumber())
                            + " instead of " + name(place.probe) + ".");
        }
        if (!place.present) {
            come(place, there.path(), there.serialNumber());
        } else if (!place.port.equals(there.path())) {
            place.port = there.path();
            events.add(new PlaceEvent.Moved(place.bay.bay(), place.port));
        }
    }

    private void missing(Place place, long now) {
        long since = place.goneSince.orElse(now);
        place.goneSince = Optional.of(since);
        if (now - since >= GONE_NANOS) {
            leave(place, "The board is not plugged in at " + place.bay.address() + " any more.");
        }
    }

    private static String name(String probe) {
        return probe.isEmpty() ? "one without a serial number" : probe;
    }

    /** Which board stands at a fixed port is known only if the port is in the list of USB ports. */
    private void fixed(Place place, Optional<PortReport> listed, long now) {
        String probe = listed.map(PortReport::serialNumber).orElse("");
        if (place.present && !probe.isEmpty() && !place.probe.isEmpty() && !probe.equals(place.probe)) {
            leave(
                    place,
                    "Another board is plugged in at " + place.bay.address() + ": " + probe + " instead of "
                            + place.probe + ".");
        } else if (place.present && !place.running && now - place.heardAt >= SILENT_NANOS) {
            leave(place, "The board at " + place.bay.address() + " has not answered for 5 s.");
        }
        place.probe = !probe.isEmpty() || !place.present ? probe : place.probe;
    }

    private void device(Place place, boolean isThere, long now) {
        if (isThere) {
            place.goneSince = Optional.empty();
        } else if (place.present) {
            missing(place, now);
        }
    }

    private void come(Place place, String port, String probe) {
        place.present = true;
        place.port = port;
        place.probe = probe;
        events.add(new PlaceEvent.Came(place.bay.bay(), port, probe));
    }

    private void leave(Place place, String why) {
        place.present = false;
        place.goneSince = Optional.empty();
        events.add(new PlaceEvent.Left(place.bay.bay(), why));
    }

    private static Optional<PortReport> consoleAt(String usbPath, PlaceScan scan) {
        return scan.ports().stream()
                .filter(PortReport::boardConsole)
                .filter(port -> port.usbPath().equals(usbPath))
                .min(Comparator.comparing(PortReport::path));
    }

    private static Optional<PortReport> listed(Place place, PlaceScan scan) {
        PlaceDevice device = scan.devices().get(place.bay.bay());
        return scan.ports().stream()
                .filter(port -> port.path().equals(place.bay.address())
                        || device != null && port.path().equals(device.path()))
                .findFirst();
    }

    private void share(PlaceScan scan) {
        Set<String> once = new HashSet<>();
        Set<String> twice = new TreeSet<>();
        scan.ports().stream()
                .filter(PortReport::boardConsole)
                .map(PortReport::serialNumber)
                .filter(serial -> !serial.isEmpty() && !once.add(serial))
                .forEach(twice::add);
        if (!twice.equals(shared)) {
            shared = Set.copyOf(twice);
            events.add(new PlaceEvent.ProbesShared(shared));
        }
    }

    private List<UnmappedPort> unmapped(PlaceScan scan) {
        List<PortReport> rest = new ArrayList<>(scan.ports());
        for (Place place : places.values()) {
            if (place.isUsb()) {
                rest.removeIf(port -> port.usbPath().equals(place.bay.address()));
            } else {
                listed(place, scan).ifPresent(rest::remove);
            }
        }
        return rest.stream().map(UnmappedPort::of).toList();
    }
}
