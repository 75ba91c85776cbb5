package dev.fotabridge.protocol.session;

import dev.fotabridge.protocol.frame.Frame;
import dev.fotabridge.protocol.frame.FrameEncoder;
import dev.fotabridge.protocol.message.Message;
import dev.fotabridge.protocol.message.MessageCodec;
import dev.fotabridge.protocol.window.FrameNumber;
import dev.fotabridge.protocol.window.InFlight;
import java.nio.ByteBuffer;

/** Numbers the frames of one session, and gives them to the driver as far as it has room. Tested by HostSessionTest. */
final class Transmitter {
    private final int session;
    private final InFlight inFlight = new InFlight();
    private ByteBuffer current = ByteBuffer.allocate(0);
    private int nextNumber;
    private long sentBytes;

    Transmitter(int session) {
        this.session = session;
    }

    /** Makes the message the current frame. Called only when nothing is left of the frame before. */
    Sent start(Message message, long nowNanos) {
        int number = nextNumber;
        byte[] wire =
                FrameEncoder.encode(new Frame(message.type().code(), session, number, MessageCodec.encode(message)));
        nextNumber = FrameNumber.next(number);
        inFlight.sent(number, wire.length, nowNanos);
        sentBytes += wire.length;
        current = ByteBuffer.wrap(wire);
        return new Sent(number, wire.length);
    }

    /** The frame that carries a message. */
    record Sent(int number, int wireBytes) {}

    /** Appends the current frame's rest, as far as there is room. Returns true if nothing is left of it. */
    boolean drain(ByteBuffer into) {
        int count = Math.min(current.remaining(), into.remaining());
        into.put(into.position(), current, current.position(), count);
        into.position(into.position() + count);
        current.position(current.position() + count);
        return !current.hasRemaining();
    }

    InFlight inFlight() {
        return inFlight;
    }

    long sentBytes() {
        return sentBytes;
    }

    /** Returns whether a frame with this number was sent. */
    boolean hasSent(int number) {
        return nextNumber != number && FrameNumber.atOrBefore(number, nextNumber);
    }
}
