package dev.fotabridge.protocol.message;

/** Asks for SHA-256 over the image in the slot. */
public record Verify(int tag) implements Request {
    static Verify read(PayloadReader in) throws MalformedMessageException {
        return new Verify(in.u8());
    }

    @Override
    public MessageType type() {
        return MessageType.VERIFY;
    }

    @Override
    public void write(PayloadWriter out) {
        out.u8(tag);
    }
}
