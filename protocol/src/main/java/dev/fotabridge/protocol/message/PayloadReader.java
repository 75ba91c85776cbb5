package dev.fotabridge.protocol.message;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Takes one payload apart, little-endian; every read checks that there is enough. Tested by MessageVectorTest. */
public final class PayloadReader {
    private final String name;
    private final ByteBuffer in;

    /** @param name of the message or item, for the sentence of the exception */
    public PayloadReader(String name, byte[] payload) {
        this.name = name;
        this.in = ByteBuffer.wrap(payload).order(ByteOrder.LITTLE_ENDIAN);
    }

    public int u8() throws MalformedMessageException {
        need(1);
        return in.get() & 0xFF;
    }

    public int u16() throws MalformedMessageException {
        need(2);
        return in.getShort() & 0xFFFF;
    }

    public long u32() throws MalformedMessageException {
        need(4);
        return in.getInt() & 0xFFFF_FFFFL;
    }

    public byte[] bytes(int count) throws MalformedMessageException {
        need(count);
        byte[] bytes = new byte[count];
        in.get(bytes);
        return bytes;
    }

    /** The rest, which may be empty. */
    public byte[] rest() throws MalformedMessageException {
        return bytes(in.remaining());
    }

    /** The rest as a string of {@code min} to {@code max} characters from 0x20 to 0x7E. */
    public String string(int min, int max) throws MalformedMessageException {
        byte[] text = rest();
        if (text.length < min || text.length > max) {
            throw new MalformedMessageException(
                    name + " has " + text.length + " characters, not " + min + " to " + max);
        }
        for (byte b : text) {
            if (b < 0x20 || b > 0x7E) {
                throw new MalformedMessageException(name + " is not printable ASCII");
            }
        }
        return new String(text, StandardCharsets.US_ASCII);
    }

    List<Item> items() throws MalformedMessageException {
        List<Item> items = new ArrayList<>();
        while (in.hasRemaining()) {
            int type = u8();
            items.add(new Item(type, bytes(u8())));
        }
        return List.copyOf(items);
    }

    public int remaining() {
        return in.remaining();
    }

    /** Nothing may follow. */
    void end() throws MalformedMessageException {
        if (in.hasRemaining()) {
            throw new MalformedMessageException(name + " is " + in.remaining() + " bytes too long");
        }
    }

    private void need(int count) throws MalformedMessageException {
        if (in.remaining() < count) {
            throw new MalformedMessageException(name + " is too short: " + in.limit() + " bytes");
        }
    }
}
