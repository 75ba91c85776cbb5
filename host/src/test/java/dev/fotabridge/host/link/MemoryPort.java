package dev.fotabridge.host.link;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** A line in memory: what it takes can be held up, what it brings is put in by the test, and it can be cut. */
final class MemoryPort implements SerialPort {
    private final BlockingQueue<byte[]> incoming = new LinkedBlockingQueue<>();
    private final ByteArrayOutputStream written = new ByteArrayOutputStream();
    private final Semaphore mayWrite = new Semaphore(0);
    private volatile boolean gone;
    private volatile boolean closed;

    void bring(byte... bytes) {
        incoming.add(bytes);
    }

    void letWrite(int writes) {
        mayWrite.release(writes);
    }

    void cut() {
        gone = true;
    }

    synchronized byte[] written() {
        return written.toByteArray();
    }

    boolean isClosed() {
        return closed;
    }

    @Override
    public String name() {
        return "memory";
    }

    @Override
    public int read(byte[] into, int timeoutMillis) throws IOException {
        byte[] bytes;
        try {
            bytes = incoming.poll(Math.min(20, timeoutMillis), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
        requireThere();
        if (bytes == null) {
            return 0;
        }
        System.arraycopy(bytes, 0, into, 0, bytes.length);
        return bytes.length;
    }

    @Override
    public void write(byte[] bytes, int offset, int length, int timeoutMillis) throws IOException {
        try {
            mayWrite.acquire();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
        requireThere();
        synchronized (this) {
            written.writeBytes(Arrays.copyOfRange(bytes, offset, offset + length));
        }
    }

    private void requireThere() throws IOException {
        if (gone || closed) {
            throw new IOException("cut");
        }
    }

    @Override
    public void close() {
        closed = true;
    }
}
