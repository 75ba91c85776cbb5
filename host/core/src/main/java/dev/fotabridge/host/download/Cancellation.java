package dev.fotabridge.host.download;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * A switch that stops a running download from any thread, once and for all. Thread-safe.
 * Tested by HttpRangeSourceIT.
 */
public final class Cancellation {
    private final CountDownLatch cancelled = new CountDownLatch(1);
    private final List<Runnable> actions = new ArrayList<>();
    private final Waiting waiting;

    /** Waits in real time. */
    public Cancellation() {
        this((gate, nanos) -> gate.await(nanos, TimeUnit.NANOSECONDS));
    }

    /** Waits so. */
    public Cancellation(Waiting waiting) {
        this.waiting = waiting;
    }

    /** Stops the download: open requests are cut, waits end. Does not block for longer than the actions do. */
    public void cancel() {
        List<Runnable> toRun;
        synchronized (actions) {
            cancelled.countDown();
            toRun = List.copyOf(actions);
            actions.clear();
        }
        toRun.forEach(Runnable::run);
    }

    /** Whether {@link #cancel} has been called. */
    public boolean isCancelled() {
        return cancelled.getCount() == 0;
    }

    /** Runs the action when cancelled, at once if that has happened already. Close the result when it is over. */
    public Registration onCancel(Runnable action) {
        boolean runNow;
        synchronized (actions) {
            runNow = isCancelled();
            if (!runNow) {
                actions.add(action);
            }
        }
        if (runNow) {
            action.run();
        }
        return () -> {
            synchronized (actions) {
                actions.remove(action);
            }
        };
    }

    /**
     * Blocks until cancelled or the time is over.
     *
     * @return whether it was cancelled
     */
    public boolean await(long nanos) throws InterruptedException {
        return waiting.await(cancelled, nanos);
    }

    /** Ends an {@link #onCancel}. */
    @FunctionalInterface
    public interface Registration extends AutoCloseable {
        @Override
        void close();
    }
}
