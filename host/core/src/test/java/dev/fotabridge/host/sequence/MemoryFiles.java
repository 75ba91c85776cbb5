package dev.fotabridge.host.sequence;

import java.nio.file.FileStore;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.nio.file.WatchService;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.UserPrincipalLookupService;
import java.nio.file.spi.FileSystemProvider;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * The host's disk: files in memory that outlive its processes. Before each single change the listener is asked, and may throw
 * {@link HostKilled}; so a process can die between any two changes, and what it did before stays.
 */
final class MemoryFiles extends FileSystem {
    /** A file or a directory. */
    static final class Node {
        final boolean directory;
        byte[] content = new byte[0];
        FileTime modified = FileTime.fromMillis(0);
        boolean locked;

        Node(boolean directory) {
            this.directory = directory;
        }
    }

    final Map<Path, Node> nodes = new TreeMap<>();
    private final Consumer<String> listener;
    private final MemoryProvider provider = new MemoryProvider();

    MemoryFiles(Consumer<String> listener) {
        this.listener = listener;
        nodes.put(root(), new Node(true));
    }

    /** The top directory. */
    Path root() {
        return getPath("/");
    }

    /** Something is about to change. */
    void changing(String what) {
        listener.accept(what);
    }

    /** The operating system takes back what a dead process held. */
    void processDied() {
        nodes.values().forEach(node -> node.locked = false);
    }

    /** A bit of each file below the directory turns. */
    void rot(String directory) {
        nodes.forEach((path, node) -> {
            if (path.toString().startsWith(directory) && node.content.length > 0) {
                node.content[node.content.length / 2] ^= 1;
            }
        });
    }

    /** Whether a file with this ending lies below the directory. */
    boolean holdsAny(String directory, String ending) {
        return nodes.entrySet().stream()
                .filter(e -> !e.getValue().directory)
                .map(e -> e.getKey().toString())
                .anyMatch(name -> name.startsWith(directory) && name.endsWith(ending));
    }

    @Override
    public FileSystemProvider provider() {
        return provider;
    }

    @Override
    public Path getPath(String first, String... more) {
        return new MemoryPath(this, Path.of(first, more));
    }

    @Override
    public PathMatcher getPathMatcher(String pattern) {
        PathMatcher matcher = FileSystems.getDefault().getPathMatcher(pattern);
        return path -> matcher.matches(MemoryPath.unwrap(path));
    }

    @Override
    public boolean isOpen() {
        return true;
    }

    @Override
    public boolean isReadOnly() {
        return false;
    }

    @Override
    public String getSeparator() {
        return "/";
    }

    @Override
    public Iterable<Path> getRootDirectories() {
        return List.of(root());
    }

    @Override
    public Iterable<FileStore> getFileStores() {
        return List.of();
    }

    @Override
    public Set<String> supportedFileAttributeViews() {
        return Set.of("basic");
    }

    @Override
    public UserPrincipalLookupService getUserPrincipalLookupService() {
        throw new UnsupportedOperationException();
    }

    @Override
    public WatchService newWatchService() {
        throw new UnsupportedOperationException();
    }

    @Override
    public void close() {
        // Memory needs no closing.
    }
}
