package dev.fotabridge.host.station;

import dev.fotabridge.host.outcome.FotaException;
import dev.fotabridge.host.outcome.Reason;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Locale;
import java.util.Optional;

/**
 * Small files that are there whole or not at all, whenever the computer loses its power: written beside, forced to disk,
 * renamed, and the directory forced too.
 */
final class AtomicFile {
    /** No file of ours is larger; keeps a wrong or hostile file out of memory. */
    private static final long MAX_BYTES = 1 << 20;

    private AtomicFile() {}

    static void write(Path file, byte[] content) throws FotaException {
        try {
            Files.createDirectories(file.getParent());
            Path beside = file.resolveSibling(file.getFileName() + ".new");
            try (FileChannel channel = FileChannel.open(
                    beside,
                    StandardOpenOption.CREATE,
                    StandardOpenOption.TRUNCATE_EXISTING,
                    StandardOpenOption.WRITE)) {
                ByteBuffer bytes = ByteBuffer.wrap(content);
                while (bytes.hasRemaining()) {
                    channel.write(bytes);
                }
                channel.force(true);
            }
            Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            forceDirectory(file.getParent());
        } catch (IOException e) {
            throw failure(file, e);
        }
    }

    private static void forceDirectory(Path directory) throws IOException {
        // Windows cannot open directories; its file systems journal the rename.
        if (!System.getProperty("os.name").startsWith("Windows")) {
            try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
                channel.force(true);
            }
        }
    }

    static Optional<byte[]> read(Path file) throws FotaException {
        try {
            if (!Files.exists(file)) {
                return Optional.empty();
            }
            if (Files.size(file) > MAX_BYTES) {
                throw new FotaException(Reason.STORAGE_UNWRITABLE, "The file " + file + " is not one of ours.");
            }
            return Optional.of(Files.readAllBytes(file));
        } catch (IOException e) {
            throw failure(file, e);
        }
    }

    static void delete(Path file) throws FotaException {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw failure(file, e);
        }
    }

    static FotaException failure(Path file, IOException cause) {
        String said = cause instanceof FileSystemException known && known.getReason() != null
                ? known.getReason()
                : cause.getClass().getSimpleName() + " " + String.valueOf(cause.getMessage());
        String lower = said.toLowerCase(Locale.ROOT);
        boolean full = lower.contains("no space") || lower.contains("quota");
        return new FotaException(
                full ? Reason.STORAGE_FULL : Reason.STORAGE_UNWRITABLE,
                "The file " + file + " cannot be written or read (" + said + ").",
                cause);
    }
}
