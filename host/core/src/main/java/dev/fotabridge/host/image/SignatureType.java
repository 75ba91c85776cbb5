package dev.fotabridge.host.image;

/** The signature that an image carries, by its TLV; see MCUboot's image.h. */
public enum SignatureType {
    /** No signature TLV: only a hash. */
    NONE,
    RSA_2048,
    RSA_3072,
    /** ECDSA; on this board over P-256. */
    ECDSA,
    /** Over the SHA-256 of the image. */
    ED25519,
    /** Over the image itself (TLV 0x25, "pure"). */
    ED25519_PURE
}
