package dev.fotabridge.protocol.message;

/** The board has just started. @param bootId 8 bytes */
public record Booted(byte[] bootId) implements Message {
    static Booted read(PayloadReader in) throws MalformedMessageException {
        return new Booted(in.bytes(8));
    }

    @Override
    public MessageType type() {
        return MessageType.BOOTED;
    }

    @Override
    public void write(PayloadWriter out) {
        out.bytes(bootId);
    }
}
