package dev.fotabridge.protocol.message;

import java.util.Optional;

/** The types of SPEC.md section 3; each names the record of its messages. */
public enum MessageType {
    HELLO(0x01),
    PING(0x02),
    GET_DIGESTS(0x03),
    BEGIN(0x04),
    DATA(0x05),
    VERIFY(0x06),
    MARK(0x07),
    RESET(0x08),
    CONFIRM(0x09),
    ABORT(0x0A),
    RATE(0x10),
    PROBE(0x11),
    MODEM(0x20),
    WELCOME(0x81),
    STATUS(0x82),
    DIGESTS(0x83),
    REPLY(0x84),
    NO_SESSION(0x85),
    BOOTED(0x86),
    PROBED(0x91);

    private static final MessageType[] BY_CODE = new MessageType[256];

    static {
        for (MessageType type : values()) {
            BY_CODE[type.code] = type;
        }
    }

    private final int code;

    MessageType(int code) {
        this.code = code;
    }

    /** The byte in the frame's header. */
    public int code() {
        return code;
    }

    /** Sent by the stub, not by the host. */
    public boolean fromStub() {
        return code >= 0x80;
    }

    /** Empty for a type that this version does not know. */
    public static Optional<MessageType> of(int code) {
        return code >= 0 && code < BY_CODE.length ? Optional.ofNullable(BY_CODE[code]) : Optional.empty();
    }
}
