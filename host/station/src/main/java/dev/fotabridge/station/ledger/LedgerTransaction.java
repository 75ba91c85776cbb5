package dev.fotabridge.station.ledger;

import java.util.ArrayList;
import java.util.List;
import org.jdbi.v3.core.Handle;

/**
 * Does several works in one transaction, so that they are durable by one wait for the disk. A work that fails is taken back alone. For
 * one thread.
 * Tested by LedgerWriterTest.
 */
final class LedgerTransaction {
    private final Handle handle;

    /** @param handle without a transaction; not closed here */
    LedgerTransaction(Handle handle) {
        this.handle = handle;
    }

    /**
     * What came of a work.
     *
     * @param value what it returned; null if it failed
     * @param failure why it failed; null if it did not
     */
    record Outcome(Object value, RuntimeException failure) {}

    /**
     * Does the works in their order; returns when all are durable.
     *
     * @throws RuntimeException the database's, and then nothing is stored
     */
    List<Outcome> run(List<? extends LedgerWork<?>> works) {
        // IMMEDIATE: a reader that becomes a writer would fail at once if another has written since.
        handle.execute("BEGIN IMMEDIATE");
        try {
            List<Outcome> outcomes = new ArrayList<>();
            for (LedgerWork<?> work : works) {
                outcomes.add(alone(work));
            }
            handle.execute("COMMIT");
            return outcomes;
        } catch (RuntimeException | Error e) {
            rollback();
            throw e;
        }
    }

    private Outcome alone(LedgerWork<?> work) {
        handle.execute("SAVEPOINT work");
        try {
            Object value = work.on(handle);
            handle.execute("RELEASE work");
            return new Outcome(value, null);
        } catch (RuntimeException e) {
            takeBack(e);
            return new Outcome(null, e);
        }
    }

    /** SQLite has taken the whole transaction back by itself if the disk is full: then all of it has failed for that reason. */
    private void takeBack(RuntimeException cause) {
        try {
            handle.execute("ROLLBACK TO work");
            handle.execute("RELEASE work");
        } catch (RuntimeException noTransaction) {
            cause.addSuppressed(noTransaction);
            throw cause;
        }
    }

    /** Fails if SQLite has rolled back by itself, and then there is nothing left to do. */
    private void rollback() {
        try {
            handle.execute("ROLLBACK");
        } catch (RuntimeException ended) {
            // The first failure is the one to be told.
            return;
        }
    }
}
