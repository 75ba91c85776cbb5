package dev.fotabridge.host.api;

/**
 * The job queue of one thing, step by step: an execution is offered, its image is fetched, it is taken, progress is told, its end is told.
 * The application decides when; AWS's answers are events. Every method returns at once, and any thread may call. What is said of an
 * execution that is not the offered one has no effect, except an end.
 */
public interface JobQueue extends AutoCloseable {
    /** {@return name of the thing} */
    String thing();

    /**
     * Fetches and checks the image of the offered execution; {@link JobQueueEvent.Fetched} or {@link JobQueueEvent.NotFetched} follows.
     * AWS hears nothing of it but the question for a fresh URL if the one at hand has expired. Things that want the same file share one
     * download. Called again while it runs, it does nothing.
     *
     * @param execution the offered one
     * @param options whose public key must have signed the image, and whose {@code completeOn} the image must suit
     */
    void fetch(ExecutionKey execution, UpdateOptions options);

    /**
     * Sets the offered execution IN_PROGRESS; {@link JobQueueEvent.Taken} or {@link JobQueueEvent.Gone} follows, however long AWS is
     * away. Called again, it does it again.
     *
     * @param execution the offered one
     * @param progress where the work is
     */
    void take(ExecutionKey execution, JobProgress progress);

    /**
     * Tells how far the work is: each phase and attempt, each 10 %, and what has changed after 15 s; more often called, it tells no more.
     * Renews the timer of 60 minutes after which AWS ends the execution.
     *
     * @param execution the one that is taken
     * @param progress where the work is
     */
    void report(ExecutionKey execution, JobProgress progress);

    /**
     * Tells the end of an execution until AWS answers; {@link JobQueueEvent.Answered} follows. The caller keeps the end on disk from
     * before this call until the answer, and gives it to the next {@link JobQueues#join} if there was none. AWS ends only the execution
     * that is meant: of one made anew under its name the answer is JOB_DELETED.
     *
     * @param end how it ended
     */
    void finish(JobEnd end);

    /** Leaves the connection, and returns once no further event can begin. A taken execution stays IN_PROGRESS. */
    @Override
    void close();
}
