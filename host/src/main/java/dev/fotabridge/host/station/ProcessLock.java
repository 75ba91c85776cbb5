package dev.fotabridge.host.station;

import dev.fotabridge.host.outcome.FotaException;
import dev.fotabridge.host.outcome.Reason;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/**
 * One process at a time, by a lock file in the system's directory for temporary files: processes with different state
 * directories, and other users', must meet there too. The system frees the lock when the process dies, however it dies.
 */
final class ProcessLock implements AutoCloseable {
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
        Path directory = Path.of(System.getProperty("java.io.tmpdir"), "fota-bridge-locks");
        try {
            if (!Files.isDirectory(directory)) {
                Files.createDirectories(directory);
                shareWithOtherUsers(directory, "rwxrwxrwx");
            }
            return directory;
        } catch (IOException e) {
            throw AtomicFile.failure(directory, e);
        }
    }

    private static FileChannel open(Path file) throws IOException {
        boolean fresh = !Files.exists(file, LinkOption.NOFOLLOW_LINKS);
        FileChannel channel = FileChannel.open(
                file,
                Set.of(
                        StandardOpenOption.CREATE,
                        StandardOpenOption.READ,
                        StandardOpenOption.WRITE,
                        LinkOption.NOFOLLOW_LINKS));
        if (fresh) {
            shareWithOtherUsers(file, "rw-rw-rw-");
        }
        return channel;
    }

    private static void shareWithOtherUsers(Path path, String permissions) throws IOException {
        if (path.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(permissions));
        }
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
