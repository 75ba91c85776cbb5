package dev.fotabridge.host.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fotabridge.host.api.BayEvent;
import dev.fotabridge.host.api.EventOrigin;
import dev.fotabridge.host.api.FotaException;
import dev.fotabridge.host.api.Phase;
import dev.fotabridge.host.api.Reason;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file that keeps the console: each line is there at once, earlier sessions stay, and a lost line is no secret. */
final class ConsoleLogTest {
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00.000Z");

    @TempDir
    Path directory;

    private final AtomicInteger broken = new AtomicInteger();

    private ConsoleLog open(Path file) throws FotaException {
        return ConsoleLog.open(file, "/dev/ttyACM0", NOW, broken::incrementAndGet);
    }

    private static void line(ConsoleLog log, long millis, String text) {
        EventOrigin origin = new EventOrigin("bay", "", "run", "", NOW.plusMillis(millis), millis * 1_000_000);
        log.onEvent(origin, new BayEvent.Log(text));
    }

    @Test
    void eachLineHasBothTimesAndIsThereAtOnce() throws Exception {
        Path file = directory.resolve("console.log");
        try (ConsoleLog log = open(file)) {
            line(log, 1_234, "Application 1.0.0 started");
            log.onEvent(new EventOrigin("bay", "", "run", "", NOW, 0), new BayEvent.PhaseEntered(Phase.CONNECT));
            assertEquals(
                    List.of(
                            "# 2026-03-01T12:00:00Z " + BaseCommand.software() + " listens to /dev/ttyACM0",
                            "       1.234 2026-03-01T12:00:01.234Z Application 1.0.0 started"),
                    Files.readAllLines(file));
            log.requireWhole();
        }
    }

    @Test
    void whatTheFileHoldsStays() throws Exception {
        Path file = Files.writeString(directory.resolve("console.log"), "before\n");
        open(file).close();
        assertEquals(2, Files.readAllLines(file).size());
        assertEquals("before", Files.readAllLines(file).get(0));
    }

    @Test
    void aFileThatCannotBeWrittenIsRefusedAtOnce() {
        FotaException refused = assertThrows(FotaException.class, () -> open(directory));
        assertEquals(Reason.STORAGE_UNWRITABLE, refused.reason());
        assertTrue(refused.getMessage().contains(directory.toString()), refused.getMessage());
    }

    @Test
    void aLineThatIsLostEndsTheCommandOnce() throws Exception {
        ConsoleLog log = open(directory.resolve("console.log"));
        log.close();
        line(log, 1, "one");
        line(log, 2, "two");
        assertEquals(1, broken.get());
        assertEquals(
                Reason.STORAGE_UNWRITABLE,
                assertThrows(FotaException.class, log::requireWhole).reason());
    }
}
