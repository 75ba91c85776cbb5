package dev.fotabridge.host.thread;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** No thread ends in silence, and none that others need ends at all. */
final class WatchedThreadsTest {
    private final BlockingQueue<Throwable> errors = new LinkedBlockingQueue<>();
    private final Error error = new OutOfMemoryError("planted");

    private void fail() {
        throw error;
    }

    private Throwable heard() throws InterruptedException {
        return errors.poll(10, TimeUnit.SECONDS);
    }

    @Test
    void anErrorOfAThreadIsReported() throws Exception {
        Thread thread = WatchedThreads.start("test", this::fail, errors::add);
        assertTrue(thread.isDaemon());
        assertSame(error, heard());
    }

    @Test
    void anErrorOfATaskIsReportedAndTheNextTaskRuns() throws Exception {
        ScheduledThreadPoolExecutor executor = WatchedThreads.executor("test", errors::add);
        CountDownLatch next = new CountDownLatch(1);
        executor.execute(this::fail);
        executor.execute(next::countDown);
        assertTrue(next.await(10, TimeUnit.SECONDS));
        assertSame(error, heard());
        executor.schedule(this::fail, 1, TimeUnit.NANOSECONDS);
        assertSame(error, heard());
        executor.scheduleAtFixedRate(this::fail, 0, 1, TimeUnit.HOURS);
        assertSame(error, heard());
        executor.shutdownNow();
    }

    @Test
    void aTaskThatIsCancelledOrEndsWellTellsNothing() throws Exception {
        ScheduledThreadPoolExecutor executor = WatchedThreads.executor("test", errors::add);
        executor.schedule(this::fail, 1, TimeUnit.HOURS).cancel(false);
        CountDownLatch running = new CountDownLatch(1);
        CountDownLatch cancelled = new CountDownLatch(1);
        Future<?> task = executor.submit(() -> {
            running.countDown();
            return cancelled.await(10, TimeUnit.SECONDS);
        });
        assertTrue(running.await(10, TimeUnit.SECONDS));
        task.cancel(false);
        cancelled.countDown();
        executor.submit(() -> {}).get(10, TimeUnit.SECONDS);
        executor.shutdown();
        assertTrue(executor.awaitTermination(10, TimeUnit.SECONDS));
        assertEquals(0, errors.size());
    }

    @Test
    void anErrorInAPoolIsReported() throws Exception {
        ExecutorService pool = WatchedThreads.pool("test", errors::add);
        pool.execute(this::fail);
        assertSame(error, heard());
        pool.shutdownNow();
    }
}
