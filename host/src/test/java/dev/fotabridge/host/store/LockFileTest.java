package dev.fotabridge.host.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a lock is worth is what another process sees of it. */
final class LockFileTest {
    @TempDir
    Path directory;

    @Test
    void aSecondTryOfThisProcessDoesNotFreeTheFirstOnesLock() throws Exception {
        Path file = directory.resolve("a.lock");
        LockFile lock = attempt(file).lock().orElseThrow();
        assertTrue(attempt(file).lock().isEmpty());
        assertFalse(isFreeForAnotherProcess(file));
        lock.close();
        assertTrue(isFreeForAnotherProcess(file));
        attempt(file).lock().orElseThrow().close();
    }

    @Test
    void twoNamesOfOneDirectoryAreOneLock() throws Exception {
        Path link =
                Files.createSymbolicLink(directory.resolve("link"), Files.createDirectory(directory.resolve("real")));
        Path file = directory.resolve("real").resolve("a.lock");
        LockFile lock = attempt(file).lock().orElseThrow();
        assertTrue(attempt(link.resolve("a.lock")).lock().isEmpty());
        assertFalse(isFreeForAnotherProcess(file));
        lock.close();
    }

    @Test
    void aTryAtAnotherProcessesLockTellsItsNote() throws Exception {
        Path file = Files.writeString(directory.resolve("a.lock"), "4711");
        Process other = start(file, "held");
        try {
            assertEquals('h', other.getInputStream().read());
            LockFile.Attempt busy = attempt(file);
            assertTrue(busy.lock().isEmpty());
            assertEquals("4711", busy.holder());
        } finally {
            other.destroyForcibly().waitFor();
        }
        attempt(file).lock().orElseThrow().close();
    }

    @Test
    void aSecondCloseFreesNobodyElsesLock() throws Exception {
        Path file = directory.resolve("a.lock");
        LockFile first = attempt(file).lock().orElseThrow();
        first.close();
        LockFile second = attempt(file).lock().orElseThrow();
        first.close();
        assertTrue(attempt(file).lock().isEmpty());
        assertFalse(isFreeForAnotherProcess(file));
        second.close();
    }

    private static LockFile.Attempt attempt(Path file) throws IOException {
        return LockFile.attempt(file, made -> {});
    }

    private static boolean isFreeForAnotherProcess(Path file) throws Exception {
        Process other = start(file, "look");
        try {
            return other.getInputStream().read() == 'h';
        } finally {
            other.destroyForcibly().waitFor();
        }
    }

    private static Process start(Path file, String what) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        OtherProcess.class.getName(),
                        file.toString(),
                        what)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    /** Says {@code h} when it has the lock, else {@code n}; with {@code held} it keeps it until it is killed. */
    static final class OtherProcess {
        private OtherProcess() {}

        public static void main(String[] arguments) throws Exception {
            try (FileChannel channel = FileChannel.open(Path.of(arguments[0]), StandardOpenOption.WRITE)) {
                System.out.write(channel.tryLock() != null ? 'h' : 'n');
                System.out.flush();
                if (arguments[1].equals("held")) {
                    System.in.read();
                }
            }
        }
    }
}
