package dev.fotabridge.protocol.message;

/**
 * Asks for another rate of the line, or commits the one in use; SPEC.md section 10.
 *
 * @param rate bits a second, one of those that the board offers
 */
public record Rate(int tag, long rate) implements Request {
    static Rate read(PayloadReader in) throws MalformedMessageException {
        return new Rate(in.u8(), in.u32());
    }

    @Override
    public MessageType type() {
        return MessageType.RATE;
    }

    @Override
    public void write(PayloadWriter out) {
        out.u8(tag).u32(rate);
    }
}
