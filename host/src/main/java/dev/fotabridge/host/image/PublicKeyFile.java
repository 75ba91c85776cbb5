package dev.fotabridge.host.image;

import dev.fotabridge.host.outcome.FotaException;

/** The public key that the board's MCUboot holds, read from PEM (SubjectPublicKeyInfo). Immutable. */
public final class PublicKeyFile {
    private PublicKeyFile() {}

    /**
     * Reads "-----BEGIN PUBLIC KEY-----": ECDSA P-256 or P-384, RSA-2048 or RSA-3072, Ed25519.
     *
     * @param name what to call the file in sentences
     * @throws FotaException CONFIGURATION, also when it is a private key or a certificate
     */
    public static PublicKeyFile parse(String pem, String name) throws FotaException {
        throw new UnsupportedOperationException();
    }
}
