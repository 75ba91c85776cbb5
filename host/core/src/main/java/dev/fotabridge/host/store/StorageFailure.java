package dev.fotabridge.host.store;

import dev.fotabridge.host.api.FotaException;
import dev.fotabridge.host.api.Reason;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * Says what the disk has refused. That a disk is full is seen by its free space, in any language of the system. A quota and a
 * lack of inodes are not seen so, and Java has no error numbers: only for those the system's own English words count.
 * Tested by StorageTest.
 */
public final class StorageFailure {
    /** Bytes. With less than the blocks that a small file and its directory take, a disk is full. */
    private static final long FULL_BELOW_BYTES = 64 << 10;

    /** Linux's and macOS's ENOSPC and EDQUOT, Windows' ERROR_DISK_FULL. */
    private static final List<String> FULL_WORDS =
            List.of("no space left on device", "quota exceeded", "not enough space on the disk");

    private StorageFailure() {}

    /** STORAGE_FULL or STORAGE_UNWRITABLE. To be asked before what was written in part is deleted. */
    public static FotaException writing(Path path, IOException cause) {
        return isFull(path, cause)
                ? new FotaException(Reason.STORAGE_FULL, "There is no space left to write " + path + ".", cause)
                : new FotaException(
                        Reason.STORAGE_UNWRITABLE, path + " cannot be written: " + why(path, cause) + ".", cause);
    }

    /** STORAGE_UNWRITABLE. */
    public static FotaException reading(Path path, IOException cause) {
        return new FotaException(Reason.STORAGE_UNWRITABLE, path + " cannot be read: " + why(path, cause) + ".", cause);
    }

    static boolean isFull(Path path, IOException cause) {
        if (saysFull(cause)) {
            return true;
        }
        // A permission, a file in the way, or a read-only file system, which never has free space.
        Path place = DiskSpace.existing(path);
        return !isTyped(cause)
                && Files.isWritable(place)
                && DiskSpace.usable(place).orElse(Long.MAX_VALUE) < FULL_BELOW_BYTES;
    }

    private static boolean isTyped(IOException cause) {
        return cause instanceof FileSystemException && cause.getClass() != FileSystemException.class;
    }

    /** Of the system's words only: the message of a FileSystemException begins with a path, which may hold any words. */
    private static boolean saysFull(IOException cause) {
        String said = isTyped(cause) ? "" : words(cause).toLowerCase(Locale.ROOT);
        return FULL_WORDS.stream().anyMatch(said::contains);
    }

    private static String words(IOException cause) {
        String words = cause instanceof FileSystemException known ? known.getReason() : cause.getMessage();
        return words == null ? "" : words;
    }

    /** The reason in words, to follow a colon; without a full stop. */
    public static String why(Path path, IOException cause) {
        // The system's own words say that a directory is missing, and not which one, and in the user's language.
        Path existing = DiskSpace.existing(path);
        boolean inTheWay = !existing.equals(path.toAbsolutePath()) && !Files.isDirectory(existing);
        return inTheWay ? existing + " is in the way, which is no directory" : why(cause);
    }

    private static String why(IOException cause) {
        if (cause instanceof AccessDeniedException) {
            return "user " + System.getProperty("user.name") + " may not";
        } else if (cause instanceof NoSuchFileException) {
            return "it is not there";
        } else if (cause instanceof FileAlreadyExistsException || cause instanceof NotDirectoryException) {
            return ((FileSystemException) cause).getFile() + " is in the way";
        }
        return words(cause).isBlank() ? "the system does not say why" : words(cause);
    }
}
