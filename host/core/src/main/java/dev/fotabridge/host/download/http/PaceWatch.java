package dev.fotabridge.host.download.http;

import dev.fotabridge.host.thread.WatchedThreads;
import java.time.Duration;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Cuts one request off when too few bytes come; time-outs of a socket only notice when none come at all.
 * Tested by HttpRangeSourceIT.
 */
final class PaceWatch implements AutoCloseable {
    /** In a minute: a line of 10 kbit/s is the slowest that an update is worth waiting for. */
    static final long MIN_BYTES = 65_536;

    private static final Logger LOG = LoggerFactory.getLogger(PaceWatch.class);

    private final LongSupplier received;
    private final Runnable cut;
    private ScheduledFuture<?> checks;
    private long lastReceived;
    private volatile boolean tooSlow;

    private PaceWatch(LongSupplier received, Runnable cut) {
        this.received = received;
        this.cut = cut;
    }

    /** A daemon thread for any number of watches. */
    static ScheduledThreadPoolExecutor newThread() {
        return WatchedThreads.executor("download-pace", e -> LOG.error("the watch on the pace met a bug", e));
    }

    /** Looks at the end of every window how many bytes came in it. */
    static PaceWatch start(ScheduledThreadPoolExecutor thread, Duration window, LongSupplier received, Runnable cut) {
        PaceWatch watch = new PaceWatch(received, cut);
        watch.checks =
                thread.scheduleAtFixedRate(watch::check, window.toNanos(), window.toNanos(), TimeUnit.NANOSECONDS);
        return watch;
    }

    private void check() {
        long now = received.getAsLong();
        tooSlow = tooSlow || now - lastReceived < MIN_BYTES;
        lastReceived = now;
        if (tooSlow) {
            cutOff();
        }
    }

    /** A cut that fails must not be the last look: the next window tries it again. */
    private void cutOff() {
        try {
            cut.run();
        } catch (RuntimeException | Error e) {
            LOG.error("a download that is too slow cannot be cut off", e);
        }
    }

    boolean isTooSlow() {
        return tooSlow;
    }

    @Override
    public void close() {
        checks.cancel(false);
    }
}
