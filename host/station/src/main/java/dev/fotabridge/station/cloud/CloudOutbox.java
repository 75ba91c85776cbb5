package dev.fotabridge.station.cloud;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fotabridge.host.api.FotaException;
import dev.fotabridge.host.api.JobEnd;
import dev.fotabridge.host.api.Reason;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.TreeSet;

/**
 * The ends that AWS is to be told, one file each, named by the attempt: {@code cloud-outbox/ATTEMPT.json} in the state directory. The ledger
 * has the same ends; a file that is lost or damaged is written again from there. Blocks for as long as the disk takes.
 */
public final class CloudOutbox {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String SUFFIX = ".json";

    private final Path directory;

    /**
     * Uses a directory, made with the first end.
     *
     * @param stateDirectory the station's
     */
    public CloudOutbox(Path stateDirectory) {
        directory = stateDirectory.resolve("cloud-outbox");
    }

    /**
     * Keeps an end durably before it returns, in the place of an older file of the attempt.
     *
     * @throws FotaException STORAGE_FULL or STORAGE_UNWRITABLE
     */
    void keep(KeptEnd kept) throws FotaException {
        Path file = file(kept.attempt());
        Path beside = directory.resolve(kept.attempt() + ".new");
        try {
            Files.createDirectories(directory);
            fill(beside, text(kept).getBytes(StandardCharsets.UTF_8));
            Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            force(directory);
        } catch (IOException e) {
            throw failure(file, e);
        }
    }

    private static String text(KeptEnd kept) {
        JobEnd end = kept.end();
        ObjectNode node = JSON.createObjectNode();
        node.put("attempt", kept.attempt()).put("run", kept.run()).put("thing", kept.thing());
        node.put("jobId", end.execution().jobId());
        node.put("executionNumber", end.execution().executionNumber());
        node.put("queuedAt", end.execution().queuedAt());
        node.put("intended", end.intended().name());
        node.put("reason", end.reason().name()).put("message", end.message());
        return node.toPrettyString() + "\n";
    }

    private static void fill(Path file, byte[] content) throws IOException {
        try (FileChannel channel = FileChannel.open(
                file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
            ByteBuffer bytes = ByteBuffer.wrap(content);
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
    }

    /** Where a directory cannot be opened as a file, as on Windows, the file system keeps the name by itself. */
    private static void force(Path folder) throws IOException {
        if (folder.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
                channel.force(true);
            }
        }
    }

    /**
     * Removes an end; does nothing if it is not there.
     *
     * @throws FotaException STORAGE_UNWRITABLE
     */
    void discard(long attempt) throws FotaException {
        try {
            Files.deleteIfExists(file(attempt));
        } catch (IOException e) {
            throw failure(file(attempt), e);
        }
    }

    /**
     * {@return the attempts whose ends are kept}
     *
     * @throws FotaException STORAGE_UNWRITABLE if the directory cannot be read
     */
    Set<Long> kept() throws FotaException {
        Set<Long> attempts = new TreeSet<>();
        if (!Files.isDirectory(directory)) {
            return attempts;
        }
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, "*" + SUFFIX)) {
            for (Path file : files) {
                String name = file.getFileName().toString();
                String number = name.substring(0, name.length() - SUFFIX.length());
                if (number.matches("[0-9]{1,18}")) {
                    attempts.add(Long.parseLong(number));
                }
            }
        } catch (DirectoryIteratorException e) {
            throw failure(directory, e.getCause());
        } catch (IOException e) {
            throw failure(directory, e);
        }
        return attempts;
    }

    private Path file(long attempt) {
        return directory.resolve(attempt + SUFFIX);
    }

    private static FotaException failure(Path file, IOException cause) {
        String why = cause.getMessage() == null ? cause.toString() : cause.getMessage();
        boolean isFull = why.contains("No space left") || why.contains("not enough space");
        return isFull
                ? new FotaException(Reason.STORAGE_FULL, "There is no space left to write " + file + ".", cause)
                : new FotaException(Reason.STORAGE_UNWRITABLE, file + " cannot be written: " + why + ".", cause);
    }
}
