package dev.fotabridge.host.agent;

import dev.fotabridge.host.api.FotaException;
import dev.fotabridge.host.api.Outcome;
import dev.fotabridge.host.api.Reason;
import dev.fotabridge.host.api.UpdateOptions;
import dev.fotabridge.host.bay.BayLoop;
import dev.fotabridge.host.bay.PreparedImage;
import dev.fotabridge.host.bay.SharedImages;
import dev.fotabridge.host.download.CachedImage;
import dev.fotabridge.host.download.Cancellation;
import dev.fotabridge.host.download.DownloadListener;
import dev.fotabridge.host.download.DownloadRequest;
import dev.fotabridge.host.download.DownloadUrl;
import dev.fotabridge.host.download.ImageCache;
import dev.fotabridge.host.download.ImageDownload;
import dev.fotabridge.host.download.RangeSource;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

/**
 * Fetches and checks a job's image on a thread of its own. The bay asks what has come of it; everything that it tells is
 * left in queues and fields for the bay's thread.
 */
final class DownloadTask implements DownloadListener {
    private static final long FRESH_URL_NANOS = TimeUnit.SECONDS.toNanos(60);

    /** How far the download is; total is -1 if not known. */
    record Position(long bytes, long total) {}

    /** A fresh URL is waited for: there before the gate is open, null if there is no other. */
    private static final class UrlWish {
        private final CountDownLatch gate = new CountDownLatch(1);
        private volatile DownloadUrl answer;
    }

    private final BayLoop loop;
    private final SharedImages images;
    private final Cancellation cancellation;
    private final CompletableFuture<PreparedImage> result = new CompletableFuture<>();
    private final Queue<String> notes = new ConcurrentLinkedQueue<>();
    private volatile Position position;
    private volatile UrlWish wish;

    DownloadTask(BayLoop loop, SharedImages images) {
        this.loop = loop;
        this.images = images;
        this.cancellation = new Cancellation(loop);
    }

    void start(DownloadRequest request, ImageCache cache, RangeSource source, UpdateOptions options) {
        loop.start(request.url().identity(), () -> run(request, cache, source, options));
    }

    private void run(DownloadRequest request, ImageCache cache, RangeSource source, UpdateOptions options) {
        try {
            CachedImage file = new ImageDownload(cache, source, loop::now).fetch(request, this, cancellation);
            PreparedImage image = checked(file, cache, options);
            index(image, file, cache);
            result.complete(image);
        } catch (FotaException | RuntimeException | Error e) {
            // The top of this thread: the bay must hear of a bug too, and of what the virtual machine could not do.
            result.completeExceptionally(e);
        }
        loop.wake();
    }

    private PreparedImage checked(CachedImage file, ImageCache cache, UpdateOptions options) throws FotaException {
        try {
            return images.prepared(file, options);
        } catch (FotaException e) {
            if (e.reason().outcome() == Outcome.REFUSED) {
                cache.forget(file.fileSha256());
            }
            throw e;
        }
    }

    /** Saves a later download of the same image; this one is there. */
    private void index(PreparedImage image, CachedImage file, ImageCache cache) {
        try {
            cache.index(image.imageHash(), file.fileSha256());
        } catch (FotaException e) {
            notes.add(e.getMessage() + " The image is used all the same.");
        }
    }

    @Override
    public void progress(long bytes, long total) {
        position = new Position(bytes, total);
        loop.wake();
    }

    @Override
    public void retrying(String sentence) {
        notes.add(sentence);
        loop.wake();
    }

    @Override
    public DownloadUrl freshUrl(DownloadUrl expired) throws FotaException {
        UrlWish mine = new UrlWish();
        wish = mine;
        loop.wake();
        try {
            loop.await(mine.gate, FRESH_URL_NANOS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new FotaException(Reason.INTERRUPTED, "Interrupted.");
        } finally {
            wish = null;
        }
        return mine.answer == null ? expired : mine.answer;
    }

    /** Whether a fresh URL is waited for. */
    boolean wantsFreshUrl() {
        return wish != null;
    }

    /** The answer to that. */
    void offerUrl(DownloadUrl url) {
        UrlWish waiting = wish;
        if (waiting != null) {
            waiting.answer = url;
            waiting.gate.countDown();
        }
    }

    /** Where it is, or null before the first byte. */
    Position position() {
        return position;
    }

    /** The next sentence about a transient fault, or null. */
    String pollNote() {
        return notes.poll();
    }

    boolean isDone() {
        return result.isDone();
    }

    /** The image; only when done. */
    PreparedImage result() throws FotaException {
        try {
            return result.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof FotaException known) {
                throw known;
            }
            throw new IllegalStateException("the download ended unforeseen: " + e.getCause(), e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new FotaException(Reason.INTERRUPTED, "Interrupted.");
        }
    }

    void cancel() {
        cancellation.cancel();
        Optional.ofNullable(wish).ifPresent(w -> w.gate.countDown());
    }
}
