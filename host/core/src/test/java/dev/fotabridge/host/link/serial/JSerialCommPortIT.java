package dev.fotabridge.host.link.serial;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fotabridge.fixtures.device.VirtualDk;
import dev.fotabridge.fixtures.device.VirtualDkOptions;
import dev.fotabridge.host.api.FotaException;
import dev.fotabridge.host.api.Reason;
import dev.fotabridge.host.thread.WatchedThreads;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The guards of {@link JSerialCommPort} on a virtual board's pty. */
@Tag("real")
final class JSerialCommPortIT {
    private static final ScheduledThreadPoolExecutor WATCHDOG = WatchedThreads.executor("watchdog", e -> {});
    private static final int LONG_MILLIS = 30_000;
    private static final byte[] MUCH = new byte[1 << 20];

    @TempDir
    Path directory;

    private VirtualDk board;

    @BeforeEach
    void start() throws IOException {
        board = VirtualDk.start(VirtualDkOptions.in(directory).withoutTiming());
    }

    @AfterEach
    void stop() throws Exception {
        if (board.isAlive()) {
            board.thaw();
        }
        board.close();
    }

    private JSerialCommPort open() throws FotaException {
        return JSerialCommPort.open(board.link().toString(), 115_200, WATCHDOG);
    }

    @Test
    void opensBySymlinkAndReadsWhatTheBoardSays() throws Exception {
        try (JSerialCommPort port = open()) {
            board.reset();
            StringBuilder text = new StringBuilder();
            byte[] buffer = new byte[256];
            Awaitility.await().atMost(20, TimeUnit.SECONDS).until(() -> {
                int count = port.read(buffer, 100);
                text.append(new String(buffer, 0, count, StandardCharsets.ISO_8859_1));
                return text.indexOf("Booting") >= 0;
            });
        }
    }

    @Test
    void aWriteThatNobodyTakesEndsInTimeAndClosesThePort() throws Exception {
        try (JSerialCommPort port = open()) {
            board.freeze();
            long start = System.nanoTime();
            IOException stalled = assertThrows(IOException.class, () -> port.write(MUCH, 0, MUCH.length, 500));
            assertTrue(System.nanoTime() - start < TimeUnit.SECONDS.toNanos(10), "in bounded time");
            assertEquals("it takes no more bytes", stalled.getMessage());
            assertThrows(IOException.class, () -> port.write(MUCH, 0, 1, 500));
            assertThrows(IOException.class, () -> port.read(new byte[1], 100));
        }
    }

    @Test
    void aLargeWriteGoesThroughWhole() throws Exception {
        try (JSerialCommPort port = open()) {
            port.write(MUCH, 0, 100_000, LONG_MILLIS);
        }
    }

    @Test
    void aVanishedPortEndsReadsAndWrites() throws Exception {
        try (JSerialCommPort port = open()) {
            board.kill();
            assertThrows(IOException.class, () -> readFor(port));
            assertThrows(IOException.class, () -> port.write(MUCH, 0, MUCH.length, LONG_MILLIS));
        }
    }

    private static void readFor(JSerialCommPort port) throws IOException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        while (System.nanoTime() < end) {
            port.read(new byte[64], 100);
        }
    }

    @Test
    void closeEndsInBoundedTimeUnderAReadAndAWrite() throws Exception {
        JSerialCommPort port = open();
        board.freeze();
        Thread reader = failing(() -> readFor(port));
        Thread writer = failing(() -> port.write(MUCH, 0, MUCH.length, LONG_MILLIS));
        long start = System.nanoTime();
        port.close();
        assertTrue(System.nanoTime() - start < TimeUnit.SECONDS.toNanos(5), "in bounded time");
        reader.join(5_000);
        writer.join(5_000);
        assertTrue(!reader.isAlive() && !writer.isAlive(), "no thread is left");
    }

    private static Thread failing(Action action) {
        Thread thread = new Thread(() -> assertThrows(IOException.class, action::run));
        thread.start();
        return thread;
    }

    @FunctionalInterface
    private interface Action {
        void run() throws IOException;
    }

    @Test
    void afterAPowerCycleAFreshPortOpensUnderTheSameName() throws Exception {
        try (JSerialCommPort port = open()) {
            board.kill();
            assertThrows(IOException.class, () -> readFor(port));
        }
        board = VirtualDk.start(VirtualDkOptions.in(directory).withoutTiming());
        try (JSerialCommPort port = open()) {
            port.write(new byte[] {0}, 0, 1, LONG_MILLIS);
        }
    }

    @Test
    void aPortInUseIsBusy() throws Exception {
        JSerialCommPort port = open();
        FotaException busy = assertThrows(FotaException.class, this::open);
        port.close();
        assertEquals(Reason.PORT_BUSY, busy.reason(), busy.getMessage());
    }

    @Test
    void whatIsNoPortIsSaid() throws Exception {
        Path file = Files.writeString(directory.resolve("file"), "text");
        assertReason(Reason.PORT_MISSING, file);
        assertReason(Reason.PORT_MISSING, directory.resolve("nothing"));
        assertReason(Reason.PORT_MISSING, Files.createSymbolicLink(directory.resolve("dangling"), Path.of("nowhere")));
    }

    private static void assertReason(Reason reason, Path path) {
        FotaException refused =
                assertThrows(FotaException.class, () -> JSerialCommPort.open(path.toString(), 115_200, WATCHDOG));
        assertEquals(reason, refused.reason(), refused.getMessage());
    }
}
