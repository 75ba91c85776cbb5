package dev.fotabridge.protocol.message;

/** Payloads of frames to messages and back; SPEC.md section 3. Tested by MessageVectorTest. */
public final class MessageCodec {
    private MessageCodec() {}

    /** The payload of a frame of {@code message.type()}. */
    public static byte[] encode(Message message) {
        PayloadWriter out = new PayloadWriter();
        message.write(out);
        return out.toBytes();
    }

    /** @throws MalformedMessageException if the payload breaks the specification */
    public static Message decode(MessageType type, byte[] payload) throws MalformedMessageException {
        PayloadReader in = new PayloadReader(type.name(), payload);
        Message message = read(type, in);
        in.end();
        return message;
    }

    private static Message read(MessageType type, PayloadReader in) throws MalformedMessageException {
        return switch (type) {
            case HELLO -> Hello.read(in);
            case PING -> new Ping();
            case GET_DIGESTS -> GetDigests.read(in);
            case BEGIN -> Begin.read(in);
            case DATA -> Data.read(in);
            case VERIFY -> Verify.read(in);
            case MARK -> Mark.read(in);
            case RESET -> Reset.read(in);
            case CONFIRM -> Confirm.read(in);
            case ABORT -> Abort.read(in);
            case RATE -> Rate.read(in);
            case PROBE -> Probe.read(in);
            case MODEM -> Modem.read(in);
            case WELCOME -> Welcome.read(in);
            case STATUS -> Status.read(in);
            case DIGESTS -> Digests.read(in);
            case REPLY -> Reply.read(in);
            case NO_SESSION -> NoSession.read(in);
            case BOOTED -> Booted.read(in);
            case PROBED -> Probed.read(in);
        };
    }
}
