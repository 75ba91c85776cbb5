package dev.fotabridge.station.ledger;

import dev.fotabridge.host.api.FotaException;
import dev.fotabridge.station.bay.LockRule;
import dev.fotabridge.station.bay.StopRule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.ColonPrefixSqlParser;
import org.jdbi.v3.core.statement.SqlStatements;
import org.sqlite.SQLiteConnection;
import org.sqlite.SQLiteDataSource;

/**
 * The shipped tables, statements and transactions in a database in memory. It outlives the {@link Ledger} on it, as a file outlives its
 * station; {@link #failure} makes each write fail as a full or locked disk does. For one thread.
 */
public final class MemoryLedger implements LedgerAccess, AutoCloseable {
    private static final byte[] EMPTY = migrated();

    /** Shared, since it remembers what it has parsed, and thousands of these are made. */
    private static final ColonPrefixSqlParser PARSER = new ColonPrefixSqlParser();

    private final Connection connection;
    private final Handle handle;
    private final LedgerTransaction transaction;

    /** Thrown by each write in place of storing anything; null while the disk is well. */
    private FotaException failure;

    /** Called before each commit. */
    private Runnable before = () -> {};

    /** Called behind each commit. */
    private Runnable behind = () -> {};

    public MemoryLedger() {
        try {
            connection = DriverManager.getConnection("jdbc:sqlite::memory:");
            ((SQLiteConnection) connection).deserialize("main", EMPTY);
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
        Jdbi jdbi = Jdbi.create(connection);
        jdbi.getConfig(SqlStatements.class).setSqlParser(PARSER);
        handle = jdbi.open();
        handle.execute("PRAGMA foreign_keys = ON");
        transaction = new LedgerTransaction(handle);
    }

    private static byte[] migrated() {
        try {
            Path file = Files.createTempFile("ledger", ".sqlite");
            try {
                SQLiteDataSource source = new SQLiteDataSource();
                source.setUrl("jdbc:sqlite:" + file);
                new LedgerSchema(source, LedgerSchema.LOCATION).migrate();
                return Files.readAllBytes(file);
            } finally {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** {@return a ledger as a station has it that starts now} */
    public Ledger open(LockRule lockRule, StopRule stopRule) throws FotaException {
        return new Ledger(this, lockRule, stopRule);
    }

    public Records records() {
        return new Records(this);
    }

    /** From now on each write fails like this; null ends it. */
    public void failWith(FotaException why) {
        failure = why;
    }

    public void around(Runnable beforeCommit, Runnable behindCommit) {
        before = beforeCommit;
        behind = behindCommit;
    }

    /** For a judge that knows the tables alone. */
    public Handle tables() {
        return handle;
    }

    @Override
    public <T> T write(LedgerWork<T> work) throws FotaException {
        before.run();
        if (failure != null) {
            throw failure;
        }
        LedgerTransaction.Outcome outcome = transaction.run(List.of(work)).get(0);
        if (outcome.failure() != null) {
            throw LedgerFailure.of("The ledger", outcome.failure());
        }
        behind.run();
        @SuppressWarnings("unchecked")
        T value = (T) outcome.value();
        return value;
    }

    @Override
    public <T> T read(LedgerWork<T> work) {
        return work.on(handle);
    }

    @Override
    public void close() {
        handle.close();
    }
}
