package dev.fotabridge.station.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fotabridge.host.api.FotaException;
import dev.fotabridge.host.api.Reason;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.SqlLogger;
import org.jdbi.v3.core.statement.StatementContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class LedgerWriterTest {
    private final List<String> statements = Collections.synchronizedList(new ArrayList<>());
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Handle handle = open();

    private Handle open() {
        Jdbi jdbi = Jdbi.create("jdbc:sqlite::memory:");
        jdbi.setSqlLogger(new SqlLogger() {
            @Override
            public void logBeforeExecution(StatementContext context) {
                statements.add(context.getRawSql());
            }
        });
        Handle opened = jdbi.open();
        opened.execute("CREATE TABLE line (text TEXT UNIQUE)");
        return opened;
    }

    @AfterEach
    void close() {
        threads.shutdownNow();
        handle.close();
    }

    private static LedgerWork<Integer> add(String text) {
        return on -> on.execute("INSERT INTO line VALUES (?)", text);
    }

    private List<String> lines() {
        return handle.createQuery("SELECT text FROM line ORDER BY rowid")
                .mapTo(String.class)
                .list();
    }

    private long count(String statement) {
        return statements.stream().filter(statement::equals).count();
    }

    /** Holds the writer in a transaction until the latch is open. */
    private Future<?> hold(LedgerWriter writer, CountDownLatch held, CountDownLatch latch) {
        return threads.submit(() -> writer.write(on -> {
            held.countDown();
            try {
                latch.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return 0;
        }));
    }

    @Test
    void whatWaitsIsOneTransactionAndOneThatFailsIsTakenBackAlone() throws Exception {
        CountDownLatch held = new CountDownLatch(1);
        CountDownLatch latch = new CountDownLatch(1);
        try (LedgerWriter writer = new LedgerWriter("The ledger", handle, Duration.ofMinutes(1))) {
            writer.write(add("a"));
            Future<?> first = hold(writer, held, latch);
            held.await();
            List<Future<Integer>> waiting = new ArrayList<>();
            for (String text : List.of("b", "c", "a", "d")) {
                waiting.add(threads.submit(() -> writer.write(add(text))));
                // Each is in the queue before the next one comes.
                while (writer.waiting() < waiting.size()) {
                    Thread.onSpinWait();
                }
            }
            latch.countDown();
            first.get();
            assertEquals(1, waiting.get(0).get());
            assertTrue(assertThrows(Exception.class, () -> waiting.get(2).get()).getCause() instanceof FotaException);
            assertEquals(1, waiting.get(3).get());
        }
        assertEquals(List.of("a", "b", "c", "d"), lines());
        assertEquals(3, count("COMMIT"));
    }

    @Test
    void aWorkThatHasWaitedForTooLongIsNotStoredLater() throws Exception {
        CountDownLatch held = new CountDownLatch(1);
        CountDownLatch latch = new CountDownLatch(1);
        try (LedgerWriter writer = new LedgerWriter("The ledger", handle, Duration.ofMillis(20))) {
            Future<?> first = hold(writer, held, latch);
            held.await();
            FotaException late = assertThrows(FotaException.class, () -> writer.write(add("late")));
            assertEquals(Reason.STORAGE_UNWRITABLE, late.reason());
            latch.countDown();
            first.get();
        }
        assertEquals(List.of(), lines());
    }

    @Test
    void whatIsInATransactionIsAwaitedHoweverLongItTakes() throws Exception {
        CountDownLatch held = new CountDownLatch(1);
        CountDownLatch latch = new CountDownLatch(1);
        try (LedgerWriter writer = new LedgerWriter("The ledger", handle, Duration.ZERO)) {
            Future<?> first;
            do {
                // With no patience at all a work may be too late before the thread has seen it.
                first = hold(writer, held, latch);
                while (held.getCount() > 0 && !first.isDone()) {
                    Thread.onSpinWait();
                }
            } while (held.getCount() > 0);
            latch.countDown();
            assertEquals(0, first.get());
        }
    }

    @Test
    void aTransactionThatCannotBeCommittedFailsForAll() throws Exception {
        try (LedgerWriter writer = new LedgerWriter("The ledger", handle, Duration.ofMinutes(1))) {
            writer.write(add("a"));
            handle.execute("PRAGMA max_page_count = 1");
            FotaException full = assertThrows(FotaException.class, () -> writer.write(add("x".repeat(100_000))));
            assertEquals(Reason.STORAGE_FULL, full.reason());
            writer.write(add("b"));
        }
        assertEquals(List.of("a", "b"), lines());
    }

    @Test
    void aClosedWriterHasWrittenWhatWaitedAndTakesNothing() throws Exception {
        LedgerWriter writer = new LedgerWriter("The ledger", handle, Duration.ofMinutes(1));
        CountDownLatch held = new CountDownLatch(1);
        CountDownLatch latch = new CountDownLatch(1);
        Future<?> first = hold(writer, held, latch);
        held.await();
        Future<Integer> second = threads.submit(() -> writer.write(add("a")));
        while (writer.waiting() < 1) {
            Thread.onSpinWait();
        }
        latch.countDown();
        writer.close();
        first.get();
        assertEquals(1, second.get());
        assertThrows(FotaException.class, () -> writer.write(add("b")));
        assertEquals(List.of("a"), lines());
    }

    @Test
    void anInterruptedCallerStillLearnsHowItEnded() throws Exception {
        try (LedgerWriter writer = new LedgerWriter("The ledger", handle, Duration.ofMinutes(1))) {
            Thread.currentThread().interrupt();
            assertEquals(1, writer.write(add("a")));
            assertTrue(Thread.interrupted());
        }
    }
}
