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
 * Keeps the update journals of one place on disk, the newest first: one for each board whose update there has not
 * ended. The journal of a board that was taken away stays while other boards are updated in its place. The number of
 * durable pages changes with every page, so it has its own file, which is not forced to disk: a lost count costs only
 * one or two pages on the line. Not thread-safe.
 * Tested by StateFilesTest.
 */
public final class JournalStore {
    /** Most journals kept, for boards that were taken away during an update; a new one replaces the oldest. */
    static final int MAX_KEPT = 32;

    private final Path file;
    private final Path durable;
    private List<UpdateJournal> kept = List.of();
    private String durableName = "";

    /** Does not read the file yet. @param file its directory is made when a journal is written */
    public JournalStore(Path file) {
        this.file = file;
        this.durable = file.resolveSibling(file.getFileName() + ".durable");
    }

    /** Returns the journals of earlier runs, the newest first; none if the file is damaged. */
    public List<UpdateJournal> load() throws FotaException {
        kept = Storage.read(file).map(JournalFile::parse).orElse(List.of());
        kept = kept.stream()
                .map(j -> j.withDurablePages(Math.max(j.durablePages(), loadDurable(j))))
                .toList();
        return kept;
    }

    /** Writes this journal in place of the board's earlier one. */
    public void save(UpdateJournal journal) throws FotaException {
        List<UpdateJournal> next = new ArrayList<>(List.of(journal));
        kept.stream().filter(other -> !isOfOneBoard(other, journal)).forEach(next::add);
        write(next);
        durableName = durableName(journal);
        noteDurable(journal.durablePages());
    }

    private static boolean isOfOneBoard(UpdateJournal one, UpdateJournal other) {
        if (one.board().isEmpty() || other.board().isEmpty()) {
            // An older host's journal names no board. The first board that continues its execution takes it over.
            return one.execution().equals(other.execution()) || one.board().equals(other.board());
        }
        return one.board().get().match(other.board().get()) != Match.OTHER;
    }

    /** Writes the count for the journal that was saved last. A failure is ignored. */
    public void noteDurable(int pages) {
        try {
            Files.writeString(durable, pages + " " + durableName);
        } catch (IOException e) {
            // Only the next start uses the count. A full disk is reported when the journal is written.
            return;
        }
    }

    /** Deletes the journal of this board and execution, if there is one. */
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

    /** Names execution and board, since the durable pages of one board say nothing about another's. */
    private static String durableName(UpdateJournal journal) {
        return journal.execution()
                + journal.board()
                        .filter(board -> !board.equals(BoardIdentity.NONE))
                        .map(board -> " on " + board)
                        .orElse("");
    }
}
