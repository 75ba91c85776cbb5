package dev.fotabridge.host.download;

import dev.fotabridge.host.outcome.FotaException;

/**
 * Fetches one file into the cache: drives the downloader with a source and a cache. Blocking; one call at a time
 * for each object.
 */
public final class ImageDownload {
    private final ImageCache cache;
    private final RangeSource source;

    /** Uses both without owning them. */
    public ImageDownload(ImageCache cache, RangeSource source) {
        this.cache = cache;
        this.source = source;
    }

    /**
     * Fetches the file, going on where an earlier try stopped, or takes it from the cache. Blocks until it is there.
     *
     * @throws FotaException one of the DOWNLOAD reasons, STORAGE_FULL, STORAGE_UNWRITABLE, INTERRUPTED when cancelled, or
     *     what the listener threw
     */
    public CachedImage fetch(DownloadRequest request, DownloadListener listener, Cancellation cancellation)
            throws FotaException {
        throw new UnsupportedOperationException(cache + " " + source);
    }
}
