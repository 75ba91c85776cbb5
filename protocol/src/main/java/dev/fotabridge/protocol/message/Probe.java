package dev.fotabridge.protocol.message;

/**
 * One of a burst that shows whether a rate works; SPEC.md section 10.
 * Tested by MessageVectorTest.
 *
 * @param index 0 to 31
 * @param fill any bytes
 */
public record Probe(int index, byte[] fill) implements Message {
    /** Indices there are. */
    public static final int MAX = 32;

    static Probe read(PayloadReader in) throws MalformedMessageException {
        int index = in.u8();
        if (index >= MAX) {
            throw new MalformedMessageException("PROBE has index " + index);
        }
        return new Probe(index, in.rest());
    }

    @Override
    public MessageType type() {
        return MessageType.PROBE;
    }

    @Override
    public void write(PayloadWriter out) {
        out.u8(index).bytes(fill);
    }
}
