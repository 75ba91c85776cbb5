package dev.fotabridge.host.jobs;

import java.util.HashMap;
import java.util.Map;

/**
 * What AWS has said of the executions that we have something to tell about. Each has a version, and two marks:
 *
 * <ul>
 *   <li>certain: AWS has described it on this connection, with its number and time. Under the name of one that is not,
 *       AWS may have another execution by now.
 *   <li>begun: AWS has it IN_PROGRESS. A job made anew under the name begins QUEUED and at the first version, so an update that
 *       expects the version of a begun execution cannot reach it. It can if an unanswered IN_PROGRESS arrives late and raises
 *       the new one to that version: then one more IN_PROGRESS goes first.
 * </ul>
 *
 * An accepted update does not say which execution has taken it. The one that began an execution therefore raises doubt: AWS
 * has to describe what it has before anything else is told.
 * Tested by JobIdentityTest.
 */
final class KnownExecutions {
    private final Map<ExecutionId, Known> executions = new HashMap<>();

    /** @param late version that an unanswered update expects, which may still arrive; -1 without one */
    private record Known(long version, boolean certain, boolean begun, long late) {
        static final Known NOTHING = new Known(0, false, false, -1);

        Known at(long newVersion, boolean isCertain, boolean isBegun) {
            return new Known(newVersion, isCertain, isBegun, late);
        }
    }

    private Known of(ExecutionId id) {
        return executions.getOrDefault(id, Known.NOTHING);
    }

    /** The version that AWS must have for an update to be meant for this execution; 0 if none is known. */
    long version(ExecutionId id) {
        return of(id).version();
    }

    boolean isCertain(ExecutionId id) {
        return of(id).certain();
    }

    boolean isBegun(ExecutionId id) {
        Known known = of(id);
        return known.begun() && known.version() != known.late() + 1;
    }

    /** An IN_PROGRESS that expects this version was not answered. */
    void unanswered(ExecutionId id, long expectedVersion) {
        Known known = of(id);
        executions.put(id, new Known(known.version(), known.certain(), known.begun(), expectedVersion));
    }

    /** AWS, or an earlier run, names version and status, but not the execution that has them. */
    void learn(ExecutionId id, long version, JobStatus status) {
        Known known = of(id);
        executions.put(id, known.at(version, known.certain(), known.begun() && status != JobStatus.QUEUED));
    }

    /** AWS has taken an update that sets IN_PROGRESS. */
    void updated(ExecutionId id, long version) {
        Known known = of(id);
        executions.put(id, known.at(version, known.certain() && known.begun(), true));
    }

    /** AWS has described it just now; a version never goes down. */
    void described(ExecutionId id, long version, JobStatus status) {
        Known known = of(id);
        boolean begun = known.begun() || status == JobStatus.IN_PROGRESS;
        executions.put(id, known.at(Math.max(known.version(), version), true, begun));
    }

    /** AWS does not describe it: only the version is left to tell it from another one. */
    void notDescribed(ExecutionId id) {
        described(id, 0, JobStatus.QUEUED);
    }

    /** AWS does not set it IN_PROGRESS, but may end it. */
    void notToBeBegun(ExecutionId id) {
        described(id, 0, JobStatus.IN_PROGRESS);
    }

    void doubt(ExecutionId id) {
        executions.computeIfPresent(id, (key, known) -> known.at(known.version(), false, known.begun()));
    }

    void doubtAll() {
        executions.replaceAll((id, known) -> known.at(known.version(), false, known.begun()));
    }

    void forget(ExecutionId id) {
        executions.remove(id);
    }
}
