package dev.fotabridge.host.bays;

import dev.fotabridge.host.thread.WatchedThreads;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The threads that deliver to observers: a few for all bays, since most deliveries are short, and one more for each delivery that
 * has waited for 100 ms. So observers that hang keep nothing from the others.
 */
final class ObserverThreads implements Executor {
    static final int FEW = 8;

    private static final Logger LOG = LoggerFactory.getLogger(ObserverThreads.class);
    private static final long PATIENCE_MILLIS = 100;

    private final ThreadPoolExecutor few = WatchedThreads.pool("observer", FEW, ObserverThreads::failed);
    private final ScheduledExecutorService timer;

    /** @param timer watches the deliveries that wait; it stays its owner's */
    ObserverThreads(ScheduledExecutorService timer) {
        this.timer = timer;
    }

    /**
     * Returns at once.
     *
     * @throws RejectedExecutionException after {@link #close}
     */
    @Override
    public void execute(Runnable delivery) {
        few.execute(delivery);
        if (!few.getQueue().isEmpty()) {
            timer.schedule(() -> waitNoLonger(delivery), PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    private void waitNoLonger(Runnable delivery) {
        if (few.remove(delivery)) {
            WatchedThreads.start("observer", delivery, ObserverThreads::failed);
        }
    }

    private static void failed(Throwable bug) {
        LOG.error("the delivery of events met a bug", bug);
    }

    /** What was taken before is delivered yet. Returns at once. */
    void close() {
        few.shutdown();
    }
}
