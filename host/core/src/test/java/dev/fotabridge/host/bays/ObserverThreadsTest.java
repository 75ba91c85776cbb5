package dev.fotabridge.host.bays;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fotabridge.host.thread.WatchedThreads;
import java.util.Collection;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Few threads for many observers; observers that hang keep nothing from the others. */
final class ObserverThreadsTest {
    private static final int MANY = 10 * ObserverThreads.FEW;

    private final ScheduledThreadPoolExecutor timer = WatchedThreads.executor("timer", e -> {});
    private final ObserverThreads threads = new ObserverThreads(timer);
    private final CountDownLatch hanging = new CountDownLatch(1);

    @AfterEach
    void close() {
        hanging.countDown();
        threads.close();
        timer.shutdownNow();
    }

    private void hang() {
        try {
            hanging.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void shortDeliveriesShareAFewThreads() throws Exception {
        Collection<Thread> used = new ConcurrentLinkedQueue<>();
        CountDownLatch delivered = new CountDownLatch(MANY);
        for (int i = 0; i < MANY; i++) {
            threads.execute(() -> {
                used.add(Thread.currentThread());
                delivered.countDown();
            });
        }
        assertTrue(delivered.await(10, TimeUnit.SECONDS));
        assertTrue(used.stream().distinct().count() <= ObserverThreads.FEW);
    }

    @Test
    void observersThatHangKeepNothingFromTheOthers() throws Exception {
        for (int i = 0; i < MANY; i++) {
            threads.execute(this::hang);
        }
        CountDownLatch delivered = new CountDownLatch(1);
        threads.execute(delivered::countDown);
        assertTrue(delivered.await(10, TimeUnit.SECONDS));
    }

    @Test
    void nothingIsTakenAfterTheEnd() {
        threads.close();
        assertThrows(RejectedExecutionException.class, () -> threads.execute(() -> {}));
    }
}
