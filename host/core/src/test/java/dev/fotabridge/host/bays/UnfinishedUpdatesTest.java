package dev.fotabridge.host.bays;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.fotabridge.host.api.FotaException;
import dev.fotabridge.host.api.UnfinishedUpdate;
import dev.fotabridge.host.bay.JournalStore;
import dev.fotabridge.host.link.BoardIdentity;
import dev.fotabridge.host.store.StateDirectory;
import dev.fotabridge.host.update.UpdateJournal;
import dev.fotabridge.host.value.Sha256;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class UnfinishedUpdatesTest {
    private static final Sha256 FILE = Sha256.parse("ab".repeat(32));

    @TempDir
    Path directory;

    private void journal(String place, BoardIdentity board, UpdateJournal.Stage stage, int pages) throws FotaException {
        JournalStore store = new JournalStore(new StateDirectory(directory).journal(place));
        store.load();
        UpdateJournal journal = new UpdateJournal("file " + FILE.hex(), FILE, FILE, stage, "boot", 0, 0, "1.0.0");
        store.save(journal.of(board));
        store.noteDurable(pages);
    }

    @Test
    void aDirectoryThatIsNotThereHasNone() throws FotaException {
        assertEquals(List.of(), UnfinishedUpdates.in(new StateDirectory(directory.resolve("none"))));
    }

    @Test
    void eachPlaceAndBoardIsListedWithItsDurablePages() throws FotaException {
        journal("port /dev/ttyACM0", new BoardIdentity("unit-1", "1050"), UpdateJournal.Stage.SENDING, 31);
        journal("port /dev/ttyACM2", new BoardIdentity("", "1051"), UpdateJournal.Stage.MARKED, 75);
        assertEquals(
                Set.of(
                        new UnfinishedUpdate(FILE.hex(), "SENDING", 31, "1.0.0", "unit-1", "1050"),
                        new UnfinishedUpdate(FILE.hex(), "MARKED", 75, "1.0.0", "", "1051")),
                Set.copyOf(UnfinishedUpdates.in(new StateDirectory(directory))));
    }
}
