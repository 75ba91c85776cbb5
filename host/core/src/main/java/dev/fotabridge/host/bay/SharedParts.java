package dev.fotabridge.host.bay;

import com.google.common.cache.CacheBuilder;
import com.google.common.cache.CacheLoader;
import com.google.common.cache.LoadingCache;
import com.google.common.util.concurrent.MoreExecutors;
import dev.fotabridge.host.download.http.SharedSources;
import dev.fotabridge.host.link.PortInfo;
import dev.fotabridge.host.link.Rehearsal;
import dev.fotabridge.host.link.serial.PortList;
import dev.fotabridge.host.thread.WatchedThreads;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Holds the parts that all bays of a process share. Any thread may call. Tested by BoardBayIT. */
public final class SharedParts implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SharedParts.class);

    /** How long a port scan is reused, 200 ms: bays that look for their board at the same time share one scan. */
    private static final long SCAN_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

    private static final int MAX_WORKERS = 16;

    private final ScheduledThreadPoolExecutor watchdog =
            WatchedThreads.executor("link-watchdog", e -> LOG.error("the watchdog of the ports met a bug", e));
    private final ExecutorService workers =
            WatchedThreads.pool("bay-worker", MAX_WORKERS, e -> LOG.error("a download met a bug", e));

    /** One thread at most for each object that is fetched, however many boards want it. */
    private LoadingCache<String, Executor> subjects;

    private final Rehearsal rehearsal = new Rehearsal();
    private final SharedSources objects = new SharedSources();
    private final SharedImages images = new SharedImages();
    private List<PortInfo> ports;
    private long scannedAt;

    /** Returns the serial ports of this computer, at most 200 ms old. Blocks for some file reads. */
    public synchronized List<PortInfo> ports() {
        long now = System.nanoTime();
        if (ports == null || now - scannedAt > SCAN_NANOS) {
            ports = new PortList().list();
            scannedAt = System.nanoTime();
        }
        return ports;
    }

    /** Returns the timer that watches what may hang. */
    public ScheduledThreadPoolExecutor watchdog() {
        return watchdog;
    }

    /** Returns a new loop for a bay. */
    public BayLoop loop() {
        return new ThreadLoop(this::worker);
    }

    /** Makes the cache with the first download: most commands load none, and start faster without its classes. */
    private synchronized Executor worker(String subject) {
        if (subjects == null) {
            subjects = CacheBuilder.newBuilder()
                    .weakValues()
                    .build(CacheLoader.from(() -> MoreExecutors.newSequentialExecutor(workers)));
        }
        return subjects.getUnchecked(subject);
    }

    Rehearsal rehearsal() {
        return rehearsal;
    }

    /** Returns the sources of downloads. */
    public SharedSources objects() {
        return objects;
    }

    /** Returns the images that bays hold. */
    public SharedImages images() {
        return images;
    }

    @Override
    public void close() {
        watchdog.shutdown();
        workers.shutdown();
    }
}
