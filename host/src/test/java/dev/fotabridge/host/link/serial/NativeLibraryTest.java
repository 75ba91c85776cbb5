package dev.fotabridge.host.link.serial;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Nobody else on this computer may choose the native code that we run. */
@EnabledOnOs(OS.LINUX)
final class NativeLibraryTest {
    @TempDir
    Path directory;

    @Test
    void theLoadedLibraryLiesInAPrivateDirectory() throws Exception {
        String shared = System.getProperty("java.io.tmpdir");
        NativeLibrary.require();

        assertEquals(shared, System.getProperty("java.io.tmpdir"));
        List<Path> loaded = Files.readAllLines(Path.of("/proc/self/maps")).stream()
                .filter(line -> line.endsWith("libjSerialComm.so"))
                .map(line -> Path.of(line.substring(line.indexOf('/'))))
                .distinct()
                .toList();
        assertEquals(1, loaded.size(), loaded.toString());
        assertTrue(isBelowPrivate(loaded.get(0)), loaded.toString());
    }

    private static boolean isBelowPrivate(Path file) throws Exception {
        for (Path at = file.getParent(); at != null; at = at.getParent()) {
            boolean ours =
                    at.getFileName() != null && at.getFileName().toString().startsWith("fota-bridge");
            if (ours
                    && PosixFilePermissions.toString(Files.getPosixFilePermissions(at))
                            .equals("rwx------")) {
                return true;
            }
        }
        return false;
    }

    @Test
    void aDirectoryThatWasOpenIsClosed() throws Exception {
        Path open = Files.createDirectory(directory.resolve("open"));
        Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rwxrwxrwx"));

        NativeLibrary.secured(open);

        assertEquals("rwx------", PosixFilePermissions.toString(Files.getPosixFilePermissions(open)));
    }
}
