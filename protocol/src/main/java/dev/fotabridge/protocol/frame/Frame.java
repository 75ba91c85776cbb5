package dev.fotabridge.protocol.frame;

/**
 * A chunk that decoded and whose check was right; SPEC.md section 2.
 *
 * @param type 0 to 255; from the stub 0x80 or more
 * @param session the first two bytes of the nonce, 0 to 65 535
 * @param number counts the sender's frames in this session, modulo 65 536
 * @param payload not copied
 */
public record Frame(int type, int session, int number, byte[] payload) {
    /** Type, session and number. */
    static final int HEADER_BYTES = 5;

    static final int CHECK_BYTES = 4;

    /** The shortest body. */
    public static final int MIN_BODY_BYTES = HEADER_BYTES + CHECK_BYTES;

    /** The longest payload: a DATA message with its offset and 4 096 bytes. */
    public static final int MAX_PAYLOAD_BYTES = 4 + 4_096;

    /** The longest body. */
    public static final int MAX_BODY_BYTES = MAX_PAYLOAD_BYTES + MIN_BODY_BYTES;
}
