package dev.fotabridge.station.hook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class HookQueueTest {
    private final HookQueue queue = new HookQueue(3);
    private final HookJob first = job(1, "/first");
    private final HookJob second = job(1, "/second");
    private final HookJob other = job(2, "/first");

    private static HookJob job(int bay, String program) {
        return new HookJob(bay, List.of(program), "{}");
    }

    @Test
    void hooksOfOneBayStartOneAfterTheOther() {
        List.of(first, second, other).forEach(queue::offer);
        assertEquals(Optional.of(first), queue.next());
        assertEquals(Optional.of(other), queue.next());
        assertEquals(Optional.empty(), queue.next());
        queue.done(other);
        assertEquals(Optional.empty(), queue.next());
        queue.done(first);
        assertEquals(Optional.of(second), queue.next());
        assertFalse(queue.isIdle());
        queue.done(second);
        assertTrue(queue.isIdle());
    }

    @Test
    void noMoreThanTheMostWait() {
        List.of(first, second, other).forEach(queue::offer);
        assertFalse(queue.offer(job(3, "/x")));
        queue.next();
        assertTrue(queue.offer(job(3, "/x")), "one at work does not wait");
        assertEquals(3, queue.clear().size());
        assertEquals(Optional.empty(), queue.next());
    }
}
