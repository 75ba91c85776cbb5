package dev.fotabridge.protocol.message;

/** Requests the test swap. @param bootId 8 bytes @param fileSha256 32 bytes, what was verified */
public record Mark(int tag, byte[] bootId, byte[] fileSha256) implements Request {
    static Mark read(PayloadReader in) throws MalformedMessageException {
        return new Mark(in.u8(), in.bytes(8), in.bytes(32));
    }

    @Override
    public MessageType type() {
        return MessageType.MARK;
    }

    @Override
    public void write(PayloadWriter out) {
        out.u8(tag).bytes(bootId).bytes(fileSha256);
    }
}
