package dev.fotabridge.host.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A lock on a file, against other processes and other threads of this one; every file lock of the process is taken here. POSIX
 * takes a lock away when the process closes any descriptor of the file, so a file that this process has locked is not
 * opened a second time. The system frees the lock when the process dies. Thread-safe.
 */
public final class LockFile implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LockFile.class);
    private static final int NOTE_BYTES = 20;
    private static final Set<OpenOption> EXISTING =
            Set.of(StandardOpenOption.READ, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
    private static final Set<OpenOption> NEW =
            Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.READ, StandardOpenOption.WRITE);

    /** The lock files that this process has open: descriptors are the process's, and so is this. */
    private static final Set<Path> OPEN = ConcurrentHashMap.newKeySet();

    private final Path key;
    private final FileChannel channel;

    /**
     * What came of a try.
     *
     * @param lock empty if somebody else has it
     * @param holder what that one has noted; empty if it is not known
     */
    public record Attempt(Optional<LockFile> lock, String holder) {}

    private LockFile(Path key, FileChannel channel) {
        this.key = key;
        this.channel = channel;
    }

    /**
     * Takes the lock if it is free; returns at once. A link is not followed.
     *
     * @param file made if it is missing; its directory is there
     * @param whenMade called with a file that was made; whatever it does with it is over before the lock is taken
     * @throws IOException if the file cannot be opened or locked
     */
    public static Attempt attempt(Path file, Consumer<Path> whenMade) throws IOException {
        Path key = file.toAbsolutePath().getParent().toRealPath().resolve(file.getFileName());
        if (!OPEN.add(key)) {
            return new Attempt(
                    Optional.empty(), Long.toString(ProcessHandle.current().pid()));
        }
        LockFile lock = null;
        boolean taken = false;
        try {
            lock = new LockFile(key, open(file, whenMade));
            taken = lock.take();
            return taken ? new Attempt(Optional.of(lock), "") : new Attempt(Optional.empty(), lock.noted());
        } finally {
            if (lock == null) {
                OPEN.remove(key);
            } else if (!taken) {
                lock.close();
            }
        }
    }

    /** An existing file is opened without CREATE: in a sticky directory Linux refuses that for another user's file. */
    private static FileChannel open(Path file, Consumer<Path> whenMade) throws IOException {
        try {
            return FileChannel.open(file, EXISTING);
        } catch (NoSuchFileException e) {
            return create(file, whenMade);
        }
    }

    private static FileChannel create(Path file, Consumer<Path> whenMade) throws IOException {
        try {
            FileChannel channel = FileChannel.open(file, NEW);
            whenMade.accept(file);
            return channel;
        } catch (FileAlreadyExistsException e) {
            return FileChannel.open(file, EXISTING);
        }
    }

    private boolean take() throws IOException {
        try {
            return channel.tryLock() != null;
        } catch (OverlappingFileLockException e) {
            // Another copy of this class has it, of another class loader.
            return false;
        }
    }

    /** Leaves a few words for whoever finds it locked; it is held without them too. */
    public void note(String words) {
        try {
            channel.truncate(0);
            channel.write(ByteBuffer.wrap(words.getBytes(StandardCharsets.US_ASCII)), 0);
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
        return new String(bytes.array(), 0, bytes.position(), StandardCharsets.US_ASCII).strip();
    }

    /** Frees the lock. The file stays: deleting it could take another process's fresh lock away. */
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
