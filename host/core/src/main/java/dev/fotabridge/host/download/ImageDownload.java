package dev.fotabridge.host.download;

import dev.fotabridge.host.api.FotaException;
import dev.fotabridge.host.api.Reason;
import dev.fotabridge.host.download.DownloadStep.AskFreshUrl;
import dev.fotabridge.host.download.DownloadStep.Done;
import dev.fotabridge.host.download.DownloadStep.Fail;
import dev.fotabridge.host.download.DownloadStep.Fetch;
import dev.fotabridge.host.download.DownloadStep.Pause;
import dev.fotabridge.host.download.ImageCache.ObjectFiles;
import dev.fotabridge.host.store.LockFile;
import dev.fotabridge.host.store.Storage;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Fetches one file into the cache: drives the downloader with a source and a cache. Blocking; used by one thread at a
 * time. Several of them, in any processes, may share a cache: one fetches, the others wait and find the file.
 * Tested by HttpRangeSourceIT.
 */
public final class ImageDownload {
    private static final Logger LOG = LoggerFactory.getLogger(ImageDownload.class);

    /**
     * The one limit that holds whatever a server does: for all tries, pauses and fresh URLs together. At the slowest pace that a
     * request may have ({@code PaceWatch}) nearly 1 MiB comes in it, all of an nRF9160's flash.
     */
    static final long LIMIT_NANOS = 15 * 60 * 1_000_000_000L;

    private final ImageCache cache;
    private final RangeSource source;
    private final LongSupplier clock;

    /**
     * Uses cache and source without owning them.
     *
     * @param clock nanoseconds since any moment, as {@link System#nanoTime}
     */
    public ImageDownload(ImageCache cache, RangeSource source, LongSupplier clock) {
        this.cache = cache;
        this.source = source;
        this.clock = clock;
    }

    /**
     * Fetches the file, going on where an earlier try stopped, or takes it from the cache. Blocks until it is there.
     *
     * @throws FotaException one of the DOWNLOAD reasons, IMAGE_SIZE, STORAGE_FULL, STORAGE_UNWRITABLE, INTERRUPTED when
     *     cancelled, or what the listener threw
     */
    public CachedImage fetch(DownloadRequest request, DownloadListener listener, Cancellation cancellation)
            throws FotaException {
        Optional<CachedImage> known = known(request);
        if (known.isPresent()) {
            return reported(known.get(), listener);
        }
        ObjectFiles object = cache.object(request.url());
        LockFile lock = EntryLock.acquire(object.lock(), cancellation);
        try {
            known = known(request);
            return known.isPresent()
                    ? reported(known.get(), listener)
                    : reported(locked(request, object, listener, cancellation), listener);
        } finally {
            lock.close();
        }
    }

    private Optional<CachedImage> known(DownloadRequest request) {
        return request.sha256().isPresent() ? cache.byFile(request.sha256().get()) : Optional.empty();
    }

    private static CachedImage reported(CachedImage image, DownloadListener listener) {
        listener.progress(image.size(), image.size());
        return image;
    }

    private CachedImage locked(
            DownloadRequest request, ObjectFiles object, DownloadListener listener, Cancellation cancellation)
            throws FotaException {
        Optional<Journal> journal = Journal.read(object);
        Optional<CachedImage> earlier = earlier(journal);
        Downloader downloader = new Downloader(request.url(), request.size(), kept(object, journal, earlier));
        try (PartFile part = new PartFile(object)) {
            Done done = run(downloader, part, listener, cancellation);
            if (done.unchanged() && earlier.isPresent()) {
                return checked(request, earlier.get(), object);
            }
            part.finish();
        }
        CachedImage image = checked(request, cache.adopt(object.part()), object);
        remember(object, downloader, image);
        cache.prune();
        return image;
    }

    /** Saves the next fetch of this object; this one has ended. */
    private static void remember(ObjectFiles object, Downloader downloader, CachedImage image) {
        try {
            new Journal(object.identity(), downloader.total(), downloader.etag(), Optional.of(image.fileSha256()))
                    .write(object);
        } catch (FotaException e) {
            LOG.warn("{} The next job will fetch the file again.", e.getMessage());
        }
    }

    /** The file that this object was when it was last fetched, if the server can confirm that it still is. */
    private Optional<CachedImage> earlier(Optional<Journal> journal) {
        if (journal.isEmpty()
                || journal.get().finished().isEmpty()
                || journal.get().etag().isEmpty()) {
            return Optional.empty();
        }
        return cache.byFile(journal.get().finished().get());
    }

    private static Partial kept(ObjectFiles object, Optional<Journal> journal, Optional<CachedImage> earlier) {
        boolean writable = Files.isWritable(object.part());
        if (!writable) {
            // Not there, or another user's: in its place a new file can be made.
            Storage.discard(object.part());
        }
        if (journal.isEmpty()) {
            return Partial.none();
        }
        if (earlier.isPresent()) {
            return new Partial(
                    earlier.get().size(), earlier.get().size(), journal.get().etag());
        }
        try {
            return journal.get().resume(writable ? Files.size(object.part()) : 0);
        } catch (IOException e) {
            LOG.debug("{} cannot be asked for its size ({})", object.part(), e.toString());
            return Partial.none();
        }
    }

    private static CachedImage checked(DownloadRequest request, CachedImage image, ObjectFiles object)
            throws FotaException {
        if (request.sha256().isPresent() && !request.sha256().get().equals(image.fileSha256())) {
            Storage.discard(object.journal());
            throw new FotaException(
                    Reason.DOWNLOAD_SIZE,
                    "The object's SHA-256 is " + image.fileSha256() + ", but the job document says "
                            + request.sha256().get() + ".");
        }
        return image;
    }

    private Done run(Downloader downloader, PartFile part, DownloadListener listener, Cancellation cancellation)
            throws FotaException {
        long start = clock.getAsLong();
        BooleanSupplier timeOver = () -> clock.getAsLong() - start >= LIMIT_NANOS;
        while (true) {
            DownloadStep step = downloader.next();
            if (cancellation.isCancelled()) {
                throw new FotaException(Reason.INTERRUPTED, "The download was cancelled.");
            }
            if (step instanceof Done done) {
                return done;
            } else if (step instanceof Fail fail) {
                throw new FotaException(fail.reason(), fail.sentence());
            } else if (timeOver.getAsBoolean()) {
                throw tooLong(downloader);
            } else if (step instanceof Pause pause) {
                listener.retrying(pause.sentence());
                pause(pause.nanos(), cancellation);
                downloader.pauseOver();
            } else if (step instanceof AskFreshUrl ask) {
                downloader.freshUrl(listener.freshUrl(ask.expired()));
            } else if (step instanceof Fetch fetch) {
                DownloadBody body = new DownloadBody(downloader, part, listener, timeOver);
                RangeResult result = source.get(fetch.request(), body, cancellation);
                body.throwIfFailed();
                downloader.ended(result);
            }
        }
    }

    private static FotaException tooLong(Downloader downloader) {
        String size = downloader.total() < 0 ? "" : " of " + downloader.total();
        return new FotaException(
                Reason.DOWNLOAD_TIMEOUT,
                "The download has taken " + LIMIT_NANOS / 60_000_000_000L + " minutes, and " + downloader.offset()
                        + size + " bytes are there; the next try goes on behind them.");
    }

    private static void pause(long nanos, Cancellation cancellation) throws FotaException {
        try {
            cancellation.await(nanos);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new FotaException(Reason.INTERRUPTED, "The download was interrupted.", e);
        }
    }
}
