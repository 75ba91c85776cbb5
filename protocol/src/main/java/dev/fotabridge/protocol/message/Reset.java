package dev.fotabridge.protocol.message;

/** Resets the board after its REPLY. @param bootId 8 bytes */
public record Reset(int tag, byte[] bootId) implements Request {
    static Reset read(PayloadReader in) throws MalformedMessageException {
        return new Reset(in.u8(), in.bytes(8));
    }

    @Override
    public MessageType type() {
        return MessageType.RESET;
    }

    @Override
    public void write(PayloadWriter out) {
        out.u8(tag).bytes(bootId);
    }
}
