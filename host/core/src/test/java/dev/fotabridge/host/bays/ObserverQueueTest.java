package dev.fotabridge.host.bays;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fotabridge.host.api.BayEvent;
import dev.fotabridge.host.api.EventOrigin;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What an observer gets that is slower than what happens. Its thread is a queue of tasks that the test runs. */
final class ObserverQueueTest {
    private static final EventOrigin HERE = new EventOrigin("bay", "", "run-1", "", Instant.EPOCH, 0);

    private final Deque<Runnable> threads = new ArrayDeque<>();
    private final List<BayEvent> taken = new ArrayList<>();
    private final List<ObserverQueue> left = new ArrayList<>();
    private final ObserverQueue queue = new ObserverQueue((origin, event) -> taken.add(event), threads::add, left::add);

    private void offer(BayEvent event) {
        queue.offer(HERE, event);
    }

    private void runThreads() {
        for (Runnable task = threads.poll(); task != null; task = threads.poll()) {
            task.run();
        }
    }

    private static BayEvent job(int number) {
        return new BayEvent.JobTaken("job-" + number);
    }

    @Test
    void eventsComeInOrderAndTakeOneThreadOnly() {
        offer(job(1));
        offer(new BayEvent.Log("a"));
        assertEquals(1, threads.size());
        runThreads();
        offer(job(2));
        runThreads();
        assertEquals(List.of(job(1), new BayEvent.Log("a"), job(2)), taken);
    }

    @Test
    void ofTransfersInARowTheLastCounts() {
        offer(new BayEvent.Transfer(1, 3, 0, 0));
        offer(new BayEvent.Transfer(2, 3, 0, 0));
        offer(job(1));
        offer(new BayEvent.Transfer(3, 3, 0, 0));
        runThreads();
        assertEquals(List.of(new BayEvent.Transfer(2, 3, 0, 0), job(1), new BayEvent.Transfer(3, 3, 0, 0)), taken);
    }

    @Test
    void aFullQueueLosesLinesBeforeFactsAndSaysHowMany() {
        offer(new BayEvent.Log("old"));
        for (int i = 0; i < ObserverQueue.CAPACITY; i++) {
            offer(job(i));
        }
        offer(job(-1));
        runThreads();
        assertTrue(
                taken.get(0) instanceof BayEvent.Log log && log.line().startsWith("2 events are missing"),
                () -> taken.get(0).toString());
        assertEquals(job(1), taken.get(1));
        assertEquals(job(-1), taken.get(taken.size() - 1));
        assertEquals(ObserverQueue.CAPACITY + 1, taken.size());
    }

    @Test
    void anObserverThatFailsGetsTheNextEventAllTheSame() {
        ObserverQueue failing = new ObserverQueue(
                (origin, event) -> {
                    taken.add(event);
                    throw new IllegalStateException("a bug of the application");
                },
                threads::add,
                left::add);
        failing.offer(HERE, job(1));
        failing.offer(HERE, job(2));
        runThreads();
        assertEquals(List.of(job(1), job(2)), taken);
    }

    @Test
    void oneThatHasLeftGetsNothingAnyMore() {
        offer(job(1));
        queue.close();
        runThreads();
        offer(job(2));
        runThreads();
        assertEquals(List.of(), taken);
        assertEquals(List.of(queue), left);
        queue.awaitDelivered();
    }
}
