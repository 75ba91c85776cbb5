package dev.fotabridge.station.ledger;

import dev.fotabridge.host.api.FotaException;
import dev.fotabridge.host.api.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/**
 * Reads a ledger from outside of its station, whether one runs or not. Takes no station's lock, changes nothing, and leaves no file
 * behind. Thread-safe.
 *
 * <p>SQLite makes {@code ledger.sqlite-wal} and {@code -shm} for whoever opens a database in WAL mode, and a reader cannot remove them
 * again. So a ledger without these files is read as one that nobody changes; if a station has begun to use it meanwhile, what was read is
 * read again.
 */
public final class LedgerReader implements LedgerAccess {
    private final Path directory;
    private final Path file;
    private final Jdbi inUse;
    private final Jdbi atRest;

    private LedgerReader(Path directory) {
        this.directory = directory;
        this.file = directory.resolve(LedgerFile.NAME);
        inUse = Jdbi.create(LedgerConnections.reader(file));
        atRest = Jdbi.create(LedgerConnections.readerAtRest(file));
    }

    /**
     * Opens the ledger of a state directory. A table that an older program wrote is read as it is.
     *
     * @param directory the state directory
     * @throws FotaException CONFIGURATION if there was never a ledger, or a newer program wrote it; STORAGE_UNWRITABLE if it is damaged,
     *     missing where one was, or may not be read
     */
    public static Records open(Path directory) throws FotaException {
        LedgerReader reader = of(directory);
        reader.requireThere();
        reader.requireKnown();
        return new Records(reader);
    }

    /** Without a look at the tables. */
    static LedgerReader of(Path directory) {
        return new LedgerReader(directory);
    }

    private void requireThere() throws FotaException {
        try {
            if (!Files.exists(file)) {
                new LedgerBackups(directory).requireNone();
                throw new FotaException(
                        Reason.CONFIGURATION,
                        "There is no ledger in " + directory + ": no station has run with this state directory.");
            }
        } catch (IOException e) {
            throw unreadable(e);
        }
        LedgerFile.requireFile(file);
        if (!Files.isReadable(file)) {
            throw new FotaException(
                    Reason.STORAGE_UNWRITABLE,
                    "User " + System.getProperty("user.name") + " may not read the ledger " + file + ".");
        }
    }

    private void requireKnown() throws FotaException {
        int version = read(LedgerReader::version);
        if (version == 0) {
            throw damaged("it has no tables");
        }
        LedgerSchema.requireKnown(LedgerFile.name(file), version);
    }

    /** Returns 0 for a database without a ledger's tables. */
    private static int version(Handle handle) {
        boolean isLedger = handle.createQuery("SELECT count(*) FROM sqlite_schema WHERE name = 'attempt_end'")
                        .mapTo(Integer.class)
                        .one()
                == 1;
        return isLedger ? LedgerSchema.version(handle) : 0;
    }

    @Override
    public <T> T write(LedgerWork<T> work) {
        throw new IllegalStateException("opened for reading");
    }

    @Override
    public <T> T read(LedgerWork<T> work) throws FotaException {
        Stamp before = stamp();
        if (before.isAtRest()) {
            try {
                T value = atRest.inTransaction(work::on);
                if (stamp().equals(before)) {
                    return value;
                }
            } catch (RuntimeException e) {
                if (stamp().equals(before)) {
                    throw failure(e);
                }
            }
        }
        try {
            return inUse.inTransaction(work::on);
        } catch (RuntimeException e) {
            throw failure(e);
        }
    }

    /** By what a change of the file is noticed. */
    private record Stamp(boolean isAtRest, FileTime changed, long size) {}

    private Stamp stamp() throws FotaException {
        try {
            // Looked at first: a station makes this file before it writes into the other.
            boolean isAtRest = !Files.exists(file.resolveSibling(LedgerFile.NAME + "-wal"));
            BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
            return new Stamp(isAtRest, attributes.lastModifiedTime(), attributes.size());
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    private FotaException failure(RuntimeException cause) {
        return LedgerFailure.isDamage(cause)
                ? damaged("it is no database, or a part of it was overwritten")
                : LedgerFailure.of(LedgerFile.name(file), cause);
    }

    private FotaException damaged(String how) {
        try {
            return new LedgerBackups(directory).damaged(file, how);
        } catch (IOException e) {
            return unreadable(e);
        }
    }

    private FotaException unreadable(IOException cause) {
        return new FotaException(
                Reason.STORAGE_UNWRITABLE,
                LedgerFile.name(file) + " cannot be read: " + cause.getMessage() + ".",
                cause);
    }
}
