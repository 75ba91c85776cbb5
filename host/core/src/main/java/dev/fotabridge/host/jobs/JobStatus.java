package dev.fotabridge.host.jobs;

/** States of a job execution at AWS, under AWS's own names. */
public enum JobStatus {
    QUEUED,
    IN_PROGRESS,
    SUCCEEDED,
    FAILED,
    REJECTED,
    TIMED_OUT,
    REMOVED,
    CANCELED;

    /** Whether nothing can follow. */
    public boolean isTerminal() {
        return this != QUEUED && this != IN_PROGRESS;
    }

    /** Whether a device may ask for it as the last one. */
    public boolean isFinishedByDevice() {
        return this == SUCCEEDED || this == FAILED || this == REJECTED;
    }
}
