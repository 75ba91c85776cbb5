package dev.fotabridge.host.download;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fotabridge.host.api.FotaException;
import dev.fotabridge.host.api.Reason;
import dev.fotabridge.host.store.LockFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** In virtual time: what is waited for passes at once. */
final class EntryLockTest {
    @TempDir
    Path directory;

    private long waited;
    private LockFile held;

    /** Its file may be old: that this process holds it needs no second look, which would take a quarter of a second each time. */
    @Test
    void aHolderThatHangsIsNotAwaitedForEver() throws Exception {
        Path file = Files.createFile(directory.resolve("lock"));
        Files.setLastModifiedTime(file, FileTime.from(Instant.now().minus(Duration.ofDays(3))));
        held = EntryLock.tryAcquire(file).orElseThrow();
        FotaException end = assertThrows(
                FotaException.class,
                () -> EntryLock.acquire(file, new Cancellation((gate, nanos) -> {
                    waited += nanos;
                    return false;
                })));
        assertEquals(Reason.DOWNLOAD_TIMEOUT, end.reason());
        assertTrue(end.getMessage().contains("17 minutes"), end::getMessage);
        assertEquals(EntryLock.LIMIT_NANOS, waited);
        held.close();
    }

    @Test
    void whoTakesALockDeletesThoseOfLongAgo() throws Exception {
        Path stale = Files.createFile(directory.resolve("stale.lock"));
        Files.setLastModifiedTime(stale, FileTime.from(Instant.now().minus(Duration.ofDays(3))));
        EntryLock.acquire(directory.resolve("a.lock"), new Cancellation()).close();
        assertFalse(Files.exists(stale));
    }

    @Test
    void aHolderThatEndsIsFollowed() throws Exception {
        Path file = directory.resolve("lock");
        held = EntryLock.tryAcquire(file).orElseThrow();
        LockFile next = EntryLock.acquire(file, new Cancellation((gate, nanos) -> {
            held.close();
            return false;
        }));
        assertTrue(EntryLock.tryAcquire(file).isEmpty());
        next.close();
    }
}
