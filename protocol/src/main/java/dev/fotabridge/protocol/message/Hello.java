package dev.fotabridge.protocol.message;

import java.util.List;
import java.util.Optional;

/**
 * Opens a session. Tested by MessageVectorTest.
 *
 * @param nonce 8 bytes
 */
public record Hello(int versionMin, int versionMax, byte[] nonce, List<Item> items) implements Message {
    static Hello read(PayloadReader in) throws MalformedMessageException {
        Hello hello = new Hello(in.u8(), in.u8(), in.bytes(8), in.items());
        Optional<Item> software = Item.first(hello.items, Item.SOFTWARE);
        if (software.isPresent()) {
            new PayloadReader("SOFTWARE", software.get().value()).string(0, 32);
        }
        return hello;
    }

    @Override
    public MessageType type() {
        return MessageType.HELLO;
    }

    @Override
    public void write(PayloadWriter out) {
        out.u8(versionMin).u8(versionMax).bytes(nonce).items(items);
    }
}
