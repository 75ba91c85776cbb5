package dev.fotabridge.host.link.serial;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.fotabridge.fixtures.usb.UsbTree;
import dev.fotabridge.host.link.PortInfo;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A socket has one name, whichever board is plugged in there and whatever number its port has. */
@Tag("real")
final class UsbPathIT {
    private static final int INTEL = 0x8086;

    @TempDir
    Path directory;

    private static List<PortInfo> ports(UsbTree tree) {
        Path root = tree.root();
        return new PortList(root.resolve("sys"), root.resolve("dev"), root.resolve("run/udev")).list();
    }

    private static Set<String> places(UsbTree tree) {
        return ports(tree).stream().map(PortInfo::usbPath).collect(Collectors.toCollection(TreeSet::new));
    }

    @Test
    void udevsNameIsTakenWithoutTheInterface() throws Exception {
        UsbTree tree = UsbTree.in(directory).controller("pci0000:00/0000:00:14.0", INTEL, 1, 2);
        tree.hub("1-3").dk("1-3.1", "000960148546");

        assertEquals(3, ports(tree).size());
        assertEquals(Set.of("pci-0000:00:14.0-usb-0:3.1"), places(tree), "of all three ports");
    }

    /** Without udev's data the rule must give what udev would have written. */
    @Test
    void sysfsGivesTheSameNameAsUdev() throws Exception {
        UsbTree with = UsbTree.in(directory.resolve("with"));
        UsbTree without = UsbTree.withoutUdev(directory.resolve("without"));
        for (UsbTree tree : List.of(with, without)) {
            tree.controller("pci0000:00/0000:00:14.0", INTEL, 1, 2);
            tree.controller("pci0000:00/0000:00:1c.4/0000:02:00.0", 0x1b21, 3, 4);
            tree.hub("1-3").hub("1-3.4").dk("1-3.1", "1");
            tree.dk("1-3.4.2", "2");
            tree.dk("3-2", "3");
        }

        assertEquals(
                Set.of("pci-0000:00:14.0-usb-0:3.1", "pci-0000:00:14.0-usb-0:3.4.2", "pci-0000:02:00.0-usb-0:2"),
                places(with));
        assertEquals(places(with), places(without));
    }

    /** A Raspberry Pi 4: the controller's bridge is no PCI device. */
    @Test
    void aControllerBehindAPlatformDeviceIsNamedByBoth() throws Exception {
        UsbTree tree = UsbTree.withoutUdev(directory);
        tree.controller("platform/scb/fd500000.pcie/pci0000:00/0000:00:00.0/0000:01:00.0", 0x1106, 1, 2);
        tree.hub("1-1").dk("1-1.3", "1");

        assertEquals(Set.of("platform-fd500000.pcie-pci-0000:01:00.0-usb-0:1.3"), places(tree));
    }

    @Test
    void anotherBoardUnderAnotherNumberIsAtTheSamePlace() throws Exception {
        UsbTree tree = UsbTree.in(directory).controller("pci0000:00/0000:00:14.0", INTEL, 1, 2);
        tree.dk("1-4", "1");
        Set<String> before = places(tree);
        tree.unplug("1-4");
        assertEquals(Set.of(), places(tree));
        tree.reserve(0);
        assertEquals("ttyACM1", tree.dk("1-4", "2"));

        assertEquals(before, places(tree));
    }

    @Test
    void whatIsNotKnownIsEmpty() throws Exception {
        UsbTree tree = UsbTree.withoutUdev(directory).controller("virtual", -1, 1);
        String tty = tree.dk("1-4", "1");
        assertEquals(Set.of(""), places(tree), "the controller is nothing that udev names");

        Path data = directory.resolve("run/udev/data");
        for (int number = 0; number < 3; number++) {
            Files.writeString(data.resolve("c166:" + number), "E:ID_PATH=pci-0000:00:17.0-ata-1\nE:ID_PATHS=usb-0:9\n");
        }
        assertEquals(Set.of(""), places(tree), "what udev says is no USB place: " + tty);
    }
}
