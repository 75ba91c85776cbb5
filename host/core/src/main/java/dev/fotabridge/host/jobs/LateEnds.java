package dev.fotabridge.host.jobs;

import java.util.HashMap;
import java.util.Map;

/**
 * Ends that were sent and may still be on their way to AWS, also over a connection that is gone. A job made anew
 * under the name of such an execution is not begun before that: its version would come to be the one that the end
 * expects. Pure; time is nanoseconds of a monotonic clock.
 * Tested by JobsAgentTest.
 */
final class LateEnds {
    /** AWS promises no limit; the connection itself is given up after 30 s without a reply. */
    static final long LIMIT_NANOS = 60_000_000_000L;

    private final Map<ExecutionId, Sent> sent = new HashMap<>();

    private record Sent(long until, int unanswered) {}

    void sent(ExecutionId id, long now) {
        int unanswered = sent.containsKey(id) ? sent.get(id).unanswered() + 1 : 1;
        sent.put(id, new Sent(now + LIMIT_NANOS, unanswered));
    }

    /** AWS has answered one that was sent. */
    void answered(ExecutionId id) {
        sent.computeIfPresent(
                id, (key, end) -> end.unanswered() == 1 ? null : new Sent(end.until(), end.unanswered() - 1));
    }

    /** What was sent that long ago has arrived by now, or never will. */
    void expire(long now) {
        sent.values().removeIf(end -> end.until() <= now);
    }

    /** The time from which this execution may be told anything; the least value for at once. */
    long reportableFrom(ExecutionId id) {
        return sent.entrySet().stream()
                .filter(end -> id.replaces(end.getKey()))
                .mapToLong(end -> end.getValue().until())
                .max()
                .orElse(Long.MIN_VALUE);
    }
}
