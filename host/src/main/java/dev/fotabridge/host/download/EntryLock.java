package dev.fotabridge.host.download;

import dev.fotabridge.host.outcome.FotaException;
import dev.fotabridge.host.outcome.Reason;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/** One object's lock, among threads and processes. The operating system frees it when its holder dies. */
final class EntryLock implements AutoCloseable {
    private static final long POLL_NANOS = 50_000_000L;

    /** Twice what the largest image takes at the slowest pace that a server may have; a holder that hangs is not awaited. */
    static final long LIMIT_NANOS = 15 * 60 * 1_000_000_000L;

    private final FileChannel channel;

    private EntryLock(FileChannel channel) {
        this.channel = channel;
    }

    /** Blocks until the lock is ours or the wait is cancelled, which is INTERRUPTED, or too long, which is DOWNLOAD_TIMEOUT. */
    static EntryLock acquire(Path file, Cancellation cancellation) throws FotaException {
        for (long waited = 0; waited < LIMIT_NANOS; waited += POLL_NANOS) {
            Optional<EntryLock> lock = tryAcquire(file);
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
    static Optional<EntryLock> tryAcquire(Path file) throws FotaException {
        FileChannel channel = null;
        try {
            channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            FileLock lock = channel.tryLock();
            if (lock != null) {
                return Optional.of(new EntryLock(channel));
            }
            channel.close();
            return Optional.empty();
        } catch (OverlappingFileLockException e) {
            // Held by another thread of this process.
            new EntryLock(channel).close();
            return Optional.empty();
        } catch (IOException e) {
            throw Disk.refused(file, e);
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            // The lock goes with the process at the latest; nobody could do more about it.
            return;
        }
    }
}
