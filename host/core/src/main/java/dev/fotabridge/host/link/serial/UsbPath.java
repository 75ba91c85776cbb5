package dev.fotabridge.host.link.serial;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The place of a USB device: the socket into which it is plugged, whatever device that is. It is udev's ID_PATH without the
 * interface, such as {@code pci-0000:00:14.0-usb-0:3.1}. Where udev keeps no data it is made from /sys by udev's own rule
 * (systemd, udev-builtin-path_id.c). Tested by UsbPathIT.
 */
final class UsbPath {
    /** Bytes. A device's file of udev has about 2 000; keeps a hostile one out of memory. */
    private static final int MAX_BYTES = 65_536;

    private static final String ID_PATH = "E:ID_PATH=";
    private static final Pattern INTERFACE = Pattern.compile(":[0-9]+\\.[0-9]+$");
    private static final Pattern DEVICE_NUMBER = Pattern.compile("[0-9]{1,10}:[0-9]{1,10}");

    private UsbPath() {}

    /**
     * Returns the place of a device; empty if it cannot be told. Blocks for some file reads.
     *
     * @param udev udev's directory, as /run/udev
     * @param node directory of the tty in /sys/class/tty
     * @param usbDevice directory of the USB device in /sys
     */
    static Optional<String> of(Path udev, Path node, Path usbDevice) {
        return text(node.resolve("dev"))
                .filter(number -> DEVICE_NUMBER.matcher(number).matches())
                .flatMap(number -> text(udev.resolve("data").resolve("c" + number)))
                .flatMap(UsbPath::ofUdev)
                .or(() -> ofSysfs(usbDevice));
    }

    private static Optional<String> ofUdev(String data) {
        return data.lines()
                .filter(line -> line.startsWith(ID_PATH))
                .map(line -> line.substring(ID_PATH.length()).strip())
                .filter(path -> path.contains("usb-"))
                .map(path -> INTERFACE.matcher(path).replaceFirst(""))
                .findFirst();
    }

    /** The device's ports, from the controller's root hub on, and before them what the controller is. */
    private static Optional<String> ofSysfs(Path usbDevice) {
        String name = usbDevice.getFileName().toString();
        int bus = name.indexOf('-');
        if (bus < 0) {
            return Optional.empty();
        }
        String path = "usb-0:" + name.substring(bus + 1);
        String parents = parents(above(usbDevice, "usb"));
        return parents.isEmpty() ? Optional.empty() : Optional.of(parents + path);
    }

    /** Bridges of one kind between controller and processor count once, by the one that is nearest to the device. */
    private static String parents(Path start) {
        StringBuilder path = new StringBuilder();
        for (Path at = start; at != null; ) {
            String subsystem = subsystem(at);
            if (subsystem.equals("pci") || subsystem.equals("platform") || subsystem.equals("acpi")) {
                path.insert(0, subsystem + "-" + at.getFileName() + "-");
                at = above(at, subsystem);
            } else {
                at = at.getParent();
            }
        }
        return path.toString();
    }

    private static Path above(Path start, String subsystem) {
        Path at = start;
        while (at != null && subsystem(at).equals(subsystem)) {
            at = at.getParent();
        }
        return at;
    }

    private static String subsystem(Path directory) {
        try {
            return Files.readSymbolicLink(directory.resolve("subsystem"))
                    .getFileName()
                    .toString();
        } catch (IOException e) {
            return "";
        }
    }

    private static Optional<String> text(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            return Optional.of(new String(in.readNBytes(MAX_BYTES), StandardCharsets.UTF_8)
                    .strip()
                    .replaceAll("[\\p{C}&&[^\n]]", "?"));
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
