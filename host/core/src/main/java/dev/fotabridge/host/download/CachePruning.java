package dev.fotabridge.host.download;

import dev.fotabridge.host.api.FotaException;
import dev.fotabridge.host.store.LockFile;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the cache within its size: what was not used for longest goes first, however young it is, or a cloud could fill the
 * disk as fast as the network is. The whole file that was used last stays, since it is read as soon as it is found; so does
 * what is being fetched, which is locked. Failing to delete is no failure of a download: the next one tries again.
 * Tested by ImageCacheTest.
 */
final class CachePruning {
    /** Of any size: journals have some hundred bytes, and each object that a job names leaves one. */
    static final int MAX_ENTRIES = 4_096;

    /** A file's time may lie so far ahead, by another machine's clock; what lies further was used at no known time. */
    private static final Duration MAX_SKEW = Duration.ofMinutes(1);

    private static final Logger LOG = LoggerFactory.getLogger(CachePruning.class);

    private record Entry(Path file, long size, Instant used) {}

    private final Path files;
    private final Path images;
    private final Path objects;

    CachePruning(Path files, Path images, Path objects) {
        this.files = files;
        this.images = images;
        this.objects = objects;
    }

    /** A file is asked for: it is in use now. Only its owner may note that; what another user fetched goes by its own time. */
    static void use(Path file, Instant now) {
        try {
            Files.setLastModifiedTime(file, FileTime.from(now));
        } catch (IOException e) {
            LOG.debug("the use of {} cannot be noted ({})", file, e.toString());
        }
    }

    /** Deletes until files and unfinished downloads have no more than {@code maxBytes}, if the newest file lets it. */
    void run(long maxBytes, Instant now) {
        try {
            List<Entry> entries = entries(files, now);
            entries.sort(Comparator.comparing(Entry::used));
            long total = entries.isEmpty() ? 0 : entries.remove(entries.size() - 1).size;
            entries.addAll(entries(objects, now));
            entries.sort(Comparator.comparing(Entry::used));
            total += entries.stream().mapToLong(Entry::size).sum();
            int count = entries.size();
            for (Entry entry : entries) {
                if ((total > maxBytes || count > MAX_ENTRIES) && delete(entry.file)) {
                    total -= entry.size;
                    count--;
                }
            }
            forgetImagesWithoutFile();
        } catch (IOException | DirectoryIteratorException e) {
            return;
        }
    }

    private static List<Entry> entries(Path directory, Instant now) throws IOException {
        List<Entry> found = new ArrayList<>();
        try (DirectoryStream<Path> paths = Files.newDirectoryStream(directory)) {
            for (Path path : paths) {
                // Locks go by their own age: LockFile.deleteStale.
                if (Files.isRegularFile(path) && !path.toString().endsWith(".lock")) {
                    Instant used = Files.getLastModifiedTime(path).toInstant();
                    boolean isLater = used.isAfter(now.plus(MAX_SKEW));
                    found.add(new Entry(path, Files.size(path), isLater ? Instant.EPOCH : used));
                }
            }
        }
        return found;
    }

    private boolean delete(Path file) throws IOException {
        if (file.getParent().equals(files)) {
            return Files.deleteIfExists(file);
        }
        String name = file.getFileName().toString();
        Path lockFile = objects.resolve(name.substring(0, Math.max(name.indexOf('.'), 0)) + ".lock");
        try (LockFile lock = EntryLock.tryAcquire(lockFile).orElse(null)) {
            return lock != null && Files.deleteIfExists(file);
        } catch (FotaException e) {
            return false;
        }
    }

    private void forgetImagesWithoutFile() throws IOException {
        try (DirectoryStream<Path> paths = Files.newDirectoryStream(images)) {
            for (Path path : paths) {
                Optional<String> hex = ImageCache.indexed(path);
                if (hex.isEmpty() || !Files.exists(files.resolve(hex.get()))) {
                    Files.deleteIfExists(path);
                }
            }
        }
    }
}
