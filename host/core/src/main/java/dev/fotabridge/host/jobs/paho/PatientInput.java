package dev.fotabridge.host.jobs.paho;

import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.SocketTimeoutException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Holds back a failure before the first byte, until CONNECT is being written. Paho's connecting thread starts receiver,
 * sender and callback one by one and waits for each to run, in a loop that nothing else ends: a receiver that has failed
 * by then, because the server turned our certificate down, leaves it waiting for ever. Only after all three run does it
 * hand CONNECT to the sender.
 */
final class PatientInput extends FilterInputStream {
    /** Longer than any machine needs for three threads; if Paho never writes, the failure passes all the same. */
    static final long PATIENCE_MILLIS = 20_000;

    private final CountDownLatch writing;
    private final Consumer<IOException> early;
    private volatile boolean anyRead;

    /**
     * Wraps a connection's input.
     *
     * @param writing down to zero when the first byte is about to be written
     * @param early told of a failure before the first byte: meanwhile Paho may stumble over the consequences, and report
     *     those
     */
    PatientInput(InputStream in, CountDownLatch writing, Consumer<IOException> early) {
        super(in);
        this.writing = writing;
        this.early = early;
    }

    @Override
    public int read() throws IOException {
        try {
            return seen(in.read());
        } catch (SocketTimeoutException e) {
            throw e;
        } catch (IOException e) {
            hold(e);
            throw e;
        }
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        try {
            return seen(in.read(into, offset, length));
        } catch (SocketTimeoutException e) {
            throw e;
        } catch (IOException e) {
            hold(e);
            throw e;
        }
    }

    private int seen(int result) throws IOException {
        if (result < 0) {
            hold(new EOFException());
        } else {
            anyRead = true;
        }
        return result;
    }

    private void hold(IOException failure) throws IOException {
        if (anyRead) {
            return;
        }
        early.accept(failure);
        try {
            writing.await(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException();
        }
    }
}
