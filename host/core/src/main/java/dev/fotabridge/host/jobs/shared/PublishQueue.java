package dev.fotabridge.host.jobs.shared;

import dev.fotabridge.protocol.time.Deadline;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Queue;

/**
 * Requests of all things, in order, at the pace that AWS takes. Bounded; not thread-safe.
 * Tested by SharedConnectionTest.
 */
final class PublishQueue {
    /** One more is dropped, and its thing asks again when it misses the reply. */
    static final int MAX_WAITING = 1_000;

    private record Waiting(PolicyAction action, String topic, byte[] payload) {}

    private final DisconnectSuspects suspects;
    private final PublishPacer pacer = new PublishPacer();
    private final Deque<Waiting> waiting = new ArrayDeque<>();

    PublishQueue(DisconnectSuspects suspects) {
        this.suspects = suspects;
    }

    void add(String thing, String topic, byte[] payload) {
        if (waiting.size() < MAX_WAITING) {
            waiting.add(new Waiting(PolicyAction.of(thing, topic), topic, payload));
        }
    }

    void forget(String thing) {
        waiting.removeIf(one -> one.action().thing().equals(thing));
    }

    void clear() {
        waiting.clear();
    }

    /** Strictly in order, so that a suspect at the head gets its turn. */
    void pump(long now, Queue<SharedEffect> effects) {
        while (mayGo() && pacer.take(now)) {
            Waiting next = waiting.remove();
            suspects.done(next.action(), now);
            effects.add(new SharedEffect.Publish(next.topic(), next.payload()));
        }
    }

    private boolean mayGo() {
        return !waiting.isEmpty() && suspects.admits(waiting.peek().action());
    }

    /** When pump is next useful, if nothing is answered before. */
    long deadline() {
        return mayGo() ? pacer.deadline() : Deadline.NEVER;
    }

    int size() {
        return waiting.size();
    }
}
