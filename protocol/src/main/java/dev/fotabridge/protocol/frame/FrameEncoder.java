package dev.fotabridge.protocol.frame;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/** Frames as the line carries them: 0x00, COBS of body and check, 0x00. Tested by FrameVectorTest. */
public final class FrameEncoder {
    private FrameEncoder() {}

    /** The most bytes that a frame with this payload takes on the line, delimiters included. */
    public static int maxWireBytes(int payloadBytes) {
        return 2 + Cobs.maxEncoded(payloadBytes + Frame.MIN_BODY_BYTES);
    }

    /** @throws IllegalArgumentException if the payload is too long for any frame */
    public static byte[] encode(Frame frame) {
        byte[] body = body(frame);
        byte[] wire = new byte[2 + Cobs.maxEncoded(body.length)];
        int end = Cobs.encode(body, body.length, wire, 1);
        return Arrays.copyOf(wire, end + 1);
    }

    private static byte[] body(Frame frame) {
        int length = frame.payload().length;
        if (length > Frame.MAX_PAYLOAD_BYTES) {
            throw new IllegalArgumentException("payload of " + length + " bytes");
        }
        ByteBuffer body = ByteBuffer.allocate(length + Frame.MIN_BODY_BYTES).order(ByteOrder.LITTLE_ENDIAN);
        body.put((byte) frame.type()).putShort((short) frame.session()).putShort((short) frame.number());
        body.put(frame.payload());
        body.putInt(Crc32c.of(body.array(), 0, body.position()));
        return body.array();
    }
}
