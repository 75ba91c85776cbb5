package dev.fotabridge.host.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a lock is worth is what another process sees of it. */
@Tag("real")
final class LockFileIT {
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
        Path file = Files.writeString(directory.resolve("a.lock"), "4711 BootTest");
        Process other = start(file, "held");
        try {
            assertEquals('h', other.getInputStream().read());
            LockFile.Attempt busy = attempt(file);
            assertTrue(busy.lock().isEmpty());
            assertEquals("4711 BootTest", busy.holder());
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

    @Test
    void aFileThatNobodyHoldsGoesAfterADay() throws Exception {
        Path stale = old(directory.resolve("stale.lock"));
        Path fresh = Files.createFile(directory.resolve("fresh.lock"));
        Path journal = old(directory.resolve("a.journal"));
        LockFile.deleteStale(directory);
        assertEquals(List.of(false, true, true), exist(stale, fresh, journal));
    }

    @Test
    void aHeldFileStaysHoweverOldItIs() throws Exception {
        Path mine = directory.resolve("mine.lock");
        LockFile lock = attempt(mine).lock().orElseThrow();
        Path theirs = Files.createFile(directory.resolve("theirs.lock"));
        Process other = start(theirs, "held");
        try {
            assertEquals('h', other.getInputStream().read());
            touch(theirs);
            // By its name: a setting of times opens and closes it, which would free our lock.
            new ProcessBuilder("touch", "-d", "3 days ago", mine.toString())
                    .start()
                    .waitFor();
            LockFile.deleteStale(directory);
            assertEquals(List.of(true, true), exist(mine, theirs));
            assertFalse(isFreeForAnotherProcess(mine));
            assertFalse(isFreeForAnotherProcess(theirs));
        } finally {
            other.destroyForcibly().waitFor();
            lock.close();
        }
    }

    /** As if another process had deleted it between our open and our lock. */
    @Test
    void aLockOnAFileThatIsGoneIsNoLock() throws Exception {
        lockMeetsOthers(made -> Files.delete(made));
    }

    @Test
    void aLockOnAFileThatWasReplacedIsNoLock() throws Exception {
        lockMeetsOthers(made -> Files.move(Files.createFile(directory.resolve("next")), made, REPLACE_EXISTING));
    }

    private interface Deed {
        void on(Path file) throws IOException;
    }

    private void lockMeetsOthers(Deed deed) throws Exception {
        Path file = directory.resolve("a.lock");
        AtomicInteger count = new AtomicInteger();
        LockFile lock = LockFile.attempt(file, made -> {
                    if (count.getAndIncrement() == 0) {
                        assertDoesNotThrow(() -> deed.on(made));
                    }
                })
                .lock()
                .orElseThrow();
        assertTrue(Files.exists(file));
        assertFalse(isFreeForAnotherProcess(file));
        lock.close();
    }

    /** A process that is about to delete a stale file has its lock for an instant. */
    @Test
    void aDeleterIsNoHolder() throws Exception {
        Path file = old(directory.resolve("a.lock"));
        Process deleter = start(file, "held");
        assertEquals('h', deleter.getInputStream().read());
        touch(file);
        FutureTask<LockFile.Attempt> attempt = new FutureTask<>(() -> attempt(file));
        Thread user = new Thread(attempt);
        user.start();
        while (user.isAlive() && user.getState() != Thread.State.TIMED_WAITING) {
            Thread.onSpinWait();
        }
        deleter.destroyForcibly().waitFor();
        attempt.get().lock().orElseThrow().close();
    }

    /** As of two applications of one server, each with its own copy of the library. */
    @Test
    void aTryOfAnotherCopyOfTheLibraryDoesNotFreeTheLock() throws Exception {
        Path file = directory.resolve("a.lock");
        try (URLClassLoader loader = new URLClassLoader(classPath(), ClassLoader.getPlatformClassLoader())) {
            Copy copy = new Copy(loader.loadClass(LockFile.class.getName()));
            LockFile mine = attempt(file).lock().orElseThrow();
            assertTrue(copy.attempt(file).isEmpty());
            assertTrue(copy.attempt(file).isEmpty());
            assertFalse(isFreeForAnotherProcess(file));
            mine.close();
            AutoCloseable its = copy.attempt(file).orElseThrow();
            assertTrue(attempt(file).lock().isEmpty());
            assertFalse(isFreeForAnotherProcess(file));
            its.close();
            assertTrue(isFreeForAnotherProcess(file));
            attempt(file).lock().orElseThrow().close();
        }
    }

    private static URL[] classPath() throws IOException {
        List<URL> urls = new ArrayList<>();
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
            urls.add(Path.of(entry).toUri().toURL());
        }
        return urls.toArray(URL[]::new);
    }

    private record Copy(Class<?> lockFile) {
        Optional<AutoCloseable> attempt(Path file) throws ReflectiveOperationException {
            Consumer<Path> whenMade = made -> {};
            Object attempt =
                    lockFile.getMethod("attempt", Path.class, Consumer.class).invoke(null, file, whenMade);
            Object lock = attempt.getClass().getMethod("lock").invoke(attempt);
            return ((Optional<?>) lock).map(AutoCloseable.class::cast);
        }
    }

    /** The file goes stale again and again, and each of them deletes it as soon as nobody holds it. */
    @Test
    @Timeout(60)
    void manyProcessesHaveItOneAfterTheOther() throws Exception {
        Path file = directory.resolve("a.lock");
        List<Process> users = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            users.add(start(ManyTimes.class, file, "200"));
        }
        while (users.stream().anyMatch(Process::isAlive)) {
            // This process has no lock, which its open and close could free.
            Awaitility.await().pollDelay(Duration.ofMillis(2)).until(() -> true);
            goneStale(file);
        }
        for (Process user : users) {
            assertEquals("200 times alone", new String(user.getInputStream().readAllBytes(), UTF_8));
        }
    }

    private static void goneStale(Path file) throws IOException {
        try {
            touch(file);
        } catch (NoSuchFileException e) {
            // Deleted meanwhile.
        }
    }

    private static List<Boolean> exist(Path... files) {
        return Stream.of(files).map(Files::exists).toList();
    }

    private static Path old(Path file) throws IOException {
        return touch(Files.createFile(file));
    }

    private static Path touch(Path file) throws IOException {
        return Files.setLastModifiedTime(file, FileTime.from(Instant.now().minus(Duration.ofDays(3))));
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
        return start(OtherProcess.class, file, what);
    }

    private static Process start(Class<?> program, Path file, String what) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        program.getName(),
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

    /** Takes the lock so many times, and makes a file each time that nobody else may have made. */
    static final class ManyTimes {
        private ManyTimes() {}

        public static void main(String[] arguments) throws Exception {
            Path file = Path.of(arguments[0]);
            int times = Integer.parseInt(arguments[1]);
            for (int i = 0; i < times; i++) {
                Optional<LockFile> lock = Optional.empty();
                while (lock.isEmpty()) {
                    LockFile.deleteStale(file.getParent());
                    lock = LockFile.attempt(file, made -> {}).lock();
                }
                Path alone = Files.createFile(file.resolveSibling("alone"));
                Files.delete(alone);
                lock.get().close();
            }
            System.out.print(times + " times alone");
        }
    }
}
