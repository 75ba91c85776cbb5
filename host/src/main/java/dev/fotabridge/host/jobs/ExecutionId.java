package dev.fotabridge.host.jobs;

/**
 * Tells one job execution from every other, also when a job is retried or deleted and made anew under its old name.
 *
 * @param jobId 1 to 64 of letters, digits, underscore and hyphen
 * @param executionNumber of this thing for this job
 * @param queuedAt epoch seconds as AWS gives them
 */
public record ExecutionId(String jobId, long executionNumber, long queuedAt) {
    @Override
    public String toString() {
        return jobId + "#" + executionNumber;
    }
}
