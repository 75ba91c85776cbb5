package dev.fotabridge.host.jobs.paho;

import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.SocketTimeoutException;
import java.util.function.Consumer;

/**
 * Holds back a failure at the very start of a connection. Paho's connecting thread looks every 100 ms whether the receiver
 * runs; one that has failed by then, because the server turned our certificate down, leaves it looking for ever. With the
 * failure a second late it has seen the receiver run, and ends.
 */
final class PatientInput extends FilterInputStream {
    private static final long START_NANOS = 2_000_000_000L;
    private static final long PATIENCE_MILLIS = 1_000;

    private final long openedAt = System.nanoTime();
    private final Consumer<IOException> early;

    /**
     * Wraps a connection's input.
     *
     * @param early told of a failure at the start: meanwhile Paho may stumble over the consequences, and report those
     */
    PatientInput(InputStream in, Consumer<IOException> early) {
        super(in);
        this.early = early;
    }

    @Override
    public int read() throws IOException {
        try {
            return ended(in.read());
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
            return ended(in.read(into, offset, length));
        } catch (SocketTimeoutException e) {
            throw e;
        } catch (IOException e) {
            hold(e);
            throw e;
        }
    }

    private int ended(int result) throws IOException {
        if (result < 0) {
            hold(new EOFException());
        }
        return result;
    }

    private void hold(IOException failure) throws IOException {
        if (System.nanoTime() - openedAt < START_NANOS) {
            early.accept(failure);
            try {
                Thread.sleep(PATIENCE_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new InterruptedIOException();
            }
        }
    }
}
