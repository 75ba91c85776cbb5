package dev.fotabridge.host.link.serial;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;

/**
 * Has jSerialComm unpack its native library where only this user may write. Left alone, it loads whatever lies in
 * {@code jSerialComm} in the directory for temporary files, which everybody may have put there. It reads {@code
 * java.io.tmpdir} once, when its class is initialised, and has no other option for the place of unpacking: so that
 * property is another one for just that moment.
 */
final class NativeLibrary {
    private static final String PLACE = "java.io.tmpdir";

    static {
        load();
    }

    private NativeLibrary() {}

    /** To be called before anything of jSerialComm is; the initialisation of this class does it, once. */
    static void require() {}

    private static void load() {
        String before = System.getProperty(PLACE);
        try {
            System.setProperty(PLACE, directory(System.getenv()).toString());
            Class.forName("com.fazecast.jSerialComm.SerialPort");
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException("the program is not whole", e);
        } finally {
            System.setProperty(PLACE, before);
        }
    }

    /** In the user's cache; without a home that can be written, a fresh one for this process. */
    private static Path directory(Map<String, String> environment) {
        String cache = environment.getOrDefault("XDG_CACHE_HOME", "");
        String home = environment.getOrDefault("HOME", "");
        Path user = Path.of(home.isBlank() ? System.getProperty("user.home") : home);
        Path base = cache.isBlank() ? user.resolve(".cache") : Path.of(cache);
        try {
            return secured(base.resolve("fota-bridge"));
        } catch (IOException e) {
            return ofThisProcess();
        }
    }

    /** The system lets only the owner change permissions, so this also finds a directory that is somebody else's. */
    static Path secured(Path directory) throws IOException {
        Files.createDirectories(directory);
        if (directory.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx------"));
        }
        if (!Files.isWritable(directory)) {
            throw new IOException(directory + " is not writable");
        }
        return directory;
    }

    private static Path ofThisProcess() {
        try {
            return Files.createTempDirectory("fota-bridge-native");
        } catch (IOException e) {
            throw new IllegalStateException("there is no place for the serial port library", e);
        }
    }
}
