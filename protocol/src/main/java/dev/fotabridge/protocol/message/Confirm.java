package dev.fotabridge.protocol.message;

/** Confirms the running image. @param bootId 8 bytes @param imageHash 32 bytes, of the running image */
public record Confirm(int tag, byte[] bootId, byte[] imageHash) implements Request {
    static Confirm read(PayloadReader in) throws MalformedMessageException {
        return new Confirm(in.u8(), in.bytes(8), in.bytes(32));
    }

    @Override
    public MessageType type() {
        return MessageType.CONFIRM;
    }

    @Override
    public void write(PayloadWriter out) {
        out.u8(tag).bytes(bootId).bytes(imageHash);
    }
}
