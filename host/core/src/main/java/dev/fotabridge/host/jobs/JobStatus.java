package dev.fotabridge.host.jobs;

import dev.fotabridge.host.api.AtAws;
import java.util.Optional;

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

    /** Returns the final state that AWS is asked for; empty if nothing is reported. */
    public static Optional<JobStatus> atEnd(AtAws end) {
        return switch (end) {
            case SUCCEEDED -> Optional.of(SUCCEEDED);
            case FAILED -> Optional.of(FAILED);
            case REJECTED -> Optional.of(REJECTED);
            case NOTHING -> Optional.empty();
        };
    }
}
