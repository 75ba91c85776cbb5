package dev.fotabridge.host.api;

import java.time.Duration;

/** What happens to the job queue of one thing. */
public sealed interface JobQueueEvent {
    /**
     * AWS offers an execution. It stays offered until {@link Gone}, or until AWS has answered its end.
     *
     * @param offer the execution
     */
    record Offered(JobOffer offer) implements JobQueueEvent {}

    /** AWS has nothing for this thing. */
    record NothingOffered() implements JobQueueEvent {}

    /**
     * AWS has set the execution IN_PROGRESS, and has described it since: it is the one that was offered.
     *
     * @param execution which one
     */
    record Taken(ExecutionKey execution) implements JobQueueEvent {}

    /**
     * The image of an execution is there, and has passed every check that needs no board.
     *
     * @param execution which one
     * @param image its image; things with the same file get the same bytes
     */
    record Fetched(ExecutionKey execution, UpdateImage image) implements JobQueueEvent {}

    /**
     * The image of an execution cannot be had. {@link JobQueue#fetch} tries again.
     *
     * @param execution which one
     * @param reason BAD_DOCUMENT, one of the reasons of downloads, images or storage, or NO_JOB if the execution is not offered
     * @param message one sentence with the cause
     */
    record NotFetched(ExecutionKey execution, Reason reason, String message) implements JobQueueEvent {}

    /**
     * AWS has ended an offered or taken execution: nothing is to be done for it any more, and nothing is to be told.
     *
     * @param execution which one
     * @param reason JOB_CANCELED, JOB_DELETED, JOB_TIMED_OUT or JOB_TAKEN_OVER
     * @param message what was seen
     */
    record Gone(ExecutionKey execution, Reason reason, String message) implements JobQueueEvent {}

    /**
     * AWS has answered an end. Comes once for each {@link JobEnd} that was told.
     *
     * @param execution which one
     * @param answer the intended state, or another one with the problem
     */
    record Answered(ExecutionKey execution, CloudEnd answer) implements JobQueueEvent {}

    /** The thing is connected. */
    record Connected() implements JobQueueEvent {}

    /**
     * The thing is not connected. It is tried again without end.
     *
     * @param reason CLOUD_UNREACHABLE, CLOUD_REFUSED, CLOUD_POLICY or CREDENTIALS
     * @param message one sentence with the cause
     * @param retryIn until the next try
     */
    record Disconnected(Reason reason, String message, Duration retryIn) implements JobQueueEvent {}

    /**
     * A sentence for people, such as a transient fault of a download.
     *
     * @param line the text, without a line end
     */
    record Log(String line) implements JobQueueEvent {}
}
