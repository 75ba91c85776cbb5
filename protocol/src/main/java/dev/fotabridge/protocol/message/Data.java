package dev.fotabridge.protocol.message;

/**
 * A fragment of the stream. Tested by MessageVectorTest.
 *
 * @param bytes at least 1, at most fragmentMax
 */
public record Data(long offset, byte[] bytes) implements Message {
    /** The payload's bytes before the fragment. */
    public static final int OVERHEAD_BYTES = 4;

    static Data read(PayloadReader in) throws MalformedMessageException {
        long offset = in.u32();
        if (in.remaining() == 0) {
            throw new MalformedMessageException("DATA is empty");
        }
        return new Data(offset, in.rest());
    }

    @Override
    public MessageType type() {
        return MessageType.DATA;
    }

    @Override
    public void write(PayloadWriter out) {
        out.u32(offset).bytes(bytes);
    }
}
