package dev.fotabridge.host.jobs;

import dev.fotabridge.host.api.FotaException;
import java.util.List;

/** Port: where final states wait, over restarts, until AWS has taken them. Calls block for as long as the disk takes. */
public interface OutboxStore {
    /**
     * All that is kept, oldest first.
     *
     * @throws FotaException STORAGE_UNWRITABLE when it cannot be read
     */
    List<FinalState> load() throws FotaException;

    /**
     * Keeps it durably before it returns, in the place of another one of the same execution.
     *
     * @throws FotaException STORAGE_FULL or STORAGE_UNWRITABLE
     */
    void save(FinalState state) throws FotaException;

    /**
     * AWS has taken it, so that it can be forgotten. By default the same as {@link #remove}.
     *
     * @throws FotaException as {@link #remove}; it is told once more at the next start
     */
    default void taken(ExecutionId id) throws FotaException {
        remove(id);
    }

    /** Forgets it. A failure is harmless: AWS answers a repeated final state with the one it has. */
    void remove(ExecutionId id) throws FotaException;

    /**
     * How an execution ended.
     *
     * @param id which execution
     * @param status SUCCEEDED, FAILED or REJECTED
     * @param details told with it
     * @param version that AWS had at least, by which an execution is told from a later one of the same name; 0 if unknown
     */
    record FinalState(ExecutionId id, JobStatus status, StatusDetails details, long version) {
        /** Refuses what a device cannot set. */
        public FinalState {
            if (!status.isFinishedByDevice()) {
                throw new IllegalArgumentException(status + " is no final state that a device sets");
            }
        }
    }
}
