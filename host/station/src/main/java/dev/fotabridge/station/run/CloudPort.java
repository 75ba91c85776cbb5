package dev.fotabridge.station.run;

import dev.fotabridge.host.api.FotaException;
import dev.fotabridge.station.ledger.UntoldEnd;
import java.util.Set;

/**
 * AWS's jobs, and the outbox on disk from which ends are told. No method waits for AWS.
 * Tested by StationSweepSimTest.
 */
public interface CloudPort {
    /**
     * A job execution.
     *
     * @param thing AWS's name for the board
     * @param jobId the job
     * @param execution number of the execution, and when it was queued: a job that is made anew has another one
     */
    record Job(String thing, String jobId, String execution) {
        /** No job: the source is a release. */
        static final Job NONE = new Job("", "", "");

        /** {@return one text for all of it; empty for none} */
        public String key() {
            return jobId.isEmpty() ? "" : thing + "/" + jobId + "/" + execution;
        }
    }

    /** Sets an execution IN_PROGRESS; {@link Station#taken} follows, or an input JobEnded. Asked again, it does it again. */
    void take(String run, Job job);

    /**
     * Puts an end into the outbox on disk, and tells it to AWS until AWS answers; {@link Station#answered} follows. Asked again for the
     * same end, it does it again.
     *
     * @throws FotaException STORAGE_FULL or STORAGE_UNWRITABLE
     */
    void keep(UntoldEnd end) throws FotaException;

    /**
     * Removes an end from the outbox.
     *
     * @throws FotaException STORAGE_UNWRITABLE
     */
    void discard(long attempt) throws FotaException;

    /** {@return the ends in the outbox on disk, by the seq of their attempts} */
    Set<Long> kept();
}
