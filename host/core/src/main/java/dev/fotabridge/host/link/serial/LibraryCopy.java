package dev.fotabridge.host.link.serial;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * Our copy of jSerialComm's native part for Linux. When it is loaded the original sets seven signals to be ignored: SIGHUP, so
 * that a closed terminal leaves the port held for ever; SIGUSR2, which the virtual machine uses itself; SIGUSR1, SIGCONT, SIGIO,
 * SIGTTIN and SIGTTOU. Java cannot undo that: the virtual machine takes no handler for a SIGHUP that is ignored. So in the copy
 * these calls of {@code sigaction}, which are all that it has, go to a function that does nothing with its arguments. What was
 * ignored when the process was started, by nohup above all, stays ignored.
 * Tested by NativeLibraryIT.
 */
final class LibraryCopy {
    private static final byte[] SIGACTION = "\0sigaction\0".getBytes(StandardCharsets.US_ASCII);

    /** In every C library beside sigaction, of the same symbol version, and no longer. */
    private static final byte[] NOTHING = "\0getppid\0\0\0".getBytes(StandardCharsets.US_ASCII);

    /** By Java's name of the processor; of several jSerialComm takes the first that loads. */
    private static final Map<String, List<String>> PROCESSORS = Map.of(
            "amd64", List.of("x86_64"),
            "i386", List.of("x86"),
            "aarch64", List.of("armv8_64"),
            "arm", List.of("armv8_32", "armv7hf", "armv6hf", "armv5"),
            "ppc64le", List.of("ppc64le"));

    private LibraryCopy() {}

    /**
     * Puts it into this directory, where jSerialComm's option for it finds it. On other systems, which jSerialComm then serves
     * itself, does nothing.
     *
     * @throws IOException when the directory cannot be written, or allows no programs to be run
     */
    static void unpack(Path directory) throws IOException {
        if (System.getProperty("os.name").equals("Linux")) {
            for (String processor : PROCESSORS.getOrDefault(System.getProperty("os.arch"), List.of())) {
                unpack("Linux/" + processor + "/libjSerialComm.so", directory);
            }
        }
    }

    private static void unpack(String name, Path directory) throws IOException {
        Path file = directory.resolve(name);
        Files.createDirectories(file.getParent());
        try (InputStream in = com.fazecast.jSerialComm.SerialPort.class.getResourceAsStream("/" + name)) {
            Files.write(file, leavingSignalsAlone(in.readAllBytes()));
        }
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
        // Where the file system is mounted noexec Linux says no, whatever the permissions. A failed load could not be
        // tried again.
        if (!Files.isExecutable(file)) {
            throw new IOException(directory.getParent() + " allows no programs to be run");
        }
    }

    /** The same library without its calls of sigaction; as it is if they are not where they are expected. */
    static byte[] leavingSignalsAlone(byte[] library) {
        byte[] copy = library.clone();
        for (int at = 0; at <= copy.length - SIGACTION.length; at++) {
            if (Arrays.equals(copy, at, at + SIGACTION.length, SIGACTION, 0, SIGACTION.length)) {
                System.arraycopy(NOTHING, 0, copy, at, NOTHING.length);
            }
        }
        return copy;
    }
}
