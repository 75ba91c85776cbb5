package dev.fotabridge.host.link;

import dev.fotabridge.protocol.session.Peer;
import java.io.IOException;

/**
 * Port: an open line that moves bytes between the board and whatever peer is attached. The owner's thread calls everything;
 * an implementation wakes the owner when step has work.
 */
public interface Line extends AutoCloseable {
    /** What people call it, e.g. {@code /dev/ttyACM0}. */
    String portName();

    /** Moves what is there into the peer, runs what is due, hands out what it wants to send. Does not block. */
    void step(Peer peer, long now);

    /** Whether something has come in that step would take. */
    boolean hasInput();

    /** Why the line is gone, or null as long as it is there. */
    IOException failure();

    /** Ends the line, within a bounded time. */
    @Override
    void close();
}
