package dev.fotabridge.protocol.session;

import dev.fotabridge.protocol.message.Digests;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;

/** The first 8 bytes of SHA-256(nonce, page), the last page filled up with 0xFF; SPEC.md section 5. */
final class PageDigest {
    private final byte[] nonce;
    private final MessageDigest sha256;

    PageDigest(byte[] nonce) {
        this.nonce = nonce;
        try {
            this.sha256 = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /** Digest of image page {@code page}. */
    byte[] of(byte[] image, int page, int pageSize) {
        int from = page * pageSize;
        int count = Math.min(pageSize, image.length - from);
        byte[] fill = new byte[pageSize - count];
        Arrays.fill(fill, (byte) 0xFF);
        sha256.update(nonce);
        sha256.update(image, from, count);
        return Arrays.copyOf(sha256.digest(fill), Digests.DIGEST_BYTES);
    }
}
