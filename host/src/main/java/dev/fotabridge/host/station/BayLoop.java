package dev.fotabridge.host.station;

import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** The clock and the wake-up of one bay: other threads post their inputs elsewhere and call wake. */
final class BayLoop {
    private static final long MAX_WAIT_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final long startNanos = System.nanoTime();
    private final Semaphore work = new Semaphore(0);
    private volatile boolean interrupted;

    /** Nanoseconds since this loop was made. */
    long now() {
        return System.nanoTime() - startNanos;
    }

    /** Makes {@link #await} return; any thread. */
    void wake() {
        work.release();
    }

    /** Asks the owner to end; any thread. */
    void interrupt() {
        interrupted = true;
        wake();
    }

    boolean isInterrupted() {
        return interrupted;
    }

    /** Blocks until woken or the deadline, a second at most. */
    void await(long deadline) {
        long wait = Math.min(MAX_WAIT_NANOS, deadline - now());
        try {
            if (wait > 0) {
                work.tryAcquire(wait, TimeUnit.NANOSECONDS);
            }
            work.drainPermits();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            interrupted = true;
        }
    }
}
