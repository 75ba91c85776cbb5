package dev.fotabridge.station.ledger;

import dev.fotabridge.host.api.FotaException;
import dev.fotabridge.host.api.Reason;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;

/**
 * The check of a whole ledger, each page, row and index of it, while the station works: it grows with the file. By a reader, so that nothing is
 * written into a file that is not a ledger. Thread-safe.
 * Tested by LedgerDamageIT.
 */
final class LedgerCheck implements AutoCloseable {
    /** What another program holds for the moment is tried again after this time. */
    private static final long AGAIN_MILLIS = 5_000;

    /** Longer than the check of any ledger. */
    static final Duration LONGEST = Duration.ofHours(1);

    private static final String WHOLE = "ok";

    private final DataSource reader;
    private final LedgerDamage ledger;
    private final Thread thread = new Thread(this::run, "ledger-check");
    private final CountDownLatch done = new CountDownLatch(1);

    private Statement running;
    private boolean closed;
    private volatile Optional<String> damage = Optional.empty();

    private LedgerCheck(DataSource reader, LedgerDamage ledger) {
        this.reader = reader;
        this.ledger = ledger;
        thread.setDaemon(true);
    }

    /**
     * Begins to check; returns at once.
     *
     * @param reader opens the ledger
     * @param ledger notes damage
     */
    static LedgerCheck start(DataSource reader, LedgerDamage ledger) {
        LedgerCheck check = new LedgerCheck(reader, ledger);
        check.thread.start();
        return check;
    }

    /** {@return a sentence about the damage; empty as long as none is found} */
    Optional<String> damage() {
        return damage;
    }

    /**
     * Waits for the check, at most so long; to its end if an earlier one has found damage.
     *
     * @throws FotaException STORAGE_UNWRITABLE if it has found damage
     */
    void requireWhole(Duration patience) throws FotaException, IOException {
        boolean isChecked = await(ledger.isNoted() ? LONGEST : patience);
        if (damage.isPresent()) {
            throw new FotaException(Reason.STORAGE_UNWRITABLE, damage.get());
        } else if (isChecked) {
            ledger.forget();
        }
    }

    /** Returns whether the check has ended. */
    private boolean await(Duration longest) {
        try {
            return done.await(longest.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private void run() {
        try {
            while (!isChecked()) {
                if (pause()) {
                    return;
                }
            }
        } finally {
            done.countDown();
        }
    }

    /** Returns false if the file could not be read now. */
    private boolean isChecked() {
        try (Connection connection = reader.getConnection();
                Statement statement = connection.createStatement()) {
            if (!begins(statement)) {
                return true;
            }
            try (ResultSet found = statement.executeQuery("PRAGMA integrity_check(1)")) {
                String text = found.getString(1);
                damage = text.equals(WHOLE) ? Optional.empty() : Optional.of(ledger.noted(text.strip()));
            } finally {
                ended();
            }
            return true;
        } catch (SQLException e) {
            if (LedgerFailure.isDamage(e)) {
                damage = Optional.of(ledger.noted("it cannot be read"));
            }
            return damage.isPresent();
        }
    }

    private synchronized boolean begins(Statement statement) {
        running = closed ? null : statement;
        return !closed;
    }

    private synchronized void ended() {
        running = null;
    }

    /** Returns whether this is closed. */
    private synchronized boolean pause() {
        try {
            if (!closed) {
                wait(AGAIN_MILLIS);
            }
        } catch (InterruptedException e) {
            closed = true;
        }
        return closed;
    }

    /** Ends the check, wherever it is. */
    @Override
    public void close() {
        synchronized (this) {
            closed = true;
            notifyAll();
            cancel();
        }
        await(Duration.ofMillis(AGAIN_MILLIS));
    }

    private void cancel() {
        try {
            if (running != null) {
                running.cancel();
            }
        } catch (SQLException e) {
            // It has ended by itself.
            running = null;
        }
    }
}
