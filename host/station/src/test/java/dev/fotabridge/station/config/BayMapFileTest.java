package dev.fotabridge.station.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fotabridge.host.api.FotaException;
import dev.fotabridge.host.api.Reason;
import dev.fotabridge.station.place.BayPlace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class BayMapFileTest {
    @TempDir
    Path directory;

    private Path file() {
        return directory.resolve("station.yaml");
    }

    private static BayPlace bay(int number) {
        return new BayPlace(number, BayPlace.Kind.USB, "pci-0000:00:14.0-usb-0:3." + number, "", 0);
    }

    private String added(String text, BayPlace... bays) throws Exception {
        Files.writeString(file(), text);
        BayMapFile map = BayMapFile.open(file());
        for (BayPlace bay : bays) {
            map.add(bay);
        }
        return Files.readString(file());
    }

    @Test
    void aFileThatIsNotThereBeginsWithWhatEveryStationNeeds() throws Exception {
        BayMapFile map = BayMapFile.open(file());
        assertEquals(List.of(), map.bays());
        assertFalse(Files.exists(file()), "nothing is written yet");
        map.add(bay(1));
        map.add(bay(2));

        StationConfig config = StationFile.read(file());
        assertEquals("station-1", config.station());
        assertEquals(
                List.of(bay(1).port(), bay(2).port()),
                config.bays().stream().map(BayPlace::port).toList());
    }

    @Test
    void everyOtherLineStaysAsItIs() throws Exception {
        String before = """
                # Line 1.
                station:  line-1   # its name

                bays:
                  # the left fixture
                  - {bay: 1, usb: "pci-0000:00:14.0-usb-0:3.1", fixture: F-7}

                # What they get.
                release: r
                """;
        String after =
                before.replace("fixture: F-7}\n", "fixture: F-7}\n  - {bay: 2, usb: \"pci-0000:00:14.0-usb-0:3.2\"}\n");

        assertEquals(after, added(before, bay(2)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "station: a\nrelease: r\n",
                "station: a\nrelease: r\nbays:\n",
                "station: a\nrelease: r\nbays:   # none yet\n",
                "station: a\nbays:\nrelease: r\n",
                "station: a\nrelease: r\nbays:\n- {bay: 1, port: /dev/x}\n",
                "station: a\nrelease: r\nbays:\n- bay: 1\n  port: /dev/x\n",
                "station: a\nrelease: r\nbays:\n    - bay: 1\n      port: /dev/x\n    - bay: 2\n      port: /dev/y\n# end",
                "bays:\n  - {bay: 1,\n     port: /dev/x}\n\n\n# r\nrelease: r\nstation: a\n",
            })
    void howeverItIsWritten(String text) throws Exception {
        added(text, bay(7), bay(8));
        List<BayPlace> bays = StationFile.read(file()).bays();

        assertEquals(
                List.of(7, 8),
                bays.stream().map(BayPlace::bay).skip(bays.size() - 2).toList());
        assertTrue(List.of(2, 3, 4).contains(bays.size()), bays::toString);
    }

    @Test
    void aFileThatCannotBeAddedToIsLeftAsItIs() throws Exception {
        for (String text : List.of(
                "station: a\nbays: [{bay: 1, port: /dev/x}]\n",
                "station: a\nbays:\n  -\n    bay: 1\n    port: /dev/x\n",
                "station: a\nbays:\n  [{bay: 1, port: /dev/x}]\n",
                "{station: a, bays: [{bay: 1, port: /dev/x}]}\n")) {
            FotaException refused = assertThrows(FotaException.class, () -> added(text, bay(2)), text);
            assertEquals(Reason.CONFIGURATION, refused.reason());
            assertTrue(refused.getMessage().contains("'bays' is"), refused.getMessage());
            assertEquals(text, Files.readString(file()));
        }
        assertThrows(FotaException.class, () -> added("bays: [", bay(2)));
        assertThrows(FotaException.class, () -> added("bays:\n  - {bay: x}\n", bay(2)));
    }

    /** The file may hold a token. */
    @Test
    void itsPermissionsStay() throws Exception {
        Files.writeString(file(), "station: a\n");
        Files.setPosixFilePermissions(file(), PosixFilePermissions.fromString("rw-r-----"));
        BayMapFile.open(file()).add(bay(1));

        assertEquals("rw-r-----", PosixFilePermissions.toString(Files.getPosixFilePermissions(file())));
        assertEquals(List.of("station.yaml"), names());
    }

    private List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(path -> path.getFileName().toString()).toList();
        }
    }
}
