package dev.fotabridge.host.jobs;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * What AWS has said of the executions that we have something to tell about: the version of each, and which of them are
 * certain on this connection, described with their number and time. Under the name of one that is in doubt AWS may have
 * another execution by now, which is not to get what was meant for the first.
 */
final class KnownExecutions {
    private final Map<ExecutionId, Long> versions = new HashMap<>();
    private final Set<ExecutionId> certain = new HashSet<>();

    /** The version that AWS must have for an update to be meant for this execution; 0 if none is known. */
    long version(ExecutionId id) {
        return versions.getOrDefault(id, 0L);
    }

    void learn(ExecutionId id, long version) {
        versions.put(id, version);
    }

    /** AWS has described it just now; a version never goes down. */
    void described(ExecutionId id, long version) {
        versions.merge(id, version, Math::max);
        certain.add(id);
    }

    boolean isCertain(ExecutionId id) {
        return certain.contains(id);
    }

    void doubt(ExecutionId id) {
        certain.remove(id);
    }

    void doubtAll() {
        certain.clear();
    }

    void forget(ExecutionId id) {
        versions.remove(id);
        certain.remove(id);
    }
}
