package dev.fotabridge.host.store;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fotabridge.host.api.FotaException;
import dev.fotabridge.host.api.Reason;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Pipes with a name, whose other end is nobody's or somebody's who takes his time. */
@Tag("real")
@Timeout(60)
final class NamedFileIT {
    private static final Duration SHORT = Duration.ofMillis(300);

    @TempDir
    Path directory;

    private Path pipe;

    @BeforeEach
    void makePipe() throws Exception {
        pipe = directory.resolve("pipe");
        assertEquals(0, new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor());
    }

    @Test
    void aPipeIsReadToItsEnd() throws Exception {
        FutureTask<byte[]> read = new FutureTask<>(() -> NamedFile.read(pipe, "image", 10, Reason.IMAGE_UNREADABLE));
        new Thread(read).start();
        try (OutputStream out = Files.newOutputStream(pipe)) {
            out.write(new byte[] {1, 2});
            out.write(3);
        }
        assertArrayEquals(new byte[] {1, 2, 3}, read.get(30, TimeUnit.SECONDS));
    }

    @Test
    void aPipeThatNobodyWritesIsGivenUp() {
        IOException given = assertThrows(IOException.class, () -> PipeReader.read(pipe, 10, SHORT));
        assertTrue(
                given.getMessage().startsWith("it is a pipe, and nobody has written it to its end"),
                given.getMessage());
        awaitNoReader();
    }

    @Test
    void aPipeWhoseWriterHangsIsGivenUp() throws Exception {
        FutureTask<byte[]> read = new FutureTask<>(() -> PipeReader.read(pipe, 10, SHORT));
        new Thread(read).start();
        try (OutputStream out = Files.newOutputStream(pipe)) {
            out.write(1);
            assertThrows(Exception.class, () -> read.get(30, TimeUnit.SECONDS));
            awaitNoReader();
        }
    }

    @Test
    void anInterruptedThreadIsToldSo() throws Exception {
        FutureTask<String> read = new FutureTask<>(() -> {
            FotaException refused =
                    assertThrows(FotaException.class, () -> NamedFile.read(pipe, "image", 10, Reason.IMAGE_UNREADABLE));
            assertTrue(Thread.currentThread().isInterrupted());
            return refused.getMessage();
        });
        Thread reader = new Thread(read);
        reader.start();
        reader.interrupt();
        String said = read.get(30, TimeUnit.SECONDS);
        assertFalse(said.contains("java"), said);
        awaitNoReader();
    }

    private static void awaitNoReader() {
        Awaitility.await()
                .until(() -> Thread.getAllStackTraces().keySet().stream()
                        .noneMatch(thread -> thread.getName().equals("pipe-reader")));
    }
}
