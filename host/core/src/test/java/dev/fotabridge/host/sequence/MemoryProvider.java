package dev.fotabridge.host.sequence;

import dev.fotabridge.host.sequence.MemoryFiles.Node;
import java.io.IOException;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.AccessMode;
import java.nio.file.CopyOption;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileStore;
import java.nio.file.FileSystem;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.FileAttributeView;
import java.nio.file.attribute.FileTime;
import java.nio.file.spi.FileSystemProvider;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What {@link java.nio.file.Files} asks of {@link MemoryFiles}; what the host never does is unsupported. */
final class MemoryProvider extends FileSystemProvider {
    private static Map<Path, Node> nodes(Path path) {
        return ((MemoryPath) path).files().nodes;
    }

    private static void changing(String what, Path path) {
        ((MemoryPath) path).files().changing(what + " " + path.getFileName());
    }

    private static Node existing(Path path) throws NoSuchFileException {
        Node node = nodes(path).get(path);
        if (node == null) {
            throw new NoSuchFileException(path.toString());
        }
        return node;
    }

    @Override
    public FileChannel newFileChannel(Path path, Set<? extends OpenOption> options, FileAttribute<?>... attributes)
            throws IOException {
        Node node = nodes(path).get(path);
        boolean creates = options.contains(StandardOpenOption.CREATE);
        boolean createsNew = options.contains(StandardOpenOption.CREATE_NEW);
        if (node != null && createsNew) {
            throw new FileAlreadyExistsException(path.toString());
        }
        if (node == null && (creates || createsNew)) {
            existing(path.getParent());
            changing("create", path);
            node = new Node(false);
            nodes(path).put(path, node);
        }
        MemoryChannel channel = new MemoryChannel(
                ((MemoryPath) path).files(), existing(path), path.getFileName().toString());
        return options.contains(StandardOpenOption.TRUNCATE_EXISTING) ? channel.truncate(0) : channel;
    }

    @Override
    public SeekableByteChannel newByteChannel(
            Path path, Set<? extends OpenOption> options, FileAttribute<?>... attributes) throws IOException {
        return newFileChannel(path, options, attributes);
    }

    @Override
    public DirectoryStream<Path> newDirectoryStream(Path directory, DirectoryStream.Filter<? super Path> filter)
            throws IOException {
        existing(directory);
        List<Path> found = new ArrayList<>();
        for (Path path : nodes(directory).keySet()) {
            if (directory.equals(path.getParent()) && filter.accept(path)) {
                found.add(path);
            }
        }
        return new DirectoryStream<>() {
            @Override
            public Iterator<Path> iterator() {
                return found.iterator();
            }

            @Override
            public void close() {
                // Nothing is open.
            }
        };
    }

    @Override
    public void createDirectory(Path directory, FileAttribute<?>... attributes) throws IOException {
        if (nodes(directory).containsKey(directory)) {
            throw new FileAlreadyExistsException(directory.toString());
        }
        existing(directory.getParent());
        changing("mkdir", directory);
        nodes(directory).put(directory, new Node(true));
    }

    @Override
    public void delete(Path path) throws IOException {
        existing(path);
        changing("delete", path);
        nodes(path).remove(path);
    }

    @Override
    public void move(Path from, Path to, CopyOption... options) throws IOException {
        Node node = existing(from);
        changing("move", to);
        nodes(from).remove(from);
        nodes(to).put(to, node);
    }

    @Override
    public void checkAccess(Path path, AccessMode... modes) throws IOException {
        existing(path);
    }

    @Override
    public boolean isSameFile(Path one, Path other) {
        return one.equals(other);
    }

    @Override
    public boolean isHidden(Path path) {
        return false;
    }

    @Override
    public <A extends BasicFileAttributes> A readAttributes(Path path, Class<A> type, LinkOption... options)
            throws IOException {
        return type.cast(new Attributes(existing(path)));
    }

    @Override
    public <V extends FileAttributeView> V getFileAttributeView(Path path, Class<V> type, LinkOption... options) {
        return type.cast(new BasicFileAttributeView() {
            @Override
            public String name() {
                return "basic";
            }

            @Override
            public BasicFileAttributes readAttributes() throws IOException {
                return new Attributes(existing(path));
            }

            @Override
            public void setTimes(FileTime modified, FileTime accessed, FileTime created) throws IOException {
                existing(path).modified = modified;
            }
        });
    }

    private record Attributes(Node node) implements BasicFileAttributes {
        @Override
        public FileTime lastModifiedTime() {
            return node.modified;
        }

        @Override
        public FileTime lastAccessTime() {
            return node.modified;
        }

        @Override
        public FileTime creationTime() {
            return node.modified;
        }

        @Override
        public boolean isRegularFile() {
            return !node.directory;
        }

        @Override
        public boolean isDirectory() {
            return node.directory;
        }

        @Override
        public boolean isSymbolicLink() {
            return false;
        }

        @Override
        public boolean isOther() {
            return false;
        }

        @Override
        public long size() {
            return node.content.length;
        }

        @Override
        public Object fileKey() {
            return node;
        }
    }

    @Override
    public FileStore getFileStore(Path path) {
        return new EndlessStore();
    }

    private static final class EndlessStore extends FileStore {
        @Override
        public String name() {
            return "memory";
        }

        @Override
        public String type() {
            return "memory";
        }

        @Override
        public boolean isReadOnly() {
            return false;
        }

        @Override
        public long getTotalSpace() {
            return Long.MAX_VALUE;
        }

        @Override
        public long getUsableSpace() {
            return Long.MAX_VALUE;
        }

        @Override
        public long getUnallocatedSpace() {
            return Long.MAX_VALUE;
        }

        @Override
        public boolean supportsFileAttributeView(Class<? extends FileAttributeView> type) {
            return type == BasicFileAttributeView.class;
        }

        @Override
        public boolean supportsFileAttributeView(String name) {
            return name.equals("basic");
        }

        @Override
        public <V extends java.nio.file.attribute.FileStoreAttributeView> V getFileStoreAttributeView(Class<V> type) {
            return null;
        }

        @Override
        public Object getAttribute(String attribute) {
            throw new UnsupportedOperationException();
        }
    }

    @Override
    public String getScheme() {
        return "memory";
    }

    @Override
    public FileSystem newFileSystem(URI uri, Map<String, ?> options) {
        throw new UnsupportedOperationException();
    }

    @Override
    public FileSystem getFileSystem(URI uri) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Path getPath(URI uri) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void copy(Path from, Path to, CopyOption... options) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Map<String, Object> readAttributes(Path path, String names, LinkOption... options) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void setAttribute(Path path, String attribute, Object value, LinkOption... options) {
        throw new UnsupportedOperationException();
    }
}
