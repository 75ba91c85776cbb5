package dev.fotabridge.host.bays;

import dev.fotabridge.host.api.FotaException;
import dev.fotabridge.host.api.UnfinishedUpdate;
import dev.fotabridge.host.bay.JournalStore;
import dev.fotabridge.host.link.BoardIdentity;
import dev.fotabridge.host.store.StateDirectory;
import dev.fotabridge.host.update.UpdateJournal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Reads the journals of a state directory. Tested by UnfinishedUpdatesTest. */
final class UnfinishedUpdates {
    private UnfinishedUpdates() {}

    static List<UnfinishedUpdate> in(StateDirectory state) throws FotaException {
        List<UnfinishedUpdate> updates = new ArrayList<>();
        for (Path file : state.journals()) {
            new JournalStore(file).load().forEach(journal -> updates.add(update(journal)));
        }
        return updates;
    }

    private static UnfinishedUpdate update(UpdateJournal journal) {
        BoardIdentity board = journal.board().orElse(BoardIdentity.NONE);
        return new UnfinishedUpdate(
                journal.fileSha256().hex(),
                journal.stage().name(),
                journal.durablePages(),
                journal.from(),
                board.unit(),
                board.probe());
    }
}
