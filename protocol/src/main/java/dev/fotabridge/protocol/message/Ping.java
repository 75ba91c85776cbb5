package dev.fotabridge.protocol.message;

/** Asks for STATUS. */
public record Ping() implements Message {
    @Override
    public MessageType type() {
        return MessageType.PING;
    }

    @Override
    public void write(PayloadWriter out) {
        // empty
    }
}
