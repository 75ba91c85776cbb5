package dev.fotabridge.host.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A lock on a file, against other processes and other threads of this one; every file lock of the process is taken here. POSIX
 * takes a lock away when the process closes any descriptor of the file, so a file that this process has locked is not
 * opened a second time. Where another copy of this class (of another class loader, as in an application server) has locked it, the
 * descriptor of the failed try stays open until a later try gets the lock. The system frees the lock when the process dies.
 * {@link #deleteStale} deletes files that nobody uses, so a lock counts only if its file is still the one at the path. Thread-safe.
 */
public final class LockFile implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LockFile.class);
    private static final int NOTE_BYTES = 400;
    private static final Duration STALE = Duration.ofDays(1);

    /** Names that {@link #deleteStale} looks at, whatever others put into the directory. */
    private static final int MAX_LOOKS = 16_384;

    /** Who deletes a stale file holds its lock for an instant, and must not be taken for a user of it. */
    private static final int TRIES = 25;

    private static final long PAUSE_MILLIS = 10;

    /** A lock on a file that was deleted meanwhile keeps nobody away. */
    private static final Attempt DELETED = new Attempt(Optional.empty(), "");

    private static final String OWN_PID = Long.toString(ProcessHandle.current().pid());

    private static final Set<OpenOption> EXISTING =
            Set.of(StandardOpenOption.READ, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
    private static final Set<OpenOption> NEW =
            Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.READ, StandardOpenOption.WRITE);

    /** The lock files that this process has open, with their notes: descriptors are the process's, and so is this. */
    private static final Map<Path, String> OPEN = new ConcurrentHashMap<>();

    /** Files that another copy of this class has locked: their next try is made with these. Guarded by {@link #ALL_COPIES}. */
    private static final Map<Path, LockFile> FOREIGN = new HashMap<>();

    /** One object in the whole JVM, for all copies of this class: a literal. A file is made, shared and locked in one go. */
    private static final Object ALL_COPIES = "dev.fotabridge.host.store.LockFile";

    private final Path key;
    private final FileChannel channel;
    private final Optional<Object> identity;

    /**
     * What came of a try.
     *
     * @param lock empty if somebody else has it
     * @param holder what that one has noted, its process id and perhaps a space and more; empty if it is not known
     */
    public record Attempt(Optional<LockFile> lock, String holder) {}

    private interface Opening {
        LockFile open(Path key) throws IOException;
    }

    private LockFile(Path key, FileChannel channel, Optional<Object> identity) {
        this.key = key;
        this.channel = channel;
        this.identity = identity;
    }

    /**
     * Takes the lock if it is free; returns at once, or after some pauses if the file is stale. A link is not followed.
     *
     * @param file made if it is missing; its directory is there
     * @param whenMade called with a file that was made; whatever it does with it is over before the lock is taken
     * @throws IOException if the file cannot be opened or locked
     */
    public static Attempt attempt(Path file, Consumer<Path> whenMade) throws IOException {
        Opening opening = key -> open(key, whenMade);
        Attempt attempt = attemptOnce(file, opening);
        for (int i = 1; i < TRIES && (attempt == DELETED || mayBeDeleting(attempt, file)); i++) {
            pause();
            attempt = attemptOnce(file, opening);
        }
        return attempt;
    }

    /** Another process that deletes the file holds its lock. This process deletes nothing while an attempt is made. */
    private static boolean mayBeDeleting(Attempt attempt, Path file) {
        return attempt.lock().isEmpty() && !isOwn(attempt.holder()) && isStale(file);
    }

    private static boolean isOwn(String holder) {
        return holder.equals(OWN_PID) || holder.startsWith(OWN_PID + " ");
    }

    private static void pause() {
        try {
            Thread.sleep(PAUSE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static Attempt attemptOnce(Path file, Opening opening) throws IOException {
        synchronized (ALL_COPIES) {
            return attemptAlone(file, opening);
        }
    }

    private static Attempt attemptAlone(Path file, Opening opening) throws IOException {
        Path key = file.toAbsolutePath().getParent().toRealPath().resolve(file.getFileName());
        String own = OPEN.putIfAbsent(key, OWN_PID);
        if (own != null) {
            return new Attempt(Optional.empty(), own);
        }
        LockFile lock = FOREIGN.remove(key);
        boolean keep = false;
        try {
            lock = lock == null ? opening.open(key) : lock;
            if (!lock.take()) {
                return new Attempt(Optional.empty(), lock.noted());
            }
            keep = lock.isAtItsPath();
            return keep ? new Attempt(Optional.of(lock), "") : DELETED;
        } catch (OverlappingFileLockException e) {
            keep = true;
            FOREIGN.put(key, lock);
            OPEN.remove(key);
            return new Attempt(Optional.empty(), lock.noted());
        } finally {
            if (lock == null) {
                OPEN.remove(key);
            } else if (!keep) {
                lock.close();
            }
        }
    }

    /** An existing file is opened without CREATE: in a sticky directory Linux refuses that for another user's file. */
    private static LockFile open(Path key, Consumer<Path> whenMade) throws IOException {
        for (int i = 1; i < TRIES; i++) {
            try {
                return openExisting(key);
            } catch (NoSuchFileException e) {
                make(key, whenMade);
            }
        }
        return openExisting(key);
    }

    /** Its identity is read before it is opened: afterwards another file may be at the path. */
    private static LockFile openExisting(Path key) throws IOException {
        Optional<Object> identity = identity(key);
        return new LockFile(key, FileChannel.open(key, EXISTING), identity);
    }

    /** Made and opened again: of the open file that was made nobody can say whether it is still the one at the path. */
    private static void make(Path key, Consumer<Path> whenMade) throws IOException {
        try {
            FileChannel.open(key, NEW).close();
            whenMade.accept(key);
        } catch (FileAlreadyExistsException e) {
            // Somebody else has made it meanwhile.
            return;
        }
    }

    /** As long as the file is open, the system gives its inode to no other. */
    private boolean isAtItsPath() {
        return identity.isPresent() && identity.equals(identity(key));
    }

    /** Device and inode; a word where the system has none. Opens nothing. */
    private static Optional<Object> identity(Path file) {
        return attributes(file).map(found -> found.fileKey() == null ? "a file" : found.fileKey());
    }

    private static boolean isStale(Path file) {
        Instant limit = Instant.now().minus(STALE);
        return attributes(file)
                .filter(found -> found.isRegularFile()
                        && found.lastModifiedTime().toInstant().isBefore(limit))
                .isPresent();
    }

    private static Optional<BasicFileAttributes> attributes(Path file) {
        try {
            return Optional.of(Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /**
     * Deletes the directory's lock files that nobody holds and nobody has written for a day. Best effort: what cannot be
     * deleted, as another user's file in a sticky directory, stays.
     */
    public static void deleteStale(Path directory) {
        int looks = 0;
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory)) {
            for (Path file : files) {
                if (++looks > MAX_LOOKS) {
                    return;
                }
                if (file.toString().endsWith(".lock") && isStale(file)) {
                    deleteIfFree(file);
                }
            }
        } catch (IOException | DirectoryIteratorException e) {
            LOG.debug("{} cannot be listed ({})", directory, e.toString());
        }
    }

    /** Under its lock, so that whoever has opened it meanwhile finds it gone, and takes the next one made. */
    private static void deleteIfFree(Path file) {
        synchronized (ALL_COPIES) {
            try (LockFile lock =
                    attemptOnce(file, LockFile::openExisting).lock().orElse(null)) {
                if (lock != null && isStale(file)) {
                    Files.delete(file);
                }
            } catch (IOException e) {
                LOG.debug("{} stays ({})", file, e.toString());
            }
        }
    }

    private boolean take() throws IOException {
        return channel.tryLock() != null;
    }

    /**
     * Writes this process's id, and a note if there is one, into the file, for whoever finds it locked. The lock holds without it,
     * too.
     */
    void noteHolder(String note) {
        String holder = (OWN_PID + " " + note).strip();
        OPEN.replace(key, holder);
        try {
            byte[] bytes = holder.getBytes(StandardCharsets.UTF_8);
            channel.truncate(0);
            channel.write(ByteBuffer.wrap(bytes, 0, Math.min(bytes.length, NOTE_BYTES)), 0);
        } catch (IOException e) {
            LOG.debug("no note in the lock file {} ({})", key, e.getMessage());
        }
    }

    private String noted() {
        ByteBuffer bytes = ByteBuffer.allocate(NOTE_BYTES);
        try {
            channel.read(bytes, 0);
        } catch (IOException e) {
            LOG.debug("the lock file {} cannot be read ({})", key, e.getMessage());
        }
        return new String(bytes.array(), 0, bytes.position(), StandardCharsets.UTF_8).strip();
    }

    /** Frees the lock. The file stays, for whoever needs it next. */
    @Override
    public void close() {
        if (!channel.isOpen()) {
            return;
        }
        try {
            channel.close();
        } catch (IOException e) {
            LOG.debug("the lock file {} cannot be closed ({})", key, e.getMessage());
        } finally {
            // Only now: a thread that opens the file before would lose its lock by our close.
            OPEN.remove(key);
        }
    }
}
