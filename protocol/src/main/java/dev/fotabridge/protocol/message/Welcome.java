package dev.fotabridge.protocol.message;

import java.util.List;

/**
 * Answers HELLO.
 *
 * @param version the highest that both speak, 0 if there is none
 * @param nonce 8 bytes, the host's
 * @param bootId 8 bytes
 */
public record Welcome(int version, byte[] nonce, byte[] bootId, List<Item> items) implements Message {
    static Welcome read(PayloadReader in) throws MalformedMessageException {
        return new Welcome(in.u8(), in.bytes(8), in.bytes(8), in.items());
    }

    @Override
    public MessageType type() {
        return MessageType.WELCOME;
    }

    @Override
    public void write(PayloadWriter out) {
        out.u8(version).bytes(nonce).bytes(bootId).items(items);
    }
}
