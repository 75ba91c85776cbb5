package dev.fotabridge.protocol.message;

import java.util.Arrays;

/**
 * Digests of consecutive image pages.
 * Tested by MessageVectorTest.
 *
 * @param first page of the first digest
 * @param digests 1 to 30 digests of 8 bytes, one behind the other
 */
public record Digests(int tag, int first, byte[] digests) implements Message {
    /** The first bytes of SHA-256(nonce, page). */
    public static final int DIGEST_BYTES = 8;

    public static final int MAX_COUNT = 30;

    static Digests read(PayloadReader in) throws MalformedMessageException {
        int tag = in.u8();
        int first = in.u16();
        int count = in.u8();
        if (count < 1 || count > MAX_COUNT) {
            throw new MalformedMessageException("DIGESTS has " + count + " digests");
        }
        return new Digests(tag, first, in.bytes(count * DIGEST_BYTES));
    }

    public int count() {
        return digests.length / DIGEST_BYTES;
    }

    /** @param index 0 to {@link #count()} - 1 */
    public byte[] digest(int index) {
        return Arrays.copyOfRange(digests, index * DIGEST_BYTES, (index + 1) * DIGEST_BYTES);
    }

    @Override
    public MessageType type() {
        return MessageType.DIGESTS;
    }

    @Override
    public void write(PayloadWriter out) {
        out.u8(tag).u16(first).u8(count()).bytes(digests);
    }
}
