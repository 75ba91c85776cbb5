package dev.fotabridge.station.hook;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The hooks that wait. Those of one bay start one after the other, in the order in which they came: a lamp does not show an older verdict
 * last. For one thread at a time.
 */
final class HookQueue {
    private final int most;
    private final List<HookJob> waiting = new ArrayList<>();
    private final Set<Integer> busy = new HashSet<>();

    /** @param most how many may wait */
    HookQueue(int most) {
        this.most = most;
    }

    /** Adds a hook; returns false if too many wait, and then it is not added. */
    boolean offer(HookJob job) {
        return waiting.size() < most && waiting.add(job);
    }

    /** Returns the oldest hook whose bay has none at work, and takes it out; {@link #done} follows. */
    Optional<HookJob> next() {
        for (Iterator<HookJob> jobs = waiting.iterator(); jobs.hasNext(); ) {
            HookJob job = jobs.next();
            if (busy.add(job.bay())) {
                jobs.remove();
                return Optional.of(job);
            }
        }
        return Optional.empty();
    }

    /** The hook has ended. */
    void done(HookJob job) {
        busy.remove(job.bay());
    }

    /** Returns whether no hook waits or is at work. */
    boolean isIdle() {
        return waiting.isEmpty() && busy.isEmpty();
    }

    /** Takes out all hooks that wait. */
    List<HookJob> clear() {
        List<HookJob> dropped = List.copyOf(waiting);
        waiting.clear();
        return dropped;
    }
}
