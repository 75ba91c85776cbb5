package dev.fotabridge.host.jobs;

/**
 * Tells one job execution from every other, also when a job is retried or deleted and made anew under its old name.
 * Tested by JobIdentityTest.
 *
 * @param jobId 1 to 64 of letters, digits, underscore and hyphen
 * @param executionNumber of this thing for this job
 * @param queuedAt epoch seconds as AWS gives them
 */
public record ExecutionId(String jobId, long executionNumber, long queuedAt) {
    /** Names this execution in an update's journal: a job that was made anew under its old name is another one. */
    public String journalName() {
        return "job " + jobId + " " + executionNumber + " " + queuedAt;
    }

    /** Whether the other one was deleted, and this is a job made later under the same name. */
    boolean replaces(ExecutionId other) {
        return jobId.equals(other.jobId) && executionNumber == other.executionNumber && queuedAt > other.queuedAt;
    }

    /** Whether the other one can be the same; a number or time that AWS leaves out (0) says nothing against it. */
    boolean mayBe(ExecutionId other) {
        return jobId.equals(other.jobId)
                && agrees(executionNumber, other.executionNumber)
                && agrees(queuedAt, other.queuedAt);
    }

    private static boolean agrees(long one, long other) {
        return one == other || one == 0 || other == 0;
    }

    @Override
    public String toString() {
        return jobId + "#" + executionNumber;
    }
}
