package dev.fotabridge.host.bay;

import dev.fotabridge.host.api.FotaException;
import dev.fotabridge.host.link.BoardIdentity;
import dev.fotabridge.host.link.BoardIdentity.Match;
import dev.fotabridge.host.store.Storage;
import dev.fotabridge.host.update.UpdateJournal;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The update journals of one place on disk: one for each board that was there and has not come to its end, the newest first. So the journal
 * of a board that was taken away stays for it, while others are updated in its place. How many pages are durable changes with every page; it
 * is kept in a file of its own that is not forced to disk: a lost count costs a page or two on the line and nothing else. Not thread-safe.
 */
public final class JournalStore {
    /** Boards that were taken away in the middle of an update and never came back; the oldest is dropped for another. */
    static final int MAX_KEPT = 32;

    private final Path file;
    private final Path durable;
    private List<UpdateJournal> kept = List.of();
    private String durableName = "";

    /** Reads nothing yet. @param file its directory is made when a journal is written */
    public JournalStore(Path file) {
        this.file = file;
        this.durable = file.resolveSibling(file.getFileName() + ".durable");
    }

    /** What earlier runs left, the newest first; a damaged file counts as none. */
    public List<UpdateJournal> load() throws FotaException {
        kept = Storage.read(file).map(JournalFile::parse).orElse(List.of());
        kept = kept.stream()
                .map(j -> j.withDurablePages(Math.max(j.durablePages(), loadDurable(j))))
                .toList();
        return kept;
    }

    /** Keeps it in the place of what was kept of this board. */
    public void save(UpdateJournal journal) throws FotaException {
        List<UpdateJournal> next = new ArrayList<>(List.of(journal));
        kept.stream().filter(other -> !isOfOneBoard(other, journal)).forEach(next::add);
        write(next);
        durableName = durableName(journal);
        noteDurable(journal.durablePages());
    }

    private static boolean isOfOneBoard(UpdateJournal one, UpdateJournal other) {
        if (one.board().isEmpty() || other.board().isEmpty()) {
            // An older host did not say whose it was; the first that goes on with its execution has decided.
            return one.execution().equals(other.execution()) || one.board().equals(other.board());
        }
        return one.board().get().match(other.board().get()) != Match.OTHER;
    }

    /** Best effort; of the journal that was saved last. */
    public void noteDurable(int pages) {
        try {
            Files.writeString(durable, pages + " " + durableName);
        } catch (IOException e) {
            // Only the next start's count; the journal itself says when the disk is full.
            return;
        }
    }

    /** Forgets the journal of this board and execution, if there is one. */
    public void remove(Optional<UpdateJournal> journal) throws FotaException {
        if (journal.isEmpty()) {
            return;
        }
        List<UpdateJournal> rest = kept.stream()
                .filter(other ->
                        !other.execution().equals(journal.get().execution()) || !isOfOneBoard(other, journal.get()))
                .toList();
        if (!rest.isEmpty()) {
            write(rest);
            return;
        }
        Storage.delete(file);
        Storage.delete(durable);
        kept = rest;
    }

    private void write(List<UpdateJournal> journals) throws FotaException {
        List<UpdateJournal> newest = journals.subList(0, Math.min(MAX_KEPT, journals.size()));
        Storage.write(file, JournalFile.text(newest));
        kept = List.copyOf(newest);
    }

    private int loadDurable(UpdateJournal of) {
        String text = Storage.readIfPossible(durable)
                .map(bytes -> new String(bytes, StandardCharsets.UTF_8))
                .orElse("");
        String[] words = text.split(" ", 2);
        boolean fits = words.length == 2 && words[0].matches("[0-9]{1,5}") && words[1].equals(durableName(of));
        return fits ? Integer.parseInt(words[0]) : 0;
    }

    /** Pages that one board has say nothing of another's. */
    private static String durableName(UpdateJournal journal) {
        return journal.execution()
                + journal.board()
                        .filter(board -> !board.equals(BoardIdentity.NONE))
                        .map(board -> " on " + board)
                        .orElse("");
    }
}
