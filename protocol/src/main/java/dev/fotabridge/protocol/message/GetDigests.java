package dev.fotabridge.protocol.message;

/** Asks for the digests of image pages {@code first} to {@code first + count - 1}. */
public record GetDigests(int tag, int first, int count) implements Request {
    static GetDigests read(PayloadReader in) throws MalformedMessageException {
        return new GetDigests(in.u8(), in.u16(), in.u16());
    }

    @Override
    public MessageType type() {
        return MessageType.GET_DIGESTS;
    }

    @Override
    public void write(PayloadWriter out) {
        out.u8(tag).u16(first).u16(count);
    }
}
