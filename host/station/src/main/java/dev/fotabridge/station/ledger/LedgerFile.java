package dev.fotabridge.station.ledger;

import dev.fotabridge.host.api.FotaBridge;
import dev.fotabridge.host.api.FotaException;
import dev.fotabridge.host.api.Reason;
import dev.fotabridge.station.bay.LockRule;
import dev.fotabridge.station.bay.StopRule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Optional;
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
    /** A file of some 10 000 records is checked in this time, before anything else. */
    private static final Duration CHECKED_FIRST = Duration.ofMillis(200);

    private final Path file;
    private final LedgerCheck check;
    private final Jdbi readers;
    private final StationLock lock;
    private final Handle writing;
    private final LedgerWriter writer;

    private LedgerFile(Path file, LedgerCheck check, StationLock lock) {
        this.file = file;
        this.check = check;
        this.lock = lock;
        readers = Jdbi.create(LedgerConnections.reader(file));
        writing = Jdbi.create(LedgerConnections.writer(file)).open();
        writer = new LedgerWriter(name(file), writing, PATIENCE);
    }

    /**
     * Opens the ledger of a state directory for the one station that uses it; makes it if there was never one. The whole file is checked
     * meanwhile; see {@link #damage}. Blocks.
     *
     * @param directory the state directory; made if it is missing
     * @throws FotaException CONFIGURATION if another station has it or a newer program wrote it; STORAGE_UNWRITABLE if it is damaged or
     *     cannot be used; STORAGE_FULL
     */
    public static LedgerFile open(Path directory) throws FotaException {
        return open(directory, LedgerSchema.LOCATION);
    }

    static LedgerFile open(Path directory, String... migrations) throws FotaException {
        return open(directory, CHECKED_FIRST, migrations);
    }

    /** @param patience how long the check of the whole file is waited for */
    static LedgerFile open(Path directory, Duration patience, String... migrations) throws FotaException {
        StationLock lock = null;
        LedgerCheck check = null;
        boolean opened = false;
        try {
            Files.createDirectories(directory);
            lock = StationLock.take(directory);
            Path file = directory.resolve(NAME);
            requireLedger(directory, file, migrations);
            check = LedgerCheck.start(LedgerConnections.reader(file), new LedgerDamage(file));
            check.requireWhole(patience);
            bringUpToDate(directory, file, check, migrations);
            LedgerFile ledger = new LedgerFile(file, check, lock);
            opened = true;
            return ledger;
        } catch (IOException e) {
            throw FotaBridge.unwritable(directory, e);
        } finally {
            if (!opened && check != null) {
                check.close();
            }
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

    /** Makes a ledger if there was never one. What is there is opened by a reader alone, so that nothing is written into another file. */
    private static void requireLedger(Path directory, Path file, String... migrations)
            throws FotaException, IOException {
        if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            new LedgerBackups(directory).requireNone();
            create(directory, file, migrations);
            return;
        }
        requireFile(file);
        Optional<String> ofLog = WalFile.damage(file);
        if (ofLog.isPresent()) {
            throw new LedgerDamage(file).failure(ofLog.get());
        }
        requireTables(file);
    }

    private static void bringUpToDate(Path directory, Path file, LedgerCheck check, String... migrations)
            throws FotaException, IOException {
        LedgerSchema schema = new LedgerSchema(LedgerConnections.writer(file), migrations);
        try {
            schema.requireKnown(name(file));
            if (schema.isOld()) {
                // A damaged file must not be the backup.
                check.requireWhole(LedgerCheck.LONGEST);
                new LedgerBackups(directory).add(file);
                schema.migrate();
            }
        } catch (RuntimeException e) {
            throw LedgerFailure.isDamage(e)
                    ? new LedgerDamage(file).failure("it cannot be read")
                    : LedgerFailure.of(name(file), e);
        }
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

    /** SQLite waits for ever for a pipe. A link that leads nowhere may lead to a disk that is not mounted. */
    static void requireFile(Path file) throws FotaException {
        if (!Files.isRegularFile(file)) {
            throw new FotaException(
                    Reason.STORAGE_UNWRITABLE,
                    name(file) + (Files.exists(file) ? " is no file" : " is a link that leads nowhere")
                            + ": mount its disk, or move away what is in its place.");
        }
    }

    private static void requireTables(Path file) throws FotaException, IOException {
        try (Handle handle = Jdbi.create(LedgerConnections.reader(file)).open()) {
            boolean isLedger = handle.createQuery("SELECT count(*) FROM sqlite_schema WHERE name = 'attempt_end'")
                            .mapTo(Integer.class)
                            .one()
                    == 1;
            if (!isLedger) {
                throw new LedgerDamage(file).failure("it has no tables");
            }
        } catch (RuntimeException e) {
            throw LedgerFailure.isDamage(e)
                    ? new LedgerDamage(file).failure("it is no database")
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
        return new ReadAccess(file, readers).read(work);
    }

    /** Readers that see what is durable, each by a connection of its own. */
    private record ReadAccess(Path file, Jdbi readers) implements LedgerAccess {
        @Override
        public <T> T write(LedgerWork<T> work) {
            throw new IllegalStateException("opened for reading");
        }

        @Override
        public <T> T read(LedgerWork<T> work) throws FotaException {
            try {
                return readers.inTransaction(work::on);
            } catch (RuntimeException e) {
                throw LedgerFailure.isDamage(e)
                        ? new FotaException(
                                Reason.STORAGE_UNWRITABLE, new LedgerDamage(file).noted("a page cannot be read"))
                        : LedgerFailure.of(name(file), e);
            }
        }
    }

    /**
     * {@return a sentence about the damage that the check of the whole file has found; empty as long as it has found none} It runs since the
     * ledger was opened. Once it is found, the next {@link #open} checks the file before anything else. Does not block.
     */
    public Optional<String> damage() {
        return check.damage();
    }

    /** Writes what waits, and gives the state directory back. */
    @Override
    public void close() {
        check.close();
        writer.close();
        writing.close();
        lock.close();
    }
}
