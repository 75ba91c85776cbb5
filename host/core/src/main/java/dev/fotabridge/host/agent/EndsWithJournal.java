package dev.fotabridge.host.agent;

import dev.fotabridge.host.api.FotaException;
import dev.fotabridge.host.bay.JournalStore;
import dev.fotabridge.host.jobs.ExecutionId;
import dev.fotabridge.host.jobs.OutboxStore;
import dev.fotabridge.host.update.UpdateJournal;
import java.util.List;
import java.util.Optional;

/**
 * The ends of jobs on disk, with the journal of the execution. The journal stays until AWS has an end: if that is another one,
 * the journal says what has to be taken back. If AWS has taken the end, the journal goes first; a host that dies between the two
 * tells the end once more, and takes nothing back.
 */
final class EndsWithJournal implements OutboxStore {
    private final OutboxStore ends;
    private final JournalStore journals;

    EndsWithJournal(OutboxStore ends, JournalStore journals) {
        this.ends = ends;
        this.journals = journals;
    }

    @Override
    public List<FinalState> load() throws FotaException {
        return ends.load();
    }

    @Override
    public void save(FinalState state) throws FotaException {
        ends.save(state);
    }

    @Override
    public void taken(ExecutionId id) throws FotaException {
        // The newest is that of the board that has ended; one of a board that was taken away meanwhile stays for it.
        Optional<UpdateJournal> ended = journals.load().stream()
                .filter(left -> left.execution().equals(id.journalName()))
                .findFirst();
        journals.remove(ended);
        ends.remove(id);
    }

    @Override
    public void remove(ExecutionId id) throws FotaException {
        ends.remove(id);
    }
}
