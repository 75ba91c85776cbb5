package dev.fotabridge.host.store;

import dev.fotabridge.host.api.FotaException;
import dev.fotabridge.host.api.Reason;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;

/**
 * Reads files that the user names: images, keys, certificates, configurations. Says what is at the path if it is no file. Stateless and
 * thread-safe. Tested by NamedFileTest.
 */
public final class NamedFile {
    /** Bits of {@code st_mode} that hold the type of a file, and their value for a character device; POSIX sys/stat.h on Linux and macOS. */
    private static final int TYPE_BITS = 0170000;

    private static final int CHARACTER_DEVICE = 0020000;
    private static final int PIPE = 0010000;

    /** For another program to begin and to write all: as long as a person waits without a word. */
    private static final Duration PIPE_PATIENCE = Duration.ofSeconds(15);

    private NamedFile() {}

    /**
     * Reads a file or a pipe; blocks for as long as the disk takes, and 15 s at most for a pipe.
     *
     * @param what the file is to people, as in "The WHAT FILE does not exist."
     * @param limit bytes; of a larger file one more is returned
     * @param reason of the exception
     * @throws FotaException if it cannot be read, or is a directory or a device
     */
    public static byte[] read(Path file, String what, int limit, Reason reason) throws FotaException {
        String subject = "The " + what + " " + file + " ";
        int type = type(file);
        if (Files.isDirectory(file)) {
            throw new FotaException(reason, subject + "is a directory.");
        }
        if (type == CHARACTER_DEVICE) {
            // A read from a serial port would take the board's bytes, and never end.
            throw new FotaException(reason, subject + "is a device and no file; a serial port is named by --port.");
        }
        try {
            return type == PIPE ? PipeReader.read(file, limit + 1, PIPE_PATIENCE) : bytes(file, limit + 1);
        } catch (IOException e) {
            throw new FotaException(reason, subject + whyNot(file, e) + ".", e);
        }
    }

    private static byte[] bytes(Path file, int limit) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return in.readNBytes(limit);
        }
    }

    /** The rest of a sentence about the file; without a full stop. */
    static String whyNot(Path file, IOException cause) {
        if (cause instanceof NoSuchFileException) {
            return "does not exist";
        }
        if (cause instanceof AccessDeniedException) {
            return "cannot be read by user " + System.getProperty("user.name");
        }
        return "cannot be read: " + StorageFailure.why(file, cause);
    }

    private static int type(Path file) {
        try {
            return (int) Files.getAttribute(file, "unix:mode") & TYPE_BITS;
        } catch (IOException | UnsupportedOperationException | IllegalArgumentException e) {
            // Not there, or a system without such files.
            return 0;
        }
    }
}
