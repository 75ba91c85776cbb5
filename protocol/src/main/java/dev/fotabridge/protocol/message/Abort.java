package dev.fotabridge.protocol.message;

/** Ends the upload and makes the slot harmless. */
public record Abort(int tag) implements Request {
    static Abort read(PayloadReader in) throws MalformedMessageException {
        return new Abort(in.u8());
    }

    @Override
    public MessageType type() {
        return MessageType.ABORT;
    }

    @Override
    public void write(PayloadWriter out) {
        out.u8(tag);
    }
}
