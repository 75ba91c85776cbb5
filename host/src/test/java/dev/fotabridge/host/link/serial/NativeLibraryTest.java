package dev.fotabridge.host.link.serial;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Nobody else on this computer may choose the native code that we run. */
@EnabledOnOs(OS.LINUX)
final class NativeLibraryTest {
    @TempDir
    Path directory;

    /** In a process of its own, since another test may have had the library loaded. */
    static final class Probe {
        private Probe() {}

        public static void main(String[] args) throws IOException {
            String shared = System.getProperty("java.io.tmpdir");
            NativeLibrary.require();
            if (!shared.equals(System.getProperty("java.io.tmpdir"))) {
                throw new AssertionError("the directory for temporary files is another one now");
            }
            Files.readAllLines(Path.of("/proc/self/maps")).stream()
                    .filter(line -> line.endsWith("libjSerialComm.so"))
                    .map(line -> line.substring(line.indexOf('/')))
                    .distinct()
                    .forEach(System.out::println);
        }
    }

    @Test
    void theLoadedLibraryLiesInAPrivateDirectory() throws Exception {
        ProcessBuilder probe = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                Probe.class.getName());
        probe.environment().remove("XDG_CACHE_HOME");
        probe.environment().put("HOME", directory.toString());
        Process process = probe.redirectErrorStream(true).start();
        String loaded = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();

        Path ours = directory.toRealPath().resolve(".cache").resolve("fota-bridge");
        assertTrue(loaded.startsWith(ours + "/"), loaded);
        assertEquals("rwx------", PosixFilePermissions.toString(Files.getPosixFilePermissions(ours)));
        assertFalse(loaded.contains("\n"), loaded);
    }

    @Test
    void aDirectoryThatWasOpenIsClosed() throws Exception {
        Path open = Files.createDirectory(directory.resolve("open"));
        Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rwxrwxrwx"));

        NativeLibrary.secured(open);

        assertEquals("rwx------", PosixFilePermissions.toString(Files.getPosixFilePermissions(open)));
    }
}
