package dev.fotabridge.station.ledger;

import dev.fotabridge.host.api.FotaBridge;
import dev.fotabridge.host.api.FotaException;
import dev.fotabridge.host.api.Reason;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * One station for a state directory. The system frees the lock when the process dies, however it dies.
 * Tested by LedgerFileIT.
 */
final class StationLock implements AutoCloseable {
    private static final int NOTE_BYTES = 20;

    private final FileChannel channel;

    private StationLock(FileChannel channel) {
        this.channel = channel;
    }

    /**
     * Takes the lock; returns at once.
     *
     * @param directory the state directory, which is there
     * @throws FotaException CONFIGURATION with the id of the process that has it; STORAGE_UNWRITABLE if there can be no lock
     */
    static StationLock take(Path directory) throws FotaException {
        Path file = directory.resolve("station.lock");
        FileChannel channel = null;
        try {
            channel = FileChannel.open(
                    file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
            if (channel.tryLock() == null) {
                String holder = noted(channel);
                channel.close();
                throw busy(directory, holder);
            }
            channel.truncate(0);
            channel.write(
                    ByteBuffer.wrap(Long.toString(ProcessHandle.current().pid()).getBytes(StandardCharsets.US_ASCII)));
            return new StationLock(channel);
        } catch (OverlappingFileLockException e) {
            // A station of this process has it. The channel stays open: POSIX frees all locks of a file when one
            // descriptor is closed.
            throw busy(directory, Long.toString(ProcessHandle.current().pid()));
        } catch (IOException e) {
            closeQuietly(channel);
            throw FotaBridge.unwritable(file, e);
        }
    }

    private static FotaException busy(Path directory, String holder) {
        return new FotaException(
                Reason.CONFIGURATION,
                "Another station uses the state directory " + directory + ": process " + holder
                        + ". Stop it, or give this station another directory.");
    }

    private static String noted(FileChannel channel) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(NOTE_BYTES);
        channel.read(bytes, 0);
        return new String(bytes.array(), 0, bytes.position(), StandardCharsets.US_ASCII).strip();
    }

    private static void closeQuietly(FileChannel channel) {
        try {
            if (channel != null) {
                channel.close();
            }
        } catch (IOException e) {
            // The first failure is the one to be told.
            return;
        }
    }

    /** Frees the lock. The file stays, for whoever takes it next. */
    @Override
    public void close() {
        closeQuietly(channel);
    }
}
