package dev.fotabridge.host.link;

import java.io.IOException;

/**
 * Port: an open serial line, 8N1. One thread may read while another writes; close may be called by any.
 *
 * <p>Once a method has thrown, the line is gone for good: close it, and open a fresh one.
 */
public interface SerialPort extends AutoCloseable {
    /** What people call it, e.g. {@code /dev/ttyACM0}. */
    String name();

    /**
     * Blocks until at least one byte is there, but not much longer than the time-out; adapters round it up to 100 ms.
     *
     * @return how many bytes were stored; 0 when the time is over
     * @throws IOException when the line is gone or closed
     */
    int read(byte[] into, int timeoutMillis) throws IOException;

    /**
     * Hands all bytes to the line. Blocks until the system has taken them, which is not when they are on the wire.
     *
     * @param timeoutMillis after which the line counts as stalled: it is closed, and this throws
     * @throws IOException when the line is gone, closed or stalled
     */
    void write(byte[] bytes, int offset, int length, int timeoutMillis) throws IOException;

    /**
     * Changes the bit rate of both directions. What was written before leaves at the old one only if the system has sent it
     * already; the thread that writes calls it. A line that cannot have this rate stays as it is, and nobody will be understood there.
     *
     * @throws IOException when the line is gone or closed
     */
    void setRate(int baud) throws IOException;

    /** Ends the line within a bounded time, also when the system does not let go of it. Calling it again does nothing. */
    @Override
    void close();
}
