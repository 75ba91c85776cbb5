package dev.fotabridge.host.image;

import dev.fotabridge.host.api.FotaException;
import dev.fotabridge.host.api.Reason;
import dev.fotabridge.host.store.NamedFile;
import dev.fotabridge.host.tls.KeyKind;
import dev.fotabridge.host.tls.PemText;
import dev.fotabridge.host.tls.PemText.Block;
import dev.fotabridge.host.value.Sha256;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.List;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;

/** The public key that the board's MCUboot holds, read from PEM (SubjectPublicKeyInfo). Immutable. */
public final class PublicKeyFile {
    private static final int MAX_FILE_BYTES = 65_536;
    private static final List<String> ALGORITHMS = List.of("EC", "RSA", "Ed25519");
    /** The order of P-256: what tells this curve from others of the same length. FIPS 186-4, D.1.2.3. */
    private static final BigInteger P256_ORDER =
            new BigInteger("ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551", 16);
    /** Before the PKCS#1 key in a SubjectPublicKeyInfo of RSA with 2 048 or 3 072 bits; the lengths take two bytes each. */
    private static final int RSA_SPKI_PREFIX = 24;

    private final PublicKey key;
    private final SignatureType signatureType;
    private final Sha256 keyHash;
    private final String name;

    private PublicKeyFile(PublicKey key, String name) throws FotaException {
        this.key = key;
        this.name = name;
        signatureType = signatureType(key, name);
        keyHash = Sha256.ofDigest(Sha256.newDigest().digest(mcubootForm(key)));
    }

    /**
     * Reads a file; blocks for as long as the disk takes.
     *
     * @throws FotaException CONFIGURATION
     */
    public static PublicKeyFile read(Path file) throws FotaException {
        byte[] bytes = NamedFile.read(file, "public key", MAX_FILE_BYTES, Reason.CONFIGURATION);
        if (bytes.length > MAX_FILE_BYTES) {
            throw refusal("The file " + file + " is too large for a public key.", null);
        }
        return parse(new String(bytes, StandardCharsets.ISO_8859_1), file.toString());
    }

    /**
     * Reads "-----BEGIN PUBLIC KEY-----": ECDSA P-256, RSA-2048 or RSA-3072, Ed25519.
     *
     * @param name what to call the file in sentences
     * @throws FotaException CONFIGURATION, also when it is a private key or a certificate
     */
    public static PublicKeyFile parse(String pem, String name) throws FotaException {
        if (pem.contains("PRIVATE KEY-----")) {
            throw refusal(
                    name + " holds a private key. Only the public one is needed here (openssl pkey -in " + name
                            + " -pubout); keep the private one away from this machine.",
                    null);
        }
        PemText text = new PemText(pem.getBytes(StandardCharsets.ISO_8859_1));
        List<Block> keys = text.blocks("PUBLIC KEY"::equals);
        if (keys.isEmpty()) {
            throw refusal(name + " " + text.why("PUBLIC KEY"), null);
        }
        return new PublicKeyFile(decode(keys.get(0), name), name);
    }

    PublicKey key() {
        return key;
    }

    /** The kind of signature that this key makes. */
    public SignatureType signatureType() {
        return signatureType;
    }

    /** What an image signed with this key carries as TLV KEYHASH. */
    public Sha256 keyHash() {
        return keyHash;
    }

    /** What to call the file in sentences. */
    public String name() {
        return name;
    }

    private static PublicKey decode(Block block, String name) throws FotaException {
        byte[] der;
        try {
            der = block.der();
        } catch (IllegalArgumentException e) {
            throw refusal(name + " is damaged: its Base64 text cannot be decoded.", e);
        }
        for (String algorithm : ALGORITHMS) {
            try {
                return KeyFactory.getInstance(algorithm).generatePublic(new X509EncodedKeySpec(der));
            } catch (GeneralSecurityException e) {
                // Not of this algorithm; the next one may know it.
                continue;
            }
        }
        throw refusal(
                name + " holds " + kind(der) + "; MCUboot knows ECDSA-P256, RSA-2048, RSA-3072 and Ed25519.", null);
    }

    private static String kind(byte[] der) {
        try {
            return KeyKind.of(SubjectPublicKeyInfo.getInstance(der).getAlgorithm());
        } catch (RuntimeException e) {
            // Damage shows as whatever the decoder stumbles over.
            return "no public key that can be decoded";
        }
    }

    private static SignatureType signatureType(PublicKey key, String name) throws FotaException {
        if (key instanceof ECPublicKey ec) {
            if (ec.getParams().getOrder().equals(P256_ORDER)) {
                return SignatureType.ECDSA;
            }
            throw refusal(name + " holds an EC key of another curve than P-256.", null);
        }
        if (key instanceof RSAPublicKey rsa) {
            int bits = rsa.getModulus().bitLength();
            if (bits != 2_048 && bits != 3_072) {
                throw refusal(name + " holds an RSA key of " + bits + " bits; MCUboot knows 2048 and 3072.", null);
            }
            return bits == 2_048 ? SignatureType.RSA_2048 : SignatureType.RSA_3072;
        }
        return SignatureType.ED25519;
    }

    /** MCUboot holds RSA keys as PKCS#1 and all others as SubjectPublicKeyInfo (imgtool, get_public_bytes). */
    private static byte[] mcubootForm(PublicKey key) {
        byte[] spki = key.getEncoded();
        return key instanceof RSAPublicKey ? Arrays.copyOfRange(spki, RSA_SPKI_PREFIX, spki.length) : spki;
    }

    private static FotaException refusal(String sentence, Throwable cause) {
        return new FotaException(Reason.CONFIGURATION, sentence, cause);
    }
}
