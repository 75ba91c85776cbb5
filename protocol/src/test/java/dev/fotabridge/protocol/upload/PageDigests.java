package dev.fotabridge.protocol.upload;

/** Digests of pages for tests of other packages. */
public final class PageDigests {
    private PageDigests() {}

    /** Returns the digest of one page of {@code bytes} under this nonce. */
    public static byte[] of(byte[] nonce, byte[] bytes, int page, int pageSize) {
        return new PageDigest(nonce).of(bytes, page, pageSize);
    }
}
