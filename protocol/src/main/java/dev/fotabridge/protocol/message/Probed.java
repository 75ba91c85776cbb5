package dev.fotabridge.protocol.message;

/**
 * Which probes came; SPEC.md section 10.
 *
 * @param rate that is in use, bits a second
 * @param probes a bit for each index that came at it
 * @param fill {@link #FILL_BYTES} bytes that a bad rate is likely to damage
 */
public record Probed(long rate, long probes, byte[] fill) implements Message {
    public static final int FILL_BYTES = 64;

    static Probed read(PayloadReader in) throws MalformedMessageException {
        return new Probed(in.u32(), in.u32(), in.bytes(FILL_BYTES));
    }

    @Override
    public MessageType type() {
        return MessageType.PROBED;
    }

    @Override
    public void write(PayloadWriter out) {
        out.u32(rate).u32(probes).bytes(fill);
    }
}
