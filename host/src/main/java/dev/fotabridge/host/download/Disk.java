package dev.fotabridge.host.download;

import dev.fotabridge.host.outcome.FotaException;
import dev.fotabridge.host.outcome.Reason;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Locale;

/** Writes so that a file is either whole under its name or not there, and says in our words what the disk refuses. */
final class Disk {
    private Disk() {}

    static void makeDirectory(Path directory) throws FotaException {
        try {
            Files.createDirectories(directory);
        } catch (IOException e) {
            throw refused(directory, e);
        }
    }

    /** A new file in this directory with these bytes; not yet safe from a power cut. */
    static Path writeTemporary(Path directory, byte[] bytes) throws FotaException {
        Path file = null;
        try {
            file = Files.createTempFile(directory, "copy", ".new");
            Files.write(file, bytes);
            return file;
        } catch (IOException e) {
            delete(file);
            throw refused(directory, e);
        }
    }

    static void writeAtomically(Path file, String text) throws FotaException {
        Path temporary = null;
        try {
            temporary =
                    Files.createTempFile(file.getParent(), file.getFileName().toString(), ".new");
            try (FileChannel channel = FileChannel.open(temporary, StandardOpenOption.WRITE)) {
                ByteBuffer bytes = StandardCharsets.UTF_8.encode(text);
                while (bytes.hasRemaining()) {
                    channel.write(bytes);
                }
                channel.force(true);
            }
            move(temporary, file);
        } catch (IOException e) {
            delete(temporary);
            throw refused(file, e);
        }
    }

    static void move(Path from, Path to) throws IOException {
        try {
            Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException e) {
            Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    /** Deletes what may or may not be there; a file that stays is overwritten or noticed as damaged later. */
    static void delete(Path file) {
        try {
            if (file != null) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            return;
        }
    }

    static FotaException refused(Path path, IOException cause) {
        String text = String.valueOf(cause.getMessage()).toLowerCase(Locale.ROOT);
        // The texts of ENOSPC and EDQUOT on Linux and macOS, and of ERROR_DISK_FULL on Windows.
        boolean full = text.contains("no space left") || text.contains("quota") || text.contains("not enough space");
        return full
                ? new FotaException(Reason.STORAGE_FULL, "There is no space left to write " + path + ".", cause)
                : new FotaException(Reason.STORAGE_UNWRITABLE, path + " cannot be read or written.", cause);
    }

    static void requireSpace(Path directory, long bytes) throws FotaException {
        try {
            long free = Files.getFileStore(directory).getUsableSpace();
            if (free < bytes) {
                throw new FotaException(
                        Reason.STORAGE_FULL,
                        directory + " has room for " + free + " bytes, but the download needs " + bytes + ".");
            }
        } catch (IOException e) {
            throw refused(directory, e);
        }
    }
}
