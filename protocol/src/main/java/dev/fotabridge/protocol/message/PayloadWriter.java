package dev.fotabridge.protocol.message;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/** Builds one payload, little-endian. Tested by MessageVectorTest. */
public final class PayloadWriter {
    private ByteBuffer out = ByteBuffer.allocate(128).order(ByteOrder.LITTLE_ENDIAN);

    /** Empty. */
    public PayloadWriter() {
        // Explicit, since the package is exported.
    }

    public PayloadWriter u8(int value) {
        room(1).put((byte) value);
        return this;
    }

    public PayloadWriter u16(int value) {
        room(2).putShort((short) value);
        return this;
    }

    public PayloadWriter u32(long value) {
        room(4).putInt((int) value);
        return this;
    }

    public PayloadWriter bytes(byte[] value) {
        room(value.length).put(value);
        return this;
    }

    /** ASCII, without terminator. */
    public PayloadWriter string(String value) {
        return bytes(value.getBytes(StandardCharsets.US_ASCII));
    }

    PayloadWriter items(List<Item> items) {
        for (Item item : items) {
            u8(item.type()).u8(item.value().length).bytes(item.value());
        }
        return this;
    }

    /** What was written so far, as a copy. */
    public byte[] toBytes() {
        return Arrays.copyOf(out.array(), out.position());
    }

    private ByteBuffer room(int count) {
        if (out.remaining() < count) {
            int size = Math.max(2 * out.capacity(), out.position() + count);
            out = ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN).put(out.flip());
        }
        return out;
    }
}
