package dev.fotabridge.host.link;

import dev.fotabridge.host.thread.WatchedThreads;
import dev.fotabridge.protocol.session.Peer;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Pumps bytes between an open line and whatever peer is attached. Two threads of its own only move bytes: the reader posts
 * chunks and wakes the owner, the writer drains what the owner handed out. Everything else happens on the owner's
 * thread, in {@link #step}.
 *
 * <p>What is handed out but not yet taken by the system is bounded, so that a repair or a PING never waits behind more
 * than a few milliseconds of the line; what has come in is bounded too: a reader that is not listened to stops reading.
 */
final class LinkDriver implements Line {
    private static final int CHUNK_BYTES = 4096;
    private static final int MAX_CHUNKS = 64;
    private static final int READ_TIMEOUT_MILLIS = 200;
    private static final int SILENCE_MILLIS = 100;
    private static final byte FRAME_END = 0;
    private static final byte LINE_END = '\n';
    private static final int WRITE_TIMEOUT_MILLIS = 5_000;
    private static final long JOIN_MILLIS = 2_000;

    private final SerialPort port;
    private final Runnable wakeUp;
    private final BlockingQueue<byte[]> incoming = new ArrayBlockingQueue<>(MAX_CHUNKS);
    private final BlockingQueue<Order> outgoing = new ArrayBlockingQueue<>(MAX_CHUNKS);
    private final AtomicInteger pendingBytes = new AtomicInteger();
    private final AtomicReference<IOException> failure = new AtomicReference<>();
    private final Thread reader;
    private final Thread writer;
    private volatile int portRate;
    private volatile boolean closed;

    // The owner's.
    private int askedRate;
    private boolean rateIsNews;

    /** What the writer does next: bytes, or another rate if there are none. */
    private record Order(byte[] bytes, int rate) {}

    /**
     * Takes the port over and starts.
     *
     * @param baud what the port has now
     * @param wakeUp called on any thread when step has work; returns at once
     */
    LinkDriver(SerialPort port, int baud, Runnable wakeUp) {
        this.port = port;
        this.wakeUp = wakeUp;
        this.portRate = baud;
        this.askedRate = baud;
        this.reader = WatchedThreads.start("link-reader " + port.name(), this::read, this::died);
        this.writer = WatchedThreads.start("link-writer " + port.name(), this::write, this::died);
    }

    @Override
    public void step(Peer peer, long now) {
        for (byte[] chunk = incoming.poll(); chunk != null; chunk = incoming.poll()) {
            peer.receive(ByteBuffer.wrap(chunk), now);
        }
        if (rateIsNews && portRate == askedRate) {
            rateIsNews = false;
            peer.lineIs(askedRate, now);
        }
        peer.tick(now);
        transmit(peer, now);
        followRate(peer);
    }

    /** The change waits behind what is handed out already. */
    private void followRate(Peer peer) {
        int wanted = peer.lineRate();
        if (wanted != 0 && wanted != askedRate && outgoing.offer(new Order(new byte[0], wanted))) {
            askedRate = wanted;
            rateIsNews = true;
        }
    }

    /** 20 ms of the line, 512 to 4 096 bytes. */
    private int maxPendingBytes() {
        return Math.max(512, Math.min(4096, askedRate / 500));
    }

    private void transmit(Peer peer, long now) {
        while (outgoing.remainingCapacity() > 0) {
            int room = maxPendingBytes() - pendingBytes.get();
            if (room <= 0) {
                return;
            }
            ByteBuffer into = ByteBuffer.allocate(room);
            peer.transmit(into, now);
            if (into.position() == 0) {
                return;
            }
            byte[] bytes = new byte[into.position()];
            into.flip().get(bytes);
            pendingBytes.addAndGet(bytes.length);
            outgoing.add(new Order(bytes, 0));
        }
    }

    @Override
    public boolean hasInput() {
        return !incoming.isEmpty();
    }

    @Override
    public IOException failure() {
        return failure.get();
    }

    @Override
    public String portName() {
        return port.name();
    }

    private void read() {
        byte[] buffer = new byte[CHUNK_BYTES];
        boolean asleep = false;
        try {
            while (!closed) {
                int count = port.read(buffer, asleep ? SILENCE_MILLIS : READ_TIMEOUT_MILLIS);
                if (count > 0) {
                    incoming.put(Arrays.copyOf(buffer, count));
                    asleep = true;
                }
                if (asleep && isWorthAWakeUp(buffer, count)) {
                    wakeUp.run();
                    asleep = false;
                }
            }
        } catch (IOException e) {
            fail(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** A slow line brings a frame in many pieces: all but the last, with the frame's end, can wait for the next, but not long. */
    private boolean isWorthAWakeUp(byte[] buffer, int count) {
        boolean endsSomething = count == 0 || incoming.remainingCapacity() < MAX_CHUNKS / 2;
        for (int i = 0; i < count && !endsSomething; i++) {
            endsSomething = buffer[i] == FRAME_END || buffer[i] == LINE_END;
        }
        return endsSomething;
    }

    private void write() {
        try {
            while (!closed) {
                perform(outgoing.take());
                wakeUp.run();
            }
        } catch (IOException e) {
            fail(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void perform(Order order) throws IOException {
        if (order.bytes.length == 0) {
            port.setRate(order.rate);
            portRate = order.rate;
        } else {
            port.write(order.bytes, 0, order.bytes.length, WRITE_TIMEOUT_MILLIS);
            pendingBytes.addAndGet(-order.bytes.length);
        }
    }

    /** Nobody moves bytes any more: for the owner the port is gone. */
    private void died(Throwable cause) {
        fail(new IOException("its thread met a bug: " + cause, cause));
    }

    private void fail(IOException cause) {
        failure.compareAndSet(null, cause);
        wakeUp.run();
    }

    /** Ends both threads and the port, within a bounded time. */
    @Override
    public void close() {
        closed = true;
        port.close();
        reader.interrupt();
        writer.interrupt();
        join(reader);
        join(writer);
    }

    private static void join(Thread thread) {
        try {
            thread.join(JOIN_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
