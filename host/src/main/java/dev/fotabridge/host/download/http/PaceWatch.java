package dev.fotabridge.host.download.http;

import java.time.Duration;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** Cuts one request off when too few bytes come; time-outs of a socket only notice when none come at all. */
final class PaceWatch implements AutoCloseable {
    /** In a minute: a line of 10 kbit/s is the slowest that an update is worth waiting for. */
    static final long MIN_BYTES = 65_536;

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
        ScheduledThreadPoolExecutor executor = new ScheduledThreadPoolExecutor(1, task -> {
            Thread thread = new Thread(task, "download-pace");
            thread.setDaemon(true);
            return thread;
        });
        executor.setRemoveOnCancelPolicy(true);
        return executor;
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
        if (now - lastReceived < MIN_BYTES) {
            tooSlow = true;
            cut.run();
        }
        lastReceived = now;
    }

    boolean isTooSlow() {
        return tooSlow;
    }

    @Override
    public void close() {
        checks.cancel(false);
    }
}
