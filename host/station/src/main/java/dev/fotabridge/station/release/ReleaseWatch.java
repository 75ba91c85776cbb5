package dev.fotabridge.station.release;

import dev.fotabridge.host.api.FotaException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Notices that a release's folder is not as it was loaded. The files' times, sizes and inodes are looked at each time, and the files
 * themselves only when one of these has changed: a release that was copied again is still the same. For one thread.
 * Tested by ReleaseTest.
 */
public final class ReleaseWatch {
    private final Release pinned;
    private Optional<List<Map<String, Object>>> seen = Optional.empty();
    private Optional<String> change = Optional.empty();

    /** @param pinned the release whose bytes boards get */
    public ReleaseWatch(Release pinned) {
        this.pinned = pinned;
    }

    /**
     * Looks at the folder. Blocks for some file reads; after a change for as long as hashing an image takes.
     *
     * @return one sentence if another release, or none, is there now; empty if it is the one that was loaded
     */
    public Optional<String> look() {
        Optional<List<Map<String, Object>>> now = stat();
        if (now.isEmpty() || !now.equals(seen)) {
            // Stat first: what changes while the files are read is noticed at the next look.
            change = compare();
            seen = now;
        }
        return change;
    }

    private Optional<String> compare() {
        try {
            Release there = Release.load(pinned.directory());
            if (there.fileSha256().equals(pinned.fileSha256())
                    && there.name().equals(pinned.name())
                    && there.board().equals(pinned.board())) {
                return Optional.empty();
            }
            return Optional.of("The release in " + pinned.directory() + " has changed: " + words(pinned)
                    + " was approved, " + words(there) + " is there now.");
        } catch (FotaException e) {
            return Optional.of("The release in " + pinned.directory() + " has changed since " + words(pinned)
                    + " was approved. " + e.getMessage());
        }
    }

    private static String words(Release release) {
        return release.name() + " (SHA-256 " + release.fileSha256().substring(0, 12) + "…"
                + release.board().map(board -> ", for " + board).orElse("") + ")";
    }

    private Optional<List<Map<String, Object>>> stat() {
        try {
            return Optional.of(List.of(stat(ReleaseNotes.FILE), stat(ReleaseNotes.IMAGE)));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** The time of the last change of the inode, too: a copy may carry the times of its original. */
    private Map<String, Object> stat(String name) throws IOException {
        Path file = pinned.directory().resolve(name);
        boolean isUnix = file.getFileSystem().supportedFileAttributeViews().contains("unix");
        return Files.readAttributes(
                file, isUnix ? "unix:size,lastModifiedTime,fileKey,ctime" : "size,lastModifiedTime,fileKey");
    }
}
