package dev.fotabridge.host.download;

import dev.fotabridge.host.image.Sha256;
import dev.fotabridge.host.outcome.FotaException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Image files in a directory, shared by boards and by processes. Found by fileSha256 and by imageHash; a damaged file is
 * noticed when it is asked for, and forgotten. Thread-safe; calls block for as long as the disk takes.
 */
public final class ImageCache {
    private final Path directory;

    /**
     * Uses a directory, made if it is missing.
     *
     * @throws FotaException STORAGE_UNWRITABLE or STORAGE_FULL
     */
    public ImageCache(Path directory) throws FotaException {
        this.directory = directory;
    }

    /** The whole, undamaged file of this hash. */
    public Optional<CachedImage> byFile(Sha256 fileSha256) throws FotaException {
        throw new UnsupportedOperationException(directory.toString());
    }

    /** A whole, undamaged file that holds the image of this MCUboot hash, as {@link #index} was told. */
    public Optional<CachedImage> byImage(Sha256 imageHash) throws FotaException {
        throw new UnsupportedOperationException();
    }

    /** Remembers which image a file holds. */
    public void index(Sha256 imageHash, Sha256 fileSha256) throws FotaException {
        throw new UnsupportedOperationException();
    }
}
