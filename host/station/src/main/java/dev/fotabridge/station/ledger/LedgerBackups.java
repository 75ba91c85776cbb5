package dev.fotabridge.station.ledger;

import dev.fotabridge.host.api.FotaException;
import dev.fotabridge.host.api.Reason;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/**
 * The copies of a ledger in {@code backup/}, and what is said of a ledger that is missing or damaged. Tested by LedgerFileIT.
 *
 * @param directory the state directory
 */
record LedgerBackups(Path directory) {
    /**
     * Requires that no ledger was ever here.
     *
     * @throws FotaException STORAGE_UNWRITABLE if there are backups of one
     */
    void requireNone() throws FotaException, IOException {
        if (Files.exists(directory.resolve(LedgerFile.NAME + "-wal"))) {
            throw damaged(directory.resolve(LedgerFile.NAME), "it is missing, and its log is there");
        }
        Optional<Path> backup = newest();
        if (backup.isPresent()) {
            throw new FotaException(
                    Reason.STORAGE_UNWRITABLE,
                    "The ledger is missing in " + directory + ", where one was: its newest backup is " + backup.get()
                            + ". Copy it to " + directory.resolve(LedgerFile.NAME)
                            + ", or use another state directory.");
        }
    }

    /** {@return what is said of a damaged ledger, with its newest backup} */
    FotaException damaged(Path file, String how) throws IOException {
        // A log of another file would be written into the backup.
        String away = "move ledger.sqlite, ledger.sqlite-wal and ledger.sqlite-shm away";
        String help = newest().map(backup ->
                        "Its newest backup is " + backup + ": " + away + ", and copy the backup to " + file + ".")
                .orElse("There is no backup in " + backups() + ": " + away + ", and keep them.");
        return new FotaException(
                Reason.STORAGE_UNWRITABLE, "The ledger " + file + " is damaged (" + how + "). " + help);
    }

    private Optional<Path> newest() throws IOException {
        if (!Files.isDirectory(backups())) {
            return Optional.empty();
        }
        try (Stream<Path> files = Files.list(backups())) {
            return files.filter(backup -> backup.toString().endsWith(".sqlite")).max(Path::compareTo);
        }
    }

    /** A copy that SQLite makes itself is whole, whatever is in the files beside the database. */
    Path add(Path file) throws IOException {
        Files.createDirectories(backups());
        String time = LedgerTime.text(Instant.now()).replaceAll("[:.]", "-");
        Path copy = backups().resolve("ledger-" + time + ".sqlite");
        try (Handle handle = Jdbi.create(LedgerConnections.writer(file)).open()) {
            handle.execute("VACUUM INTO ?", copy.toString());
        }
        try (FileChannel channel = FileChannel.open(copy, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
        force(backups());
        return copy;
    }

    private Path backups() {
        return directory.resolve("backup");
    }

    /** Makes the names in a directory durable. */
    static void force(Path directory) throws IOException {
        try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }
}
