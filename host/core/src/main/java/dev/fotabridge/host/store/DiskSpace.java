package dev.fotabridge.host.store;

import dev.fotabridge.host.api.FotaException;
import dev.fotabridge.host.api.Reason;
import java.io.File;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;

/** Free space. A forecast only: where the system does not tell it, the write itself does. Tested by StorageTest. */
public final class DiskSpace {
    private DiskSpace() {}

    /** The path itself, or the nearest one above it that is there. */
    public static Path existing(Path path) {
        Path found = path.toAbsolutePath();
        while (found.getParent() != null && !Files.exists(found)) {
            found = found.getParent();
        }
        return found;
    }

    /** Bytes that this user may still write in the file system of a path that is there; empty if the system does not tell. */
    public static OptionalLong usable(Path place) {
        return place.getFileSystem().equals(FileSystems.getDefault()) ? ofFile(place.toFile()) : ofStore(place);
    }

    /** Asks for the path itself: a FileStore looks for a mount point first, which a chroot may not have. */
    private static OptionalLong ofFile(File place) {
        // Both are 0 where the system cannot be asked.
        return place.getTotalSpace() > 0 ? OptionalLong.of(place.getUsableSpace()) : OptionalLong.empty();
    }

    private static OptionalLong ofStore(Path place) {
        try {
            return OptionalLong.of(Files.getFileStore(place).getUsableSpace());
        } catch (IOException e) {
            return OptionalLong.empty();
        }
    }

    /**
     * Requires room for a file, as far as the system tells.
     *
     * @throws FotaException STORAGE_FULL
     */
    public static void require(Path directory, long bytes) throws FotaException {
        OptionalLong free = usable(directory);
        if (free.isPresent() && free.getAsLong() < bytes) {
            throw new FotaException(
                    Reason.STORAGE_FULL,
                    directory + " has room for " + free.getAsLong() + " bytes, but the download needs " + bytes + ".");
        }
    }
}
