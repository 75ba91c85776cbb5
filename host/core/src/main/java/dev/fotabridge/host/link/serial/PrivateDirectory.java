package dev.fotabridge.host.link.serial;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * A fresh directory of this process, which only this user can write, replace or rename; deleted at the close with all that is
 * in it.
 * Tested by NativeLibraryIT.
 */
final class PrivateDirectory implements AutoCloseable {
    private static final int WRITABLE_FOR_OTHERS = 022;

    /** In such a directory only its owner and an entry's own owner can rename or delete the entry. */
    private static final int STICKY = 01000;

    private final Path path;

    private PrivateDirectory(Path path) {
        this.path = path;
    }

    /**
     * Makes one in this place.
     *
     * @throws IOException when the place cannot be written, or when another user could put another directory in the place of ours
     */
    static PrivateDirectory in(Path place) throws IOException {
        PrivateDirectory made =
                new PrivateDirectory(Files.createTempDirectory(place.toRealPath(), "fota-bridge-native"));
        try {
            made.requireSafe(made.path.getParent());
            return made;
        } catch (IOException e) {
            made.close();
            throw e;
        }
    }

    Path path() {
        return path;
    }

    /**
     * Checks this directory and all above it: each belongs to this user or to the system, and nobody else can change its entries.
     * A symbolic link counts as what it leads to.
     */
    void requireSafe(Path directory) throws IOException {
        if (!directory.getFileSystem().supportedFileAttributeViews().contains("unix")) {
            return;
        }
        Path real = directory.toRealPath();
        List<Object> trusted = List.of(owner(path), owner(real.getRoot()));
        for (Path at = real; at != null; at = at.getParent()) {
            int mode = (int) Files.getAttribute(at, "unix:mode");
            boolean open = (mode & WRITABLE_FOR_OTHERS) != 0 && (mode & STICKY) == 0;
            if (open || !trusted.contains(owner(at))) {
                throw new IOException("other users can change " + at);
            }
        }
    }

    private static Object owner(Path file) throws IOException {
        return Files.getAttribute(file, "unix:uid");
    }

    /** What is loaded from it stays loaded: the system keeps a file's content as long as it is in use. */
    @Override
    public void close() {
        try (Stream<Path> all = Files.walk(path)) {
            for (Path file : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            // Windows keeps a loaded library's file; it lies where temporary files are cleaned away.
            return;
        }
    }
}
