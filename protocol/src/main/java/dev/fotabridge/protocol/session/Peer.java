package dev.fotabridge.protocol.session;

import dev.fotabridge.protocol.time.Deadline;
import java.nio.ByteBuffer;

/**
 * One end of the link as a pure machine: it takes bytes and time, and gives bytes, events and a deadline.
 *
 * <p>Nothing here blocks, reads a clock or starts a thread. Time is nanoseconds on any clock that never goes back and
 * starts near zero (a session's own clock); every call that may arm a timer takes it. One driver owns a peer; it is not
 * thread-safe.
 *
 * <p>What {@link #deadline()} and {@link #poll()} answer may change after {@code receive}, {@code tick}, {@code
 * transmit} or a command, and after nothing else.
 */
public interface Peer {
    /**
     * Takes bytes from the line, in chunks of any size, and consumes all of them. Noise is counted; it throws
     * nothing.
     */
    void receive(ByteBuffer bytes, long nowNanos);

    /** Does what is due. Calling it early or again does nothing. */
    void tick(long nowNanos);

    /** Appends what is to be sent, as far as there is room. It may stop inside a frame and go on at the next call. */
    void transmit(ByteBuffer into, long nowNanos);

    /** Returns the time at which {@link #tick} is next useful, or {@link Deadline#NEVER}. */
    long deadline();

    /**
     * Returns the rate that the line must have, bits a second; 0 if this peer does not change it. The driver asks
     * after {@link #transmit}. If the line has another rate, the driver sends what it was given, changes the line,
     * and calls {@link #lineIs}.
     */
    default int lineRate() {
        return 0;
    }

    /** The driver changed the line to this rate. */
    default void lineIs(int baud, long nowNanos) {
        throw new IllegalStateException("this peer does not change the line's rate");
    }

    /** Returns the next event, or null. */
    SessionEvent poll();
}
