package dev.fotabridge.host.bay;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A bay's loop in real time. Tested by BoardBayIT. */
public final class ThreadLoop implements BayLoop {
    private static final Logger LOG = LoggerFactory.getLogger(ThreadLoop.class);
    private static final long MAX_WAIT_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final long startNanos = System.nanoTime();
    private final Semaphore work = new Semaphore(0);
    private final Function<String, Executor> workers;
    private volatile boolean interrupted;

    /** @param workers for work about a subject that may block beside the owner */
    public ThreadLoop(Function<String, Executor> workers) {
        this.workers = workers;
    }

    @Override
    public long now() {
        return System.nanoTime() - startNanos;
    }

    @Override
    public void wake() {
        work.release();
    }

    @Override
    public void interrupt() {
        interrupted = true;
        wake();
    }

    @Override
    public void resume() {
        interrupted = false;
    }

    @Override
    public boolean isInterrupted() {
        return interrupted;
    }

    @Override
    public void await(long deadline) {
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

    @Override
    public void start(String subject, Runnable work) {
        workers.apply(subject).execute(() -> {
            try {
                work.run();
            } catch (RuntimeException | Error e) {
                // The top of a thread.
                LOG.error("work beside a bay met a bug", e);
            } finally {
                wake();
            }
        });
    }

    @Override
    public boolean await(CountDownLatch gate, long nanos) throws InterruptedException {
        return gate.await(nanos, TimeUnit.NANOSECONDS);
    }
}
