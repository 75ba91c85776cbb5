package dev.fotabridge.host.jobs;

import dev.fotabridge.host.api.FotaException;
import dev.fotabridge.host.api.Reason;

/** What the application should know. Polled; nothing is called from inside the state machine. */
public sealed interface JobsEvent {
    /** An execution to work on: QUEUED, or IN_PROGRESS with the details of an earlier run. Answer with report or finish. */
    record JobOffered(JobExecution execution) implements JobsEvent {}

    /** AWS has taken a report or a final state of this execution. For a final state, the execution is over. */
    record UpdateAccepted(ExecutionId id, JobStatus status) implements JobsEvent {}

    /**
     * AWS has this execution no longer as ours. Not told for a final state that AWS already had.
     *
     * @param reason JOB_CANCELED, JOB_DELETED, JOB_TIMED_OUT or JOB_TAKEN_OVER
     * @param sentence what was seen
     */
    record JobGone(ExecutionId id, Reason reason, String sentence) implements JobsEvent {
        /** By the end that AWS has for it. */
        static JobGone of(ExecutionId id, JobStatus end) {
            String execution = "The execution " + id;
            return switch (end) {
                case CANCELED -> new JobGone(id, Reason.JOB_CANCELED, execution + " was cancelled at AWS.");
                case TIMED_OUT ->
                    new JobGone(id, Reason.JOB_TIMED_OUT, "The timer of the execution " + id + " ran out at AWS.");
                case REMOVED -> new JobGone(id, Reason.JOB_DELETED, execution + " was removed at AWS.");
                default -> new JobGone(id, Reason.JOB_TAKEN_OVER, execution + " is " + end + ", by somebody else.");
            };
        }
    }

    /**
     * AWS refuses a final state for its form, with details and without. The execution stays open there until its timer or
     * somebody ends it; it is not offered again in this run. The outbox's store keeps the end, and the next run tries again.
     *
     * @param status SUCCEEDED, FAILED or REJECTED
     * @param sentence what AWS said
     */
    record EndRefused(ExecutionId id, JobStatus status, String sentence) implements JobsEvent {}

    /** While one execution is worked on, another has come to the queue's head; it is offered once this one is over. */
    record NextJobAnnounced(JobExecution execution) implements JobsEvent {}

    /** The answer to {@link JobsAgent#refreshDocument}: the same execution with a fresh document. */
    record DocumentRefreshed(JobExecution execution) implements JobsEvent {}

    /** AWS says that nothing is queued for this thing. */
    record QueueEmpty() implements JobsEvent {}

    /** AWS refused a request for its form; a bug or a limit. The agent goes on without it. */
    record RequestRefused(String code, String sentence) implements JobsEvent {}

    /** The connection is up and subscribed. */
    record Connected() implements JobsEvent {}

    /**
     * The connection could not be made or was lost.
     *
     * @param cause CLOUD_UNREACHABLE, CLOUD_REFUSED, CLOUD_POLICY or CREDENTIALS, with a sentence
     * @param retryInNanos until the next try
     */
    record ConnectionLost(FotaException cause, long retryInNanos) implements JobsEvent {}
}
