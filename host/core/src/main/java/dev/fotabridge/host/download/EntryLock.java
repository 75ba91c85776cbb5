package dev.fotabridge.host.download;

import dev.fotabridge.host.api.FotaException;
import dev.fotabridge.host.api.Reason;
import dev.fotabridge.host.store.LockFile;
import dev.fotabridge.host.store.StorageFailure;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** Waits for one object's lock, among threads and processes. */
final class EntryLock {
    private static final long POLL_NANOS = 50_000_000L;

    /** Longer than any download takes, its last request included; a holder that hangs is not awaited. */
    static final long LIMIT_NANOS = ImageDownload.LIMIT_NANOS + 2 * 60 * 1_000_000_000L;

    private EntryLock() {}

    /** Blocks until the lock is ours or the wait is cancelled, which is INTERRUPTED, or too long, which is DOWNLOAD_TIMEOUT. */
    static LockFile acquire(Path file, Cancellation cancellation) throws FotaException {
        // Before the lock is taken: nobody would free it if this fails.
        LockFile.deleteStale(file.toAbsolutePath().getParent());
        for (long waited = 0; waited < LIMIT_NANOS; waited += POLL_NANOS) {
            Optional<LockFile> lock = tryAcquire(file);
            if (lock.isPresent()) {
                return lock.get();
            }
            if (waitCancelled(cancellation)) {
                throw new FotaException(Reason.INTERRUPTED, "Cancelled while another download of this image ran.");
            }
        }
        throw new FotaException(
                Reason.DOWNLOAD_TIMEOUT,
                "Another process has been downloading this image for " + LIMIT_NANOS / 60_000_000_000L
                        + " minutes: it seems to hang.");
    }

    private static boolean waitCancelled(Cancellation cancellation) {
        try {
            return cancellation.await(POLL_NANOS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    /** The lock, unless somebody has it. */
    static Optional<LockFile> tryAcquire(Path file) throws FotaException {
        try {
            return LockFile.attempt(file, made -> {}).lock();
        } catch (IOException e) {
            throw StorageFailure.writing(file, e);
        }
    }
}
