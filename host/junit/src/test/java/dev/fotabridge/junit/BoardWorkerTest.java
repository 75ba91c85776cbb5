package dev.fotabridge.junit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fotabridge.host.api.Bay;
import dev.fotabridge.host.api.FotaException;
import dev.fotabridge.host.api.Reason;
import dev.fotabridge.host.api.UpdateOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class BoardWorkerTest {
    private static final Duration LONG = Duration.ofSeconds(20);
    private static final Duration SHORT = Duration.ofMillis(100);

    private final FakeBay board = new FakeBay("a");
    private final Bay bay = board.bay();
    private final BoardWorker worker = new BoardWorker(bay);

    @AfterEach
    void end() {
        worker.close();
    }

    @Test
    void commandsRunOneAfterTheOtherBetweenWhichTheConsoleIsHeard() throws Exception {
        for (int i = 0; i < 200; i++) {
            assertEquals("a", worker.run(LONG, () -> bay.info(LONG)).unit());
        }
    }

    @Test
    void whatACommandThrowsIsThrown() {
        board.die();
        FotaException thrown = assertThrows(FotaException.class, () -> worker.run(LONG, () -> bay.info(LONG)));
        assertEquals(Reason.NO_ANSWER, thrown.reason());
        FotaException bug = assertThrows(
                FotaException.class,
                () -> worker.run(LONG, () -> {
                    throw new IllegalStateException("a bug");
                }));
        assertEquals(Reason.INTERNAL_ERROR, bug.reason());
    }

    @Test
    void aCommandWhoseTimeIsUpIsInterruptedAndTheNextOneRuns() throws Exception {
        board.hang();
        assertThrows(
                BoardWorker.TimeUp.class,
                () -> worker.run(SHORT, () -> bay.update(Path.of("app.bin"), (UpdateOptions) null)));
        assertEquals("a", worker.run(LONG, () -> bay.info(LONG)).unit());
    }

    /** Many times, since the interrupt may come before the bay has begun. */
    @RepeatedTest(50)
    void aTestThatIsInterruptedEndsItsCommand() throws Exception {
        board.hang();
        CountDownLatch begun = new CountDownLatch(1);
        FutureTask<Reason> test = new FutureTask<>(() -> {
            FotaException thrown = assertThrows(
                    FotaException.class,
                    () -> worker.run(LONG, () -> {
                        begun.countDown();
                        return bay.update(Path.of("app.bin"), (UpdateOptions) null);
                    }));
            assertTrue(Thread.currentThread().isInterrupted());
            return thrown.reason();
        });
        Thread thread = new Thread(test);
        thread.start();
        begun.await();
        thread.interrupt();
        assertEquals(Reason.INTERRUPTED, test.get());
        worker.run(LONG, () -> bay.info(LONG));
    }

    @Test
    void afterItsEndNothingRuns() {
        worker.close();
        FotaException thrown = assertThrows(FotaException.class, () -> worker.run(LONG, () -> bay.info(LONG)));
        assertEquals(Reason.INTERRUPTED, thrown.reason());
        assertFalse(Thread.getAllStackTraces().keySet().stream()
                .anyMatch(thread -> thread.getName().equals("fota-rig-a") && thread.isAlive()));
    }
}
