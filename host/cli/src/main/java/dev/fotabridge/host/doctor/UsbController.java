package dev.fotabridge.host.doctor;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A USB controller, and what hangs on it. Its own root hubs take none of its endpoints.
 * Tested by UsbEndpointsCheckIT.
 *
 * @param name of its directory in /sys, such as 0000:00:14.0
 * @param intel whether Intel made it
 * @param devices hubs and other devices
 * @param endpoints of all of them, with the one that every device has
 * @param unconfigured devices to which the kernel could give no configuration, by their ports, such as 3.1
 */
record UsbController(String name, boolean intel, int devices, int endpoints, List<String> unconfigured) {
    private static final String INTEL = "0x8086";

    /** {@return the controllers that have a device; empty where there is no /sys} */
    static List<UsbController> list(Path sys) {
        Map<Path, List<Path>> devices = new TreeMap<>();
        for (Path link : children(sys.resolve("bus/usb/devices"), "*-*")) {
            if (!link.getFileName().toString().contains(":")) {
                real(link)
                        .forEach(device -> devices.computeIfAbsent(controller(device), key -> new ArrayList<>())
                                .add(device));
            }
        }
        return devices.entrySet().stream()
                .map(entry -> of(entry.getKey(), entry.getValue()))
                .toList();
    }

    private static UsbController of(Path controller, List<Path> devices) {
        return new UsbController(
                controller.getFileName().toString(),
                text(controller.resolve("vendor")).equals(INTEL),
                devices.size(),
                devices.stream().mapToInt(UsbController::endpoints).sum(),
                devices.stream()
                        .filter(device ->
                                text(device.resolve("bConfigurationValue")).isEmpty())
                        .map(device -> device.getFileName().toString().replaceFirst("^[0-9]+-", ""))
                        .sorted()
                        .toList());
    }

    /** The directory above that of the root hub. */
    private static Path controller(Path device) {
        Path at = device;
        while (at.getParent() != null && !at.getFileName().toString().matches("usb[0-9]+")) {
            at = at.getParent();
        }
        return at.getParent() == null ? device.getParent() : at.getParent();
    }

    private static int endpoints(Path device) {
        int count = children(device, "ep_*").size();
        for (Path usbInterface : children(device, "*:*")) {
            count += children(usbInterface, "ep_*").size();
        }
        return count;
    }

    private static List<Path> children(Path directory, String glob) {
        List<Path> children = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory, glob)) {
            entries.forEach(children::add);
        } catch (IOException | DirectoryIteratorException e) {
            // No /sys, or a device that has just gone.
            return List.of();
        }
        return children;
    }

    private static List<Path> real(Path link) {
        try {
            return List.of(link.toRealPath());
        } catch (IOException e) {
            return List.of();
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file).strip();
        } catch (IOException e) {
            return "";
        }
    }
}
