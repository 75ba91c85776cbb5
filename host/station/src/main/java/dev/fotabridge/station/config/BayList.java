package dev.fotabridge.station.config;

import dev.fotabridge.host.api.FotaException;
import dev.fotabridge.station.place.BayPlace;
import dev.fotabridge.station.yaml.YamlNode;
import dev.fotabridge.station.yaml.YamlSection;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads {@code bays}: no bay twice, and no place twice. Tested by StationFileTest. */
final class BayList {
    private static final int MOST_BAYS = 256;
    private static final int HIGHEST_NUMBER = 9_999;

    /** udev's ID_PATH of a USB device: what the controller is, the bus, the ports from the root hub on. */
    private static final Pattern USB = Pattern.compile("(?:[a-zA-Z0-9.:_@,+]+-)+usb-[0-9]+:[0-9]+(?:\\.[0-9]+)*");

    private static final Pattern WITH_INTERFACE = Pattern.compile(".*usb-[0-9]+:[0-9.]+:[0-9]+\\.[0-9]+");

    private final Path directory;
    private final List<BayPlace> bays = new ArrayList<>();

    private BayList(Path directory) {
        this.directory = directory;
    }

    /** @param directory to which a relative path of a port is relative */
    static List<BayPlace> of(YamlSection station, Path directory) throws FotaException {
        station.require("bays");
        BayList list = new BayList(directory);
        for (YamlNode node : station.list("bays", MOST_BAYS)) {
            list.add(YamlSection.of(node, "a bay", List.of("bay", "usb", "port", "fixture")), node.line());
        }
        return list.bays;
    }

    private void add(YamlSection bay, int line) throws FotaException {
        int number = bay.require("bay", bay.number("bay", 1, HIGHEST_NUMBER));
        Optional<String> usb = bay.text("usb");
        Optional<String> port = bay.text("port");
        if (usb.isPresent() == port.isPresent()) {
            throw bay.wrong(
                    "bay",
                    "has " + (usb.isPresent() ? "both 'usb' and 'port'" : "neither 'usb' nor 'port'")
                            + ": a bay is one place");
        }
        BayPlace.Kind kind = usb.isPresent() ? BayPlace.Kind.USB : BayPlace.Kind.PORT;
        String address = usb.isPresent() ? usb(bay, usb.get()) : port(bay, port.get());
        add(bay, new BayPlace(number, kind, address, bay.text("fixture").orElse(""), line));
    }

    private void add(YamlSection section, BayPlace place) throws FotaException {
        for (BayPlace before : bays) {
            if (before.bay() == place.bay()) {
                throw section.wrong("bay", "is bay " + place.bay() + " again, which stands in line " + before.line());
            } else if (before.port().equals(place.port())) {
                String key = place.kind() == BayPlace.Kind.USB ? "usb" : "port";
                throw section.wrong(key, "is the place of " + before + ", too: two bays cannot stand at one place");
            }
        }
        bays.add(place);
    }

    private static String usb(YamlSection bay, String text) throws FotaException {
        if (WITH_INTERFACE.matcher(text).matches()) {
            throw bay.wrong("usb", "names an interface: leave out what is behind the last ':'");
        } else if (!USB.matcher(text).matches()) {
            throw bay.wrong(
                    "usb",
                    "is no USB place, which looks like pci-0000:00:14.0-usb-0:3.1; 'station learn' and 'port list' show them");
        }
        return text;
    }

    private String port(YamlSection bay, String text) throws FotaException {
        if (text.startsWith("usb:")) {
            throw bay.wrong("port", "begins with 'usb:': write the rest behind 'usb'");
        }
        try {
            return directory.resolve(text).normalize().toString();
        } catch (InvalidPathException e) {
            throw bay.wrong("port", "cannot be a path here (" + e.getReason() + ")");
        }
    }
}
