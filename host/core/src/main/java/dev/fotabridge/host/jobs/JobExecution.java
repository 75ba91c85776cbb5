package dev.fotabridge.host.jobs;

import java.util.Map;
import java.util.OptionalLong;

/**
 * A job execution as AWS describes it.
 *
 * @param id which one
 * @param status when it was described
 * @param statusDetails what was last reported, perhaps before a restart of this program; bounded
 * @param versionNumber orders the replies about one execution, and nothing else
 * @param secondsBeforeTimedOut what is left of the nearest timer; empty without one
 * @param document the job document as JSON text, to be read by {@link JobDocument#parse}; empty if AWS sent none. It may
 *     hold a presigned URL
 */
public record JobExecution(
        ExecutionId id,
        JobStatus status,
        Map<String, String> statusDetails,
        long versionNumber,
        OptionalLong secondsBeforeTimedOut,
        String document) {
    /** Copies the details. */
    public JobExecution {
        statusDetails = Map.copyOf(statusDetails);
    }

    /** Leaves the document out: its URL may be a credential. */
    @Override
    public String toString() {
        return id + " " + status + " version " + versionNumber;
    }
}
