package dev.fotabridge.station.ledger;

import dev.fotabridge.host.api.FotaException;
import dev.fotabridge.host.api.Reason;
import dev.fotabridge.station.bay.LockRule;
import dev.fotabridge.station.bay.StopRule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/**
 * The ledger on disk: {@code ledger.sqlite} in the state directory, with its backups in {@code backup/}. It is never begun anew where one
 * was: a damaged or missing ledger is for people to mend. Thread-safe.
 */
public final class LedgerFile implements LedgerAccess, AutoCloseable {
    static final String NAME = "ledger.sqlite";

    /** A start is answered within this time, by a record or by 503. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final Path file;
    private final Jdbi readers;
    private final StationLock lock;
    private final Handle writing;
    private final LedgerWriter writer;

    private LedgerFile(Path file, StationLock lock) {
        this.file = file;
        this.lock = lock;
        readers = Jdbi.create(LedgerConnections.reader(file));
        writing = Jdbi.create(LedgerConnections.writer(file)).open();
        writer = new LedgerWriter(name(file), writing, PATIENCE);
    }

    /**
     * Opens the ledger of a state directory for the one station that uses it; makes it if there was never one. Blocks: the whole file is
     * checked.
     *
     * @param directory the state directory; made if it is missing
     * @throws FotaException CONFIGURATION if another station has it or a newer program wrote it; STORAGE_UNWRITABLE if it is damaged or
     *     cannot be used; STORAGE_FULL
     */
    public static LedgerFile open(Path directory) throws FotaException {
        return open(directory, LedgerSchema.LOCATION);
    }

    static LedgerFile open(Path directory, String... migrations) throws FotaException {
        StationLock lock = null;
        boolean opened = false;
        try {
            Files.createDirectories(directory);
            lock = StationLock.take(directory);
            LedgerFile ledger = new LedgerFile(prepared(directory, migrations), lock);
            opened = true;
            return ledger;
        } catch (IOException e) {
            throw new FotaException(
                    Reason.STORAGE_UNWRITABLE,
                    "The state directory " + directory + " cannot be used: " + e.getMessage() + ".",
                    e);
        } finally {
            if (!opened && lock != null) {
                lock.close();
            }
        }
    }

    /** {@return the ledger} */
    public Ledger ledger(LockRule lockRule, StopRule stopRule) throws FotaException {
        return new Ledger(this, lockRule, stopRule);
    }

    /** {@return what is in the ledger, for people} */
    public Records records() {
        return new Records(this);
    }

    private static Path prepared(Path directory, String... migrations) throws FotaException, IOException {
        Path file = directory.resolve(NAME);
        if (!Files.exists(file)) {
            new LedgerBackups(directory).requireNone();
            create(directory, file, migrations);
            return file;
        }
        requireIntact(directory, file);
        LedgerSchema schema = new LedgerSchema(LedgerConnections.writer(file), migrations);
        try {
            schema.requireKnown(name(file));
            if (schema.isOld()) {
                new LedgerBackups(directory).add(file);
                schema.migrate();
            }
        } catch (RuntimeException e) {
            throw LedgerFailure.of(name(file), e);
        }
        return file;
    }

    /** Under another name until it is whole, so that an empty file is always a damaged one. */
    private static void create(Path directory, Path file, String... migrations) throws FotaException, IOException {
        Path raw = directory.resolve(NAME + ".new");
        Files.deleteIfExists(raw);
        try {
            new LedgerSchema(LedgerConnections.writer(raw), migrations).migrate();
        } catch (RuntimeException e) {
            throw LedgerFailure.of(name(file), e);
        }
        Files.move(raw, file, StandardCopyOption.ATOMIC_MOVE);
        LedgerBackups.force(directory);
    }

    /** By a reader, so that nothing is written into a file that is not a ledger. */
    private static void requireIntact(Path directory, Path file) throws FotaException, IOException {
        LedgerBackups backups = new LedgerBackups(directory);
        try (Handle handle = Jdbi.create(LedgerConnections.reader(file)).open()) {
            String found = handle.createQuery("PRAGMA quick_check(1)")
                    .mapTo(String.class)
                    .one();
            boolean isLedger = handle.createQuery("SELECT count(*) FROM sqlite_schema WHERE name = 'attempt_end'")
                            .mapTo(Integer.class)
                            .one()
                    == 1;
            if (!found.equals("ok") || !isLedger) {
                throw backups.damaged(file, isLedger ? found : "it has no tables");
            }
        } catch (RuntimeException e) {
            throw LedgerFailure.isDamage(e)
                    ? backups.damaged(file, "it is no database")
                    : LedgerFailure.of(name(file), e);
        }
    }

    /**
     * Copies the ledger to {@code backup/}, while the station works.
     *
     * @return the copy
     * @throws FotaException STORAGE_FULL or STORAGE_UNWRITABLE
     */
    public Path backUp() throws FotaException {
        try {
            return new LedgerBackups(file.getParent()).add(file);
        } catch (IOException | RuntimeException e) {
            throw LedgerFailure.of("The backup of " + name(file), e);
        }
    }

    /** {@return the file, as sentences name it} */
    static String name(Path file) {
        return "The ledger " + file;
    }

    @Override
    public <T> T write(LedgerWork<T> work) throws FotaException {
        return writer.write(work);
    }

    @Override
    public <T> T read(LedgerWork<T> work) throws FotaException {
        return new ReadAccess(name(file), readers).read(work);
    }

    /** Readers that see what is durable, each by a connection of its own. */
    private record ReadAccess(String place, Jdbi readers) implements LedgerAccess {
        @Override
        public <T> T write(LedgerWork<T> work) {
            throw new IllegalStateException("opened for reading");
        }

        @Override
        public <T> T read(LedgerWork<T> work) throws FotaException {
            try {
                return readers.inTransaction(work::on);
            } catch (RuntimeException e) {
                throw LedgerFailure.of(place, e);
            }
        }
    }

    /** Writes what waits, and gives the state directory back. */
    @Override
    public void close() {
        writer.close();
        writing.close();
        lock.close();
    }
}
