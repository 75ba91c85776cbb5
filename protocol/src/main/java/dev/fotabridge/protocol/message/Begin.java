package dev.fotabridge.protocol.message;

/**
 * Opens the upload and makes the slot harmless.
 * Tested by MessageVectorTest.
 *
 * @param flags {@link #ERASE_TRAILER}, {@link #NOT_PENDING}
 * @param imageSize bytes of the file
 * @param fileSha256 32 bytes
 * @param imageHash 32 bytes
 */
public record Begin(int tag, int flags, long imageSize, byte[] fileSha256, byte[] imageHash) implements Request {
    /** The last session ended uncleanly: a trailer that reads blank may be weak. */
    public static final int ERASE_TRAILER = 1;

    /** Do not accept an image that is pending already. */
    public static final int NOT_PENDING = 2;

    static Begin read(PayloadReader in) throws MalformedMessageException {
        Begin begin = new Begin(in.u8(), in.u8(), in.u32(), in.bytes(32), in.bytes(32));
        if ((begin.flags & ~(ERASE_TRAILER | NOT_PENDING)) != 0) {
            throw new MalformedMessageException("BEGIN has flags " + begin.flags);
        }
        return begin;
    }

    @Override
    public MessageType type() {
        return MessageType.BEGIN;
    }

    @Override
    public void write(PayloadWriter out) {
        out.u8(tag).u8(flags).u32(imageSize).bytes(fileSha256).bytes(imageHash);
    }
}
