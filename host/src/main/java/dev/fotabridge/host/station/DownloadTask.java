package dev.fotabridge.host.station;

import dev.fotabridge.host.download.CachedImage;
import dev.fotabridge.host.download.Cancellation;
import dev.fotabridge.host.download.DownloadListener;
import dev.fotabridge.host.download.DownloadRequest;
import dev.fotabridge.host.download.DownloadUrl;
import dev.fotabridge.host.download.ImageCache;
import dev.fotabridge.host.download.ImageDownload;
import dev.fotabridge.host.download.RangeSource;
import dev.fotabridge.host.outcome.FotaException;
import dev.fotabridge.host.outcome.Reason;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Fetches and checks a job's image on a thread of its own. The bay asks what has come of it; everything that it tells is
 * left in queues and fields for the bay's thread.
 */
final class DownloadTask implements DownloadListener {
    private static final long FRESH_URL_SECONDS = 60;

    /** How far the download is; total is -1 if not known. */
    record Position(long bytes, long total) {}

    private final Runnable wakeUp;
    private final Cancellation cancellation = new Cancellation();
    private final CompletableFuture<PreparedImage> result = new CompletableFuture<>();
    private final Queue<String> notes = new ConcurrentLinkedQueue<>();
    private volatile Position position;
    private volatile CompletableFuture<DownloadUrl> freshUrl;

    DownloadTask(Runnable wakeUp) {
        this.wakeUp = wakeUp;
    }

    void start(DownloadRequest request, ImageCache cache, RangeSource source, UpdateOptions options) {
        Thread thread = new Thread(() -> run(request, cache, source, options), "download");
        thread.setDaemon(true);
        thread.start();
    }

    private void run(DownloadRequest request, ImageCache cache, RangeSource source, UpdateOptions options) {
        try {
            CachedImage file = new ImageDownload(cache, source).fetch(request, this, cancellation);
            PreparedImage image = PreparedImage.of(file.path(), options);
            cache.index(image.imageHash(), file.fileSha256());
            result.complete(image);
        } catch (FotaException | RuntimeException e) {
            // The top of this thread: the bay must hear of a bug too.
            result.completeExceptionally(e);
        }
        wakeUp.run();
    }

    @Override
    public void progress(long bytes, long total) {
        position = new Position(bytes, total);
        wakeUp.run();
    }

    @Override
    public void retrying(String sentence) {
        notes.add(sentence);
        wakeUp.run();
    }

    @Override
    public DownloadUrl freshUrl(DownloadUrl expired) throws FotaException {
        CompletableFuture<DownloadUrl> answer = new CompletableFuture<>();
        freshUrl = answer;
        wakeUp.run();
        try {
            return answer.get(FRESH_URL_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            return expired;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new FotaException(Reason.INTERRUPTED, "Interrupted.");
        } finally {
            freshUrl = null;
        }
    }

    /** Whether a fresh URL is waited for. */
    boolean wantsFreshUrl() {
        return freshUrl != null;
    }

    /** The answer to that. */
    void offerUrl(DownloadUrl url) {
        CompletableFuture<DownloadUrl> waiting = freshUrl;
        if (waiting != null) {
            waiting.complete(url);
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
        Optional.ofNullable(freshUrl).ifPresent(f -> f.cancel(false));
    }
}
