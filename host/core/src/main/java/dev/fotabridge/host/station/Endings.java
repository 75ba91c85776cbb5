package dev.fotabridge.host.station;

import dev.fotabridge.host.jobs.JobStatus;
import dev.fotabridge.host.outcome.Reason;
import dev.fotabridge.host.update.FotaEvent;
import dev.fotabridge.host.update.UpdateEvent;
import java.util.Optional;

/** What an end means to whom. */
final class Endings {
    private Endings() {}

    /** The event of the AWS FOTA library, which has none for a cancelled job. */
    static Optional<UpdateEvent> event(Reason reason) {
        return switch (reason.outcome()) {
            case SUCCEEDED, UP_TO_DATE -> Optional.of(new UpdateEvent.Fota(FotaEvent.DONE, -1));
            case ERROR, FAILED, REFUSED, REVERTED, PARTIAL -> Optional.of(new UpdateEvent.Fota(FotaEvent.ERROR, -1));
            case NO_JOB, CANCELED, INTERRUPTED -> Optional.empty();
        };
    }

    /** The final state at AWS; empty if nothing is reported. */
    static Optional<JobStatus> status(Reason reason) {
        return switch (reason.atAws()) {
            case SUCCEEDED -> Optional.of(JobStatus.SUCCEEDED);
            case FAILED -> Optional.of(JobStatus.FAILED);
            case REJECTED -> Optional.of(JobStatus.REJECTED);
            case NOTHING -> Optional.empty();
        };
    }
}
