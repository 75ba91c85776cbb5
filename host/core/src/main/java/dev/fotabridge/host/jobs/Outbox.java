package dev.fotabridge.host.jobs;

import dev.fotabridge.host.api.FotaException;
import dev.fotabridge.host.jobs.OutboxStore.FinalState;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The final states that AWS has not taken yet; the store has them too. Not thread-safe. Tested by JobsClientTest. */
public final class Outbox {
    private final OutboxStore store;
    private final Map<ExecutionId, FinalState> waiting = new LinkedHashMap<>();

    /** Takes over what an earlier run left in the store. */
    public Outbox(OutboxStore store) throws FotaException {
        this.store = store;
        store.load().forEach(state -> waiting.put(state.id(), state));
    }

    /**
     * Keeps it in the store, and here.
     *
     * @throws FotaException when the store fails; then it waits here only, and is lost with this process
     */
    void put(FinalState state) throws FotaException {
        waiting.put(state.id(), state);
        store.save(state);
    }

    /** It waits no more in this run; the store keeps it, and the next run tries again. */
    void setAside(ExecutionId id) {
        waiting.remove(id);
    }

    /** AWS has ended the execution otherwise, or has it no longer. */
    void drop(ExecutionId id) {
        settle(id, store::remove);
    }

    /** AWS has taken it. */
    void taken(ExecutionId id) {
        settle(id, store::taken);
    }

    private interface Settling {
        void settle(ExecutionId id) throws FotaException;
    }

    private void settle(ExecutionId id, Settling how) {
        if (waiting.remove(id) == null) {
            return;
        }
        try {
            how.settle(id);
        } catch (FotaException e) {
            // Left over, it is sent once more at the next start, and AWS answers with the state that it has.
            return;
        }
    }

    Optional<FinalState> next() {
        return waiting.values().stream().findFirst();
    }

    boolean holds(ExecutionId id) {
        return waiting.containsKey(id);
    }

    /** What waits, oldest first. */
    public Collection<FinalState> waiting() {
        return waiting.values().stream().toList();
    }
}
