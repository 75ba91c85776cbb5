package dev.fotabridge.host.link.serial;

import dev.fotabridge.host.link.PortChoice;
import dev.fotabridge.host.link.PortInfo;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The serial ports of this computer, without opening one: a port that is opened for a look may be somebody's running test.
 * On Linux everything is read from /sys and /dev; elsewhere jSerialComm's list is asked, which knows less.
 */
public final class PortList {
    /** System property with another root than {@code /}: tests have a /sys and a /dev there whose ports lead to virtual boards. */
    static final String ROOT = "fota.devices";

    /** ttyACM2 stands before ttyACM10. */
    private static final Comparator<PortInfo> BY_NUMBER = Comparator.comparing(
                    (PortInfo port) -> port.path().replaceFirst("[0-9]+$", ""))
            .thenComparing(port -> port.path().length())
            .thenComparing(PortInfo::path);

    private static final String USB_PORTS = "tty{ACM,USB}[0-9]*";

    private final Path sys;
    private final Path dev;
    private final Path udev;

    /** Lists this computer's ports, or those below {@link #ROOT}. */
    public PortList() {
        this(root().resolve("sys"), root().resolve("dev"), root().resolve("run/udev"));
    }

    /** Returns the directory that has /sys and /dev: {@code /}, or what {@link #ROOT} names. */
    public static Path root() {
        return Path.of(System.getProperty(ROOT, "/"));
    }

    PortList(Path sys, Path dev, Path udev) {
        this.sys = sys;
        this.dev = dev;
        this.udev = udev;
    }

    /** All USB serial ports, by path. Blocks for some file reads. */
    public List<PortInfo> list() {
        Path classes = sys.resolve("class/tty");
        if (!Files.isDirectory(classes)) {
            return OtherSystems.list();
        }
        List<PortInfo> ports = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(classes, USB_PORTS)) {
            entries.forEach(entry -> ports.add(read(entry)));
        } catch (IOException | DirectoryIteratorException e) {
            return List.of();
        }
        ports.sort(BY_NUMBER);
        return List.copyOf(ports);
    }

    private PortInfo read(Path entry) {
        Path device = dev.resolve(entry.getFileName().toString());
        Optional<Path> usbInterface = upTo(entry.resolve("device"), "bInterfaceNumber");
        Optional<Path> usbDevice = usbInterface.flatMap(path -> upTo(path, "idVendor"));
        String serial = usbDevice.flatMap(d -> text(d, "serial")).orElse("");
        int number = usbInterface.flatMap(i -> hex(i, "bInterfaceNumber")).orElse(-1);
        int vendor = usbDevice.flatMap(d -> hex(d, "idVendor")).orElse(-1);
        String product = usbDevice.flatMap(d -> text(d, "product")).orElse("");
        String usbPath = usbDevice.flatMap(d -> UsbPath.of(udev, entry, d)).orElse("");
        String why = whyNot(device);
        return new PortInfo(
                device.toString(),
                PortChoice.withoutZeros(serial),
                number,
                vendor,
                product,
                usbPath,
                state(device, why),
                why);
    }

    /** The directory itself or the nearest one above it that has this file. */
    private static Optional<Path> upTo(Path start, String file) {
        try {
            for (Path at = start.toRealPath(); at != null; at = at.getParent()) {
                if (Files.exists(at.resolve(file))) {
                    return Optional.of(at);
                }
            }
        } catch (IOException e) {
            return Optional.empty();
        }
        return Optional.empty();
    }

    private static Optional<String> text(Path directory, String file) {
        try {
            return Optional.of(Files.readString(directory.resolve(file)).strip().replaceAll("\\p{C}", "?"));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static Optional<Integer> hex(Path directory, String file) {
        return text(directory, file).filter(t -> t.matches("[0-9a-fA-F]{1,4}")).map(t -> Integer.parseInt(t, 16));
    }

    private static String whyNot(Path device) {
        if (!Files.isReadable(device) || !Files.isWritable(device)) {
            return "no permission: " + owner(device);
        }
        return PortHolders.of(device).map(holder -> "in use by " + holder).orElse("");
    }

    private static String owner(Path device) {
        try {
            return "it belongs to group " + Files.getAttribute(device, "posix:group");
        } catch (IOException | UnsupportedOperationException e) {
            return "its owner is not known";
        }
    }

    private static PortInfo.State state(Path device, String why) {
        if (why.isEmpty()) {
            return PortInfo.State.FREE;
        }
        return Files.isReadable(device) && Files.isWritable(device) ? PortInfo.State.BUSY : PortInfo.State.FORBIDDEN;
    }

    /** macOS and Windows. */
    private static final class OtherSystems {
        static List<PortInfo> list() {
            NativeLibrary.require();
            List<PortInfo> ports = new ArrayList<>();
            for (var port : com.fazecast.jSerialComm.SerialPort.getCommPorts()) {
                String path = port.getSystemPortPath();
                if (!path.startsWith("/dev/tty.")) {
                    ports.add(info(path, port));
                }
            }
            return List.copyOf(ports);
        }

        private static PortInfo info(String path, com.fazecast.jSerialComm.SerialPort port) {
            String serial = port.getSerialNumber() == null ? "" : port.getSerialNumber();
            return new PortInfo(
                    path,
                    PortChoice.withoutZeros(serial),
                    interfaceOf(path, serial),
                    port.getVendorID(),
                    port.getPortDescription(),
                    "",
                    PortInfo.State.FREE,
                    "");
        }

        /** On macOS a DK's ports end in 1, 3 and 5 behind the serial number, for interfaces 0, 2 and 4. */
        private static int interfaceOf(String path, String serial) {
            int at = serial.isEmpty() ? -1 : path.indexOf(serial);
            String rest = at < 0 ? "" : path.substring(at + serial.length());
            return rest.matches("[135]") ? Integer.parseInt(rest) - 1 : -1;
        }
    }
}
