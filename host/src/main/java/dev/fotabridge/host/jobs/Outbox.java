package dev.fotabridge.host.jobs;

import dev.fotabridge.host.jobs.OutboxStore.FinalState;
import dev.fotabridge.host.outcome.FotaException;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The final states that AWS has not taken yet; every change is in the store before it is here. Not thread-safe. */
public final class Outbox {
    private final OutboxStore store;
    private final Map<ExecutionId, FinalState> waiting = new LinkedHashMap<>();

    /** Takes over what an earlier run left in the store. */
    public Outbox(OutboxStore store) throws FotaException {
        this.store = store;
        store.load().forEach(state -> waiting.put(state.id(), state));
    }

    void put(FinalState state) throws FotaException {
        store.save(state);
        waiting.put(state.id(), state);
    }

    void settle(ExecutionId id) {
        waiting.remove(id);
        try {
            store.remove(id);
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
