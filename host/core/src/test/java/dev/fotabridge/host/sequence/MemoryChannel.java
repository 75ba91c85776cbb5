package dev.fotabridge.host.sequence;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.util.Arrays;

/** An open file of {@link MemoryFiles}. */
final class MemoryChannel extends FileChannel {
    private final MemoryFiles files;
    private final MemoryFiles.Node node;
    private final String name;
    private long position;
    private boolean holdsLock;

    MemoryChannel(MemoryFiles files, MemoryFiles.Node node, String name) {
        this.files = files;
        this.node = node;
        this.name = name;
    }

    @Override
    public int read(ByteBuffer into) {
        int count = read(into, position);
        position += Math.max(0, count);
        return count;
    }

    @Override
    public int read(ByteBuffer into, long from) {
        if (from >= node.content.length) {
            return -1;
        }
        int count = (int) Math.min(into.remaining(), node.content.length - from);
        into.put(node.content, (int) from, count);
        return count;
    }

    @Override
    public int write(ByteBuffer bytes) {
        int count = write(bytes, position);
        position += count;
        return count;
    }

    @Override
    public int write(ByteBuffer bytes, long to) {
        files.changing("write " + name);
        int count = bytes.remaining();
        if (to + count > node.content.length) {
            node.content = Arrays.copyOf(node.content, (int) to + count);
        }
        bytes.get(node.content, (int) to, count);
        return count;
    }

    @Override
    public FileChannel truncate(long size) {
        if (size < node.content.length) {
            files.changing("truncate " + name);
            node.content = Arrays.copyOf(node.content, (int) size);
        }
        position = Math.min(position, size);
        return this;
    }

    @Override
    public long position() {
        return position;
    }

    @Override
    public FileChannel position(long at) {
        position = at;
        return this;
    }

    @Override
    public long size() {
        return node.content.length;
    }

    @Override
    public void force(boolean metaData) {
        // What a process wrote survives its death with or without it.
    }

    @Override
    public FileLock tryLock(long from, long size, boolean shared) {
        if (node.locked) {
            return null;
        }
        node.locked = true;
        holdsLock = true;
        return new Held();
    }

    @Override
    public FileLock lock(long from, long size, boolean shared) throws IOException {
        throw new UnsupportedOperationException();
    }

    private final class Held extends FileLock {
        Held() {
            super(MemoryChannel.this, 0, Long.MAX_VALUE, false);
        }

        @Override
        public boolean isValid() {
            return holdsLock;
        }

        @Override
        public void release() {
            unlock();
        }
    }

    private void unlock() {
        if (holdsLock) {
            holdsLock = false;
            node.locked = false;
        }
    }

    @Override
    protected void implCloseChannel() {
        unlock();
    }

    @Override
    public long read(ByteBuffer[] into, int offset, int length) {
        throw new UnsupportedOperationException();
    }

    @Override
    public long write(ByteBuffer[] bytes, int offset, int length) {
        throw new UnsupportedOperationException();
    }

    @Override
    public long transferTo(long from, long count, WritableByteChannel target) {
        throw new UnsupportedOperationException();
    }

    @Override
    public long transferFrom(ReadableByteChannel source, long to, long count) {
        throw new UnsupportedOperationException();
    }

    @Override
    public MappedByteBuffer map(MapMode mode, long from, long size) {
        throw new UnsupportedOperationException();
    }
}
