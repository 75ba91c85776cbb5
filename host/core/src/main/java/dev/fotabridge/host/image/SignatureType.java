package dev.fotabridge.host.image;

/** The signature that an image carries, by its TLV; see MCUboot's image.h. */
public enum SignatureType {
    /** No signature TLV: only a hash. */
    NONE("no signature"),
    RSA_2048("RSA-2048"),
    RSA_3072("RSA-3072"),
    /** ECDSA; on this board over P-256. */
    ECDSA("ECDSA-P256"),
    /** Over the SHA-256 of the image. */
    ED25519("Ed25519"),
    /** Over the image itself (TLV 0x25, "pure"). */
    ED25519_PURE("Ed25519");

    private final String words;

    SignatureType(String words) {
        this.words = words;
    }

    /** Returns what people call it. */
    String words() {
        return words;
    }
}
