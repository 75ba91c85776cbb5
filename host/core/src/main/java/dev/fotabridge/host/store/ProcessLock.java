package dev.fotabridge.host.store;

import dev.fotabridge.host.api.Claim;
import dev.fotabridge.host.api.FotaException;
import dev.fotabridge.host.api.Reason;
import dev.fotabridge.host.value.PlainText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One process at a time, by a lock file in the system's directory for temporary files: processes with different state
 * directories, and other users', must meet there too. The system frees the lock when the process dies, however it dies.
 * Tested by StateFilesTest.
 */
public final class ProcessLock implements Claim {
    private static final Logger LOG = LoggerFactory.getLogger(ProcessLock.class);

    /** Read once, so that all locks of a process lie in one place. */
    private static final Path DIRECTORY = Path.of(System.getProperty("java.io.tmpdir"), "fota-bridge-locks");

    private static final int STICKY = 01000;

    private final LockFile lock;

    private ProcessLock(LockFile lock) {
        this.lock = lock;
    }

    /**
     * Locks a thing: two agents for one would end each other's connection for ever.
     *
     * @param address the endpoint's HOST:PORT
     * @throws FotaException THING_BUSY or LOCK_UNAVAILABLE
     */
    public static ProcessLock ofThing(String address, String thing) throws FotaException {
        return acquire("thing " + address + " " + thing, Reason.THING_BUSY, "The thing " + thing);
    }

    /**
     * Takes the lock.
     *
     * @param name of what is locked, unique over this computer
     * @param busy the reason when another process, or another board of this one, has it
     * @param what for the sentence, e.g. {@code The port /dev/ttyACM0}
     * @throws FotaException that reason, or LOCK_UNAVAILABLE
     */
    public static ProcessLock acquire(String name, Reason busy, String what) throws FotaException {
        Claim.Attempt attempt = attempt(name, "");
        return (ProcessLock) attempt.claim().orElseThrow(() -> busy(attempt, busy, what));
    }

    /**
     * Takes the lock if it is free.
     *
     * @param name of what is locked, unique over this computer
     * @param note for whoever finds it locked: who has it, beside the process id
     * @throws FotaException LOCK_UNAVAILABLE
     */
    public static Claim.Attempt attempt(String name, String note) throws FotaException {
        Path file = directory().resolve(StateDirectory.fileName(name) + ".lock");
        try {
            LockFile.deleteStale(DIRECTORY);
            // Shared before it is locked: a change of its mode opens and closes the file, which would free the lock.
            LockFile.Attempt attempt = LockFile.attempt(file, made -> allow(made, 0666));
            attempt.lock().ifPresent(lock -> lock.noteHolder(note));
            // Any user of this computer may have written the note.
            return new Claim.Attempt(attempt.lock().map(ProcessLock::new), PlainText.line(attempt.holder()));
        } catch (IOException e) {
            throw unavailable(file, e);
        }
    }

    private static FotaException busy(Claim.Attempt attempt, Reason reason, String what) {
        String pid = attempt.holder().split(" ", 2)[0];
        String holder = pid.matches("[0-9]+") ? " (process " + pid + ")" : "";
        return new FotaException(reason, what + " is in use by another fota-bridge" + holder + ".");
    }

    private static FotaException unavailable(Path file, IOException cause) {
        String why = StorageFailure.writing(file, cause).getMessage();
        return new FotaException(Reason.LOCK_UNAVAILABLE, "The lock cannot be taken: " + why, cause);
    }

    private static Path directory() throws FotaException {
        try {
            if (!Files.isDirectory(DIRECTORY, LinkOption.NOFOLLOW_LINKS)) {
                Files.createDirectory(DIRECTORY);
            }
        } catch (IOException e) {
            // Another process may just have made it; anything else in its place, a link above all, is not ours.
            if (!Files.isDirectory(DIRECTORY, LinkOption.NOFOLLOW_LINKS)) {
                throw unavailable(DIRECTORY, e);
            }
        }
        // Sticky, so that nobody can take away or replace another user's lock files.
        allow(DIRECTORY, STICKY | 0777);
        return DIRECTORY;
    }

    /** For all users. Whose is another user's was shared by that one, and what cannot be shared still locks. */
    private static void allow(Path path, int mode) {
        try {
            if (path.getFileSystem().supportedFileAttributeViews().contains("unix")) {
                Files.setAttribute(path, "unix:mode", mode, LinkOption.NOFOLLOW_LINKS);
            }
        } catch (IOException e) {
            LOG.debug("{} stays as it is ({})", path, e.toString());
        }
    }

    @Override
    public void close() {
        lock.close();
    }
}
