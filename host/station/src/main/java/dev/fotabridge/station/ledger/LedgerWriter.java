package dev.fotabridge.station.ledger;

import dev.fotabridge.host.api.FotaException;
import dev.fotabridge.host.api.Reason;
import dev.fotabridge.station.ledger.LedgerTransaction.Outcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jdbi.v3.core.Handle;

/**
 * The one thread that writes. It takes all works that wait into one transaction: 64 bays that end together wait for the disk once. A
 * caller whose work has waited for too long takes it back, so that a start that was refused leaves no row. Thread-safe.
 */
final class LedgerWriter implements AutoCloseable {
    private static final Duration JOIN = Duration.ofSeconds(10);

    private final String place;
    private final LedgerTransaction transaction;
    private final Duration patience;
    private final Thread thread;

    private List<Waiting> queue = new ArrayList<>();
    private boolean closed;

    /**
     * @param place the file, as the user knows it
     * @param handle of the connection that writes; closed by the caller, after this
     * @param patience how long a work may wait for its turn
     */
    LedgerWriter(String place, Handle handle, Duration patience) {
        this.place = place;
        this.transaction = new LedgerTransaction(handle);
        this.patience = patience;
        this.thread = new Thread(this::write, "ledger");
        thread.setDaemon(true);
        thread.start();
    }

    /** A work in the queue, in a transaction, or done. */
    private static final class Waiting {
        private final LedgerWork<?> work;
        private boolean taken;
        private Outcome outcome;
        private Throwable notCommitted;

        private Waiting(LedgerWork<?> work) {
            this.work = work;
        }

        private boolean isDone() {
            return outcome != null || notCommitted != null;
        }
    }

    /**
     * Does the work in a transaction; blocks until it is durable. An interruption of the caller does not end the wait.
     *
     * @throws FotaException STORAGE_FULL or STORAGE_UNWRITABLE, and nothing of it is stored
     */
    @SuppressWarnings("unchecked")
    <T> T write(LedgerWork<T> work) throws FotaException {
        Waiting waiting = new Waiting(work);
        await(waiting);
        if (waiting.notCommitted != null) {
            throw LedgerFailure.of(place, waiting.notCommitted);
        } else if (waiting.outcome.failure() != null) {
            throw LedgerFailure.of(place, waiting.outcome.failure());
        }
        return (T) waiting.outcome.value();
    }

    private synchronized void await(Waiting waiting) throws FotaException {
        requireOpen();
        queue.add(waiting);
        notifyAll();
        long giveUpAt = System.nanoTime() + patience.toNanos();
        boolean interrupted = false;
        while (!waiting.isDone()) {
            long left = waiting.taken ? 0 : Math.max(1, (giveUpAt - System.nanoTime()) / 1_000_000);
            try {
                wait(left);
            } catch (InterruptedException e) {
                interrupted = true;
            }
            if (!waiting.taken && !waiting.isDone() && System.nanoTime() - giveUpAt >= 0) {
                queue.remove(waiting);
                throw new FotaException(
                        Reason.STORAGE_UNWRITABLE, place + " cannot be written now: the disk does not answer.");
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void requireOpen() throws FotaException {
        if (closed) {
            throw new FotaException(Reason.STORAGE_UNWRITABLE, place + " is closed: the station ends.");
        }
    }

    private void write() {
        for (List<Waiting> batch = take(); !batch.isEmpty(); batch = take()) {
            try {
                done(
                        batch,
                        transaction.run(
                                batch.stream().map(waiting -> waiting.work).toList()),
                        null);
            } catch (RuntimeException | Error e) {
                done(batch, List.of(), e);
            }
        }
    }

    /** Returns all that waits, once something does; nothing once this is closed and all is written. */
    private synchronized List<Waiting> take() {
        while (queue.isEmpty() && !closed) {
            try {
                wait();
            } catch (InterruptedException e) {
                // Nobody interrupts this thread: close() ends it.
                closed = true;
            }
        }
        List<Waiting> batch = queue;
        batch.forEach(waiting -> waiting.taken = true);
        queue = new ArrayList<>();
        return batch;
    }

    private synchronized void done(List<Waiting> batch, List<Outcome> outcomes, Throwable notCommitted) {
        for (int i = 0; i < batch.size(); i++) {
            batch.get(i).notCommitted = notCommitted;
            batch.get(i).outcome = notCommitted == null ? outcomes.get(i) : null;
        }
        notifyAll();
    }

    /** {@return how many works wait for their turn} */
    synchronized int waiting() {
        return queue.size();
    }

    /** Writes what waits, and ends the thread; waits up to 10 s. */
    @Override
    public void close() {
        synchronized (this) {
            closed = true;
            notifyAll();
        }
        try {
            thread.join(JOIN.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
