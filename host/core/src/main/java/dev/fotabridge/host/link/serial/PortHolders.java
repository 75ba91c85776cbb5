package dev.fotabridge.host.link.serial;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Says which other process holds a device open, as far as Linux's /proc tells this user. Tested by PortListIT. */
final class PortHolders {
    private static final Path PROC = Path.of("/proc");

    private PortHolders() {}

    /** For people, such as {@code minicom (process 4711)}; empty if nobody does, or if it cannot be seen. */
    static Optional<String> of(Path device) {
        long self = ProcessHandle.current().pid();
        try (DirectoryStream<Path> processes = Files.newDirectoryStream(PROC, "[0-9]*")) {
            for (Path process : processes) {
                boolean other = !process.getFileName().toString().equals(Long.toString(self));
                if (other && holds(process, device)) {
                    return Optional.of(nameOf(process) + " (process " + process.getFileName() + ")");
                }
            }
        } catch (IOException | DirectoryIteratorException e) {
            return Optional.empty();
        }
        return Optional.empty();
    }

    private static boolean holds(Path process, Path device) {
        try (DirectoryStream<Path> descriptors = Files.newDirectoryStream(process.resolve("fd"))) {
            for (Path descriptor : descriptors) {
                if (device.equals(targetOf(descriptor))) {
                    return true;
                }
            }
        } catch (IOException | RuntimeException e) {
            // Another user's process, or one that has just ended.
            return false;
        }
        return false;
    }

    private static Path targetOf(Path descriptor) {
        try {
            return Files.readSymbolicLink(descriptor);
        } catch (IOException e) {
            return null;
        }
    }

    private static String nameOf(Path process) {
        try {
            return Files.readString(process.resolve("comm")).strip().replaceAll("\\p{C}", "?");
        } catch (IOException e) {
            return "another program";
        }
    }
}
