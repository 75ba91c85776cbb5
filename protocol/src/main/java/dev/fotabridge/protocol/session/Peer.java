package dev.fotabridge.protocol.session;

import dev.fotabridge.protocol.time.Deadline;
import java.nio.ByteBuffer;

/**
 * One end of the link as a pure machine: bytes and time go in, bytes, events and a deadline come out.
 *
 * <p>Nothing here blocks, reads a clock or starts a thread. Time is nanoseconds on any clock that never goes back and
 * starts near zero (a session's own clock); every call that may arm a timer takes it. One driver owns a peer; it is not
 * thread-safe.
 *
 * <p>What {@link #deadline()} and {@link #poll()} answer may change after {@code receive}, {@code tick}, {@code
 * transmit} or a command, and after nothing else.
 */
public interface Peer {
    /** Takes bytes from the line, in any chunking, and consumes all of them. Noise is counted, never thrown. */
    void receive(ByteBuffer bytes, long nowNanos);

    /** Does what is due. Calling it early or again does nothing. */
    void tick(long nowNanos);

    /** Appends what wants to go out, as far as there is room; may stop in the middle of a frame and go on next time. */
    void transmit(ByteBuffer into, long nowNanos);

    /** When {@link #tick} is next useful, or {@link Deadline#NEVER}. */
    long deadline();

    /**
     * What the line is to have, bits a second; 0 if that is not this peer's business. When it is another than the line has, the
     * driver lets pass what it was given, changes the line, and says so with {@link #lineIs}. Asked after {@link #transmit}.
     */
    default int lineRate() {
        return 0;
    }

    /** The driver has changed the line to this rate. */
    default void lineIs(int baud, long nowNanos) {
        throw new IllegalStateException("this peer has no opinion on the line's rate");
    }

    /** The next thing the application should know, or null. */
    SessionEvent poll();
}
