package dev.fotabridge.host.agent;

import dev.fotabridge.host.api.CloudEnd;
import dev.fotabridge.host.api.Reason;
import dev.fotabridge.host.api.RunEnd;
import dev.fotabridge.host.api.UpdateRecord;
import dev.fotabridge.host.api.WireTotals;
import dev.fotabridge.host.bay.RunRecord;
import dev.fotabridge.host.jobs.ExecutionId;
import dev.fotabridge.host.jobs.JobStatus;
import dev.fotabridge.host.jobs.OutboxStore.FinalState;
import dev.fotabridge.host.update.UpdateJournal;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The ends of jobs that an earlier run kept in the outbox and died before AWS knew: this run's work is to tell them.
 * Tested by EndsWithJournalTest.
 */
final class EarlierEnds {
    private final Map<ExecutionId, FinalState> unreported = new HashMap<>();
    private final Set<String> onTheBoard;
    private final long startNanos;

    /**
     * @param waiting what the outbox held at the start
     * @param journals what was done to the boards of this thing
     */
    EarlierEnds(Collection<FinalState> waiting, List<UpdateJournal> journals, long startNanos) {
        waiting.forEach(state -> unreported.put(state.id(), state));
        this.onTheBoard = journals.stream().map(UpdateJournal::execution).collect(Collectors.toUnmodifiableSet());
        this.startNanos = startNanos;
    }

    /** Whether AWS has yet to say if what an earlier run did to the board stays, or is taken back. */
    boolean concernTheBoard() {
        return unreported.keySet().stream().map(ExecutionId::journalName).anyMatch(onTheBoard::contains);
    }

    /** The end of this execution, once; empty if it is not an earlier run's. */
    Optional<FinalState> take(ExecutionId id) {
        return Optional.ofNullable(unreported.remove(id));
    }

    /** What the earlier run would have said, had it lived. */
    UpdateRecord reported(FinalState state, long now) {
        String message = state.details().entries().getOrDefault("message", "An earlier run ended this job.");
        Reason reason = reasonOf(state);
        return record(state, reason, message, now)
                .with(CloudEnd.waiting(reason.atAws()).taken());
    }

    UpdateRecord refused(FinalState state, String sentence, long now) {
        RunEnd problem = new RunEnd(Reason.REPORT_REFUSED, sentence + " An earlier run left it.");
        Reason reason = reasonOf(state);
        return record(state, reason, "An earlier run ended this job.", now)
                .with(CloudEnd.waiting(reason.atAws()).failed(Optional.empty(), problem));
    }

    private UpdateRecord record(FinalState state, Reason reason, String message, long now) {
        Map<String, String> details = state.details().entries();
        RunRecord record = new RunRecord(startNanos);
        record.job(state.id().jobId());
        record.image(details.getOrDefault("imageHash", ""), "", details.getOrDefault("to", ""));
        record.from(details.getOrDefault("from", ""));
        return record.result(reason, message, WireTotals.NONE, now);
    }

    private static Reason reasonOf(FinalState state) {
        String name = state.details().entries().getOrDefault("reason", "");
        for (Reason reason : Reason.values()) {
            if (reason.name().equals(name)) {
                return reason;
            }
        }
        return state.status() == JobStatus.SUCCEEDED ? Reason.SUCCEEDED : Reason.INTERNAL_ERROR;
    }
}
