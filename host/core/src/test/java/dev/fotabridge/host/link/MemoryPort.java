package dev.fotabridge.host.link;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * A line in memory that behaves as a real one does ({@code SerialPortContractTest}): what it takes can be held up, what it
 * brings is put in by the test, and it can be cut.
 */
public final class MemoryPort implements SerialPort {
    private final ByteArrayOutputStream written = new ByteArrayOutputStream();
    private ByteBuffer incoming = ByteBuffer.allocate(0);
    private int piece = Integer.MAX_VALUE;
    private long mayWrite;
    private int rate;
    private String gone;
    private boolean closed;

    /** Puts bytes in for the reader. */
    public synchronized void bring(byte... bytes) {
        incoming = ByteBuffer.allocate(incoming.remaining() + bytes.length)
                .put(incoming)
                .put(bytes)
                .flip();
        notifyAll();
    }

    /** A read gives so many bytes at most. */
    synchronized void bringInPiecesOf(int bytes) {
        piece = bytes;
    }

    /** Lets so many more writes through. */
    public synchronized void letWrite(int writes) {
        mayWrite += writes;
        notifyAll();
    }

    /** Lets none through any more. */
    public synchronized void holdWrites() {
        mayWrite = 0;
    }

    /** Takes the line away. */
    public synchronized void cut() {
        end("cut");
    }

    private void end(String why) {
        gone = gone == null ? why : gone;
        notifyAll();
    }

    /** Everything that went out. */
    public synchronized byte[] written() {
        return written.toByteArray();
    }

    synchronized boolean isClosed() {
        return closed;
    }

    @Override
    public String name() {
        return "memory";
    }

    @Override
    public synchronized int read(byte[] into, int timeoutMillis) throws IOException {
        await(() -> incoming.hasRemaining(), timeoutMillis);
        requireThere();
        int count = Math.min(Math.min(into.length, piece), incoming.remaining());
        incoming.get(into, 0, count);
        return count;
    }

    private void await(BooleanSupplier condition, int timeoutMillis) throws IOException {
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(timeoutMillis);
        try {
            for (long left = 1; gone == null && !condition.getAsBoolean() && left > 0; ) {
                TimeUnit.NANOSECONDS.timedWait(this, deadline - System.nanoTime());
                left = deadline - System.nanoTime();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    @Override
    public synchronized void write(byte[] bytes, int offset, int length, int timeoutMillis) throws IOException {
        await(() -> mayWrite > 0, timeoutMillis);
        if (mayWrite == 0) {
            end("it takes no more bytes");
        }
        requireThere();
        mayWrite--;
        written.write(bytes, offset, length);
    }

    private void requireThere() throws IOException {
        if (gone != null) {
            throw new IOException(gone);
        }
    }

    /** What it has been set to; 0 before that. */
    synchronized int rate() {
        return rate;
    }

    @Override
    public synchronized void setRate(int baud) throws IOException {
        requireThere();
        rate = baud;
    }

    @Override
    public synchronized void close() {
        closed = true;
        end("it was closed");
    }
}
