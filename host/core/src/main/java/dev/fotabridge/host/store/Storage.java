package dev.fotabridge.host.store;

import dev.fotabridge.host.api.FotaException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes and reads the files that the host keeps. A file is whole under its name or not there, whenever the process dies: it is
 * written beside, forced to the disk and renamed. Forcing also holds against a power cut; a file system that does not serve
 * it costs that, and no update. Thread-safe; calls block for as long as the disk takes.
 */
public final class Storage {
    /** Bytes. No small file of ours is larger; keeps a wrong or hostile file out of memory. */
    private static final int MAX_BYTES = 1 << 20;

    private static final Logger LOG = LoggerFactory.getLogger(Storage.class);

    private Storage() {}

    /**
     * Makes a directory and those above it, if they are missing.
     *
     * @throws FotaException STORAGE_FULL or STORAGE_UNWRITABLE
     */
    public static void makeDirectory(Path directory) throws FotaException {
        try {
            Files.createDirectories(directory);
        } catch (IOException e) {
            throw StorageFailure.writing(directory, e);
        }
    }

    /**
     * Writes a file, and makes its directory if that is missing.
     *
     * @throws FotaException STORAGE_FULL or STORAGE_UNWRITABLE; an older file of this name is as it was
     */
    public static void write(Path file, byte[] content) throws FotaException {
        Path beside = file.resolveSibling(
                Long.toUnsignedString(ThreadLocalRandom.current().nextLong(), 36) + ".new");
        try {
            Files.createDirectories(file.getParent());
            fill(beside, content);
            move(beside, file);
        } catch (IOException e) {
            FotaException failure = StorageFailure.writing(file, e);
            discard(beside);
            throw failure;
        }
    }

    private static void fill(Path file, byte[] content) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            ByteBuffer bytes = ByteBuffer.wrap(content);
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            force(channel, file);
        }
    }

    /**
     * Forces a file's bytes to the disk. Where the file system does not serve that they stay in the system's memory for a while.
     *
     * @throws IOException the disk is full: some file systems say so only here
     */
    public static void force(FileChannel channel, Path file) throws IOException {
        try {
            channel.force(true);
        } catch (IOException e) {
            if (StorageFailure.isFull(file, e)) {
                throw e;
            }
            LOG.warn("{} is not safe from a power cut: it cannot be forced to the disk ({})", file, e.getMessage());
        }
    }

    /** Gives a file of the same directory this name; what had it is replaced. Atomic where the file system can do that. */
    public static void move(Path from, Path to) throws IOException {
        try {
            Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (AtomicMoveNotSupportedException e) {
            Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
        }
        forceDirectory(to.getParent());
    }

    /** Windows cannot open directories, and some file systems do not serve it: their rename holds by itself, or it does not. */
    private static void forceDirectory(Path directory) {
        try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        } catch (IOException e) {
            LOG.debug("the directory {} cannot be forced to the disk ({})", directory, e.getMessage());
        }
    }

    /**
     * Reads a whole file.
     *
     * @return empty if it is not there; also if it is none of ours, which are regular files of a megabyte at most
     * @throws FotaException STORAGE_UNWRITABLE when it is there but cannot be read
     */
    public static Optional<byte[]> read(Path file) throws FotaException {
        try {
            if (!Files.readAttributes(file, BasicFileAttributes.class).isRegularFile()) {
                return notOurs(file);
            }
            try (InputStream in = Files.newInputStream(file)) {
                byte[] bytes = in.readNBytes(MAX_BYTES + 1);
                return bytes.length > MAX_BYTES ? notOurs(file) : Optional.of(bytes);
            }
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw StorageFailure.reading(file, e);
        }
    }

    /** Reads a whole file that can be done without: one that cannot be read counts as none. */
    public static Optional<byte[]> readIfPossible(Path file) {
        try {
            return read(file);
        } catch (FotaException e) {
            LOG.warn("{} It counts as none.", e.getMessage());
            return Optional.empty();
        }
    }

    private static Optional<byte[]> notOurs(Path file) {
        LOG.warn("{} is not a file of ours: it is too large, or not a regular file", file);
        return Optional.empty();
    }

    /**
     * Deletes a file, if it is there.
     *
     * @throws FotaException STORAGE_UNWRITABLE
     */
    public static void delete(Path file) throws FotaException {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw StorageFailure.writing(file, e);
        }
    }

    /** Deletes a file that does no harm if it stays. */
    public static void discard(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            LOG.debug("{} stays ({})", file, e.getMessage());
        }
    }
}
