package dev.fotabridge.host.station;

import dev.fotabridge.host.outcome.FotaException;
import dev.fotabridge.host.outcome.Reason;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;

/**
 * One process at a time, by a lock file in the system's directory for temporary files: processes with different state
 * directories, and other users', must meet there too. The system frees the lock when the process dies, however it dies.
 */
final class ProcessLock implements AutoCloseable {
    /** Read once, so that all locks of a process lie in one place. */
    private static final Path DIRECTORY = Path.of(System.getProperty("java.io.tmpdir"), "fota-bridge-locks");

    private static final int STICKY = 01000;
    private static final Set<OpenOption> EXISTING =
            Set.of(StandardOpenOption.READ, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);

    private final FileChannel channel;
    private final FileLock lock;

    private ProcessLock(FileChannel channel, FileLock lock) {
        this.channel = channel;
        this.lock = lock;
    }

    /**
     * Takes the lock.
     *
     * @param name of what is locked, unique over this computer
     * @param busy the reason when another process has it
     * @param what for the sentence, e.g. {@code The port /dev/ttyACM0}
     */
    static ProcessLock acquire(String name, Reason busy, String what) throws FotaException {
        Path file = directory().resolve(StateDirectory.fileName(name) + ".lock");
        try {
            FileChannel channel = open(file);
            FileLock lock = tryLock(channel);
            if (lock == null) {
                String holder = holder(channel);
                channel.close();
                throw new FotaException(busy, what + " is in use by another fota-bridge" + holder + ".");
            }
            writeHolder(channel);
            return new ProcessLock(channel, lock);
        } catch (IOException e) {
            throw AtomicFile.failure(file, e);
        }
    }

    private static Path directory() throws FotaException {
        try {
            if (!Files.isDirectory(DIRECTORY, LinkOption.NOFOLLOW_LINKS)) {
                Files.createDirectory(DIRECTORY);
            }
        } catch (IOException e) {
            // Another process may just have made it; anything else in its place, a link above all, is not ours.
            if (!Files.isDirectory(DIRECTORY, LinkOption.NOFOLLOW_LINKS)) {
                throw AtomicFile.failure(DIRECTORY, e);
            }
        }
        share();
        return DIRECTORY;
    }

    /** For all users; sticky, so that nobody can take away or replace another user's lock files. */
    private static void share() {
        try {
            if (isUnix(DIRECTORY)) {
                Files.setAttribute(DIRECTORY, "unix:mode", STICKY | 0777, LinkOption.NOFOLLOW_LINKS);
            }
        } catch (IOException e) {
            // Another user has made it, and shared it as we would have.
            return;
        }
    }

    /** An existing file is opened without CREATE: in a sticky directory Linux refuses that for another user's file. */
    private static FileChannel open(Path file) throws IOException {
        try {
            return FileChannel.open(file, EXISTING);
        } catch (NoSuchFileException e) {
            return create(file);
        }
    }

    private static FileChannel create(Path file) throws IOException {
        try {
            FileChannel channel = FileChannel.open(
                    file, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.READ, StandardOpenOption.WRITE));
            if (isUnix(file)) {
                Files.setAttribute(file, "unix:mode", 0666, LinkOption.NOFOLLOW_LINKS);
            }
            return channel;
        } catch (FileAlreadyExistsException e) {
            return FileChannel.open(file, EXISTING);
        }
    }

    private static boolean isUnix(Path path) {
        return path.getFileSystem().supportedFileAttributeViews().contains("unix");
    }

    private static FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            return null;
        }
    }

    private static String holder(FileChannel channel) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(20);
        channel.read(bytes, 0);
        String pid = new String(bytes.array(), 0, bytes.position(), StandardCharsets.US_ASCII).strip();
        return pid.matches("[0-9]+") ? " (process " + pid + ")" : "";
    }

    private static void writeHolder(FileChannel channel) throws IOException {
        channel.truncate(0);
        String pid = Long.toString(ProcessHandle.current().pid());
        channel.write(ByteBuffer.wrap(pid.getBytes(StandardCharsets.US_ASCII)), 0);
    }

    /** The file stays: deleting it could take another process's fresh lock away. */
    @Override
    public void close() {
        try {
            lock.release();
            channel.close();
        } catch (IOException e) {
            // The system frees it with the process at the latest.
            return;
        }
    }
}
