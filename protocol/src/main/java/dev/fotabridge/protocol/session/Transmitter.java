package dev.fotabridge.protocol.session;

import dev.fotabridge.protocol.frame.Frame;
import dev.fotabridge.protocol.frame.FrameEncoder;
import dev.fotabridge.protocol.message.Message;
import dev.fotabridge.protocol.message.MessageCodec;
import dev.fotabridge.protocol.window.FrameNumber;
import dev.fotabridge.protocol.window.InFlight;
import java.nio.ByteBuffer;

/** Numbers the frames of one session and hands them out as far as the driver has room. */
final class Transmitter {
    private final int session;
    private final InFlight inFlight = new InFlight();
    private ByteBuffer current = ByteBuffer.allocate(0);
    private int nextNumber;
    private long sentBytes;

    Transmitter(int session) {
        this.session = session;
    }

    /** Makes a message the current frame; only when there is none. */
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

    /** What became of a message. */
    record Sent(int number, int wireBytes) {}

    /** Appends the current frame's rest, as far as there is room; true if nothing is left of it. */
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

    /** Whether a frame with this number has been sent. */
    boolean hasSent(int number) {
        return nextNumber != number && FrameNumber.atOrBefore(number, nextNumber);
    }
}
