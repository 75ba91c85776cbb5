package dev.fotabridge.host.download;

import dev.fotabridge.host.image.Sha256;
import dev.fotabridge.host.outcome.FotaException;
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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the cache within its size: what was not used for longest goes first. In use is what was asked for within the last
 * hour, by any process, since a file is read whole as soon as it is found; and what is being fetched, which is locked.
 * Failing to delete is no failure of a download: the next one tries again.
 */
final class CachePruning {
    static final Duration LEASE = Duration.ofHours(1);

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

    /** Deletes until files and unfinished downloads have no more than {@code maxBytes}, if what is in use lets it. */
    void run(long maxBytes, Instant now) {
        try {
            List<Entry> entries = entries(files);
            entries.addAll(entries(objects));
            entries.sort(Comparator.comparing(Entry::used));
            long total = entries.stream().mapToLong(Entry::size).sum();
            for (Entry entry : entries) {
                if (total > maxBytes && entry.used.isBefore(now.minus(LEASE)) && delete(entry.file)) {
                    total -= entry.size;
                }
            }
            forgetImagesWithoutFile();
        } catch (IOException | DirectoryIteratorException e) {
            return;
        }
    }

    private static List<Entry> entries(Path directory) throws IOException {
        List<Entry> found = new ArrayList<>();
        try (DirectoryStream<Path> paths = Files.newDirectoryStream(directory)) {
            for (Path path : paths) {
                // A lock stays: whoever waits for it has it open, and would not meet who makes it anew.
                if (Files.isRegularFile(path) && !path.toString().endsWith(".lock")) {
                    found.add(new Entry(
                            path,
                            Files.size(path),
                            Files.getLastModifiedTime(path).toInstant()));
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
                String hex = Files.readString(path).trim();
                if (Sha256.isHex(hex) && !Files.exists(files.resolve(hex))) {
                    Files.deleteIfExists(path);
                }
            }
        }
    }
}
