package dev.fotabridge.protocol.upload;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * HalfSipHash of a page, with the session's nonce as key. The last page is filled up with 0xFF; SPEC.md section 5.
 * Tested by DigestComparisonTest.
 */
final class PageDigest {
    private final byte[] nonce;

    PageDigest(byte[] nonce) {
        this.nonce = nonce;
    }

    /** Returns the digest of image page {@code page}, 8 bytes. */
    byte[] of(byte[] image, int page, int pageSize) {
        int from = page * pageSize;
        boolean whole = from + pageSize <= image.length;
        ByteBuffer bytes =
                whole ? ByteBuffer.wrap(image, from, pageSize) : ByteBuffer.wrap(filledUp(image, from, pageSize));
        HalfSipHash hash = new HalfSipHash(nonce);
        hash.add(bytes);
        return hash.end();
    }

    private static byte[] filledUp(byte[] image, int from, int pageSize) {
        byte[] page = Arrays.copyOfRange(image, from, from + pageSize);
        Arrays.fill(page, image.length - from, pageSize, (byte) 0xFF);
        return page;
    }
}
