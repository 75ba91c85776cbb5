package dev.fotabridge.protocol.message;

/** A frame came that belongs to no session. @param bootId 8 bytes */
public record NoSession(byte[] bootId) implements Message {
    static NoSession read(PayloadReader in) throws MalformedMessageException {
        return new NoSession(in.bytes(8));
    }

    @Override
    public MessageType type() {
        return MessageType.NO_SESSION;
    }

    @Override
    public void write(PayloadWriter out) {
        out.bytes(bootId);
    }
}
