package dev.fotabridge.station.place;

import dev.fotabridge.host.api.PortReport;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Learns the map while somebody plugs a board into one bay after the other: the place that has a board now and had none at the last look
 * is the next bay. Pure: looks at the ports come in, events go out. For one thread.
 * Tested by LearnedMapTest.
 */
public final class LearnedMap {
    private final Map<String, BayPlace> known = new TreeMap<>();
    private final Queue<Event> events = new ArrayDeque<>();
    private int next;
    private Optional<Set<String>> before = Optional.empty();

    /** What a look at the ports means for the map. */
    public sealed interface Event {
        /**
         * A place has become a bay.
         *
         * @param place the bay
         * @param probe serial number of the board that was plugged in
         */
        record Learned(BayPlace place, String probe) implements Event {}

        /**
         * A board was plugged in where a bay is already.
         *
         * @param place the bay
         */
        record Known(BayPlace place) implements Event {}

        /**
         * Boards that were plugged in before the first look, at places that are no bays.
         *
         * @param usbPaths their places
         */
        record Before(List<String> usbPaths) implements Event {}

        /**
         * Several boards were plugged in at once: nobody can tell which is the next bay.
         *
         * @param usbPaths their places
         */
        record Several(List<String> usbPaths) implements Event {}

        /**
         * A board's place cannot be told: this system has neither udev nor /sys.
         *
         * @param port path of its port
         */
        record NoPlace(String port) implements Event {}
    }

    /**
     * Makes a map.
     *
     * @param bays those that are known already
     * @param first number of the next bay; those that are taken are left out
     */
    public LearnedMap(List<BayPlace> bays, int first) {
        bays.forEach(bay -> known.put(bay.port(), bay));
        next = first;
    }

    /** {@return the first number behind all of these bays} */
    public static int numberBehind(List<BayPlace> bays) {
        return bays.stream().mapToInt(BayPlace::bay).max().orElse(0) + 1;
    }

    /** Takes a look at the ports. */
    public void look(List<PortReport> ports) {
        Map<String, PortReport> now = new TreeMap<>(Comparator.naturalOrder());
        ports.stream().filter(PortReport::boardConsole).forEach(port -> now.putIfAbsent(key(port), port));
        if (before.isEmpty()) {
            List<String> already = unknown(now.values());
            if (!already.isEmpty()) {
                events.add(new Event.Before(already));
            }
        } else {
            plugged(now.entrySet().stream()
                    .filter(entry -> !before.get().contains(entry.getKey()))
                    .map(Map.Entry::getValue)
                    .toList());
        }
        before = Optional.of(new TreeSet<>(now.keySet()));
    }

    private static String key(PortReport port) {
        return port.usbPath().isEmpty() ? port.path() : port.usbPath();
    }

    private List<String> unknown(Iterable<PortReport> ports) {
        List<String> unknown = new ArrayList<>();
        for (PortReport port : ports) {
            if (!port.usbPath().isEmpty() && !known.containsKey(name(port))) {
                unknown.add(port.usbPath());
            }
        }
        return unknown;
    }

    private static String name(PortReport port) {
        return "usb:" + port.usbPath();
    }

    private void plugged(List<PortReport> fresh) {
        List<String> unknown = unknown(fresh);
        for (PortReport port : fresh) {
            if (port.usbPath().isEmpty()) {
                events.add(new Event.NoPlace(port.path()));
            } else if (known.containsKey(name(port))) {
                events.add(new Event.Known(known.get(name(port))));
            } else if (unknown.size() == 1) {
                learn(port);
            }
        }
        if (unknown.size() > 1) {
            events.add(new Event.Several(unknown));
        }
    }

    private void learn(PortReport port) {
        while (known.values().stream().anyMatch(bay -> bay.bay() == next)) {
            next++;
        }
        BayPlace place = new BayPlace(next, BayPlace.Kind.USB, port.usbPath(), "", 0);
        known.put(place.port(), place);
        events.add(new Event.Learned(place, port.serialNumber()));
    }

    /** {@return the next event; empty if there is none} */
    public Optional<Event> poll() {
        return Optional.ofNullable(events.poll());
    }
}
