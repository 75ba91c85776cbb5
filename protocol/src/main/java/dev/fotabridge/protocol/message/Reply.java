package dev.fotabridge.protocol.message;

/**
 * Ends a request.
 *
 * @param request type of the request
 * @param code a {@link ReplyCode}, or one that this version does not know
 */
public record Reply(int tag, int request, int code, long detail) implements Message {
    static Reply read(PayloadReader in) throws MalformedMessageException {
        return new Reply(in.u8(), in.u8(), in.u8(), in.u32());
    }

    @Override
    public MessageType type() {
        return MessageType.REPLY;
    }

    @Override
    public void write(PayloadWriter out) {
        out.u8(tag).u8(request).u8(code).u32(detail);
    }
}
