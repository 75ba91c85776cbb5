package dev.fotabridge.host.tls;

import java.io.IOException;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.util.Map;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1InputStream;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.Certificate;
import org.bouncycastle.asn1.x9.ECNamedCurveTable;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;

/** Names a key that the platform cannot use, by its algorithm identifier. Tested by ClientIdentityTest. */
public final class KeyKind {
    private static final Map<String, String> NAMES = Map.of(
            "1.2.840.10040.4.1", "a DSA key",
            "1.2.840.113549.1.1.10", "an RSA key for PSS signatures only",
            "1.3.101.110", "an X25519 key",
            "1.3.101.111", "an X448 key",
            "1.3.101.112", "an Ed25519 key",
            "1.3.101.113", "an Ed448 key");

    /** Of an RSA key in PKCS#1: version, modulus, two exponents and five numbers that make it faster. */
    private static final int RSA_PARTS = 9;

    private KeyKind() {}

    /** E.g. {@code a DSA key}; goes on behind "is" or "holds". */
    public static String of(AlgorithmIdentifier algorithm) {
        if (!algorithm.getAlgorithm().equals(X9ObjectIdentifiers.id_ecPublicKey)) {
            String id = algorithm.getAlgorithm().getId();
            return NAMES.getOrDefault(id, "a key of the algorithm " + id);
        }
        if (algorithm.getParameters() instanceof ASN1ObjectIdentifier curve) {
            String name = ECNamedCurveTable.getName(curve);
            return "an EC key on the curve " + (name == null ? curve.getId() : name) + ", which is not P-256 or P-384";
        }
        return "an EC key with explicit curve parameters, where only the curve's name is taken (openssl pkey"
                + " -ec_param_enc named_curve)";
    }

    /** Of a certificate (DER) that the platform does not decode: its key, if that is the reason; else empty. */
    static Optional<String> ofUnreadable(byte[] certificate) {
        try (ASN1InputStream in = new ASN1InputStream(certificate)) {
            AlgorithmIdentifier algorithm = Certificate.getInstance(in.readObject())
                    .getSubjectPublicKeyInfo()
                    .getAlgorithm();
            return isUnknownCurve(algorithm) ? Optional.of(of(algorithm)) : Optional.empty();
        } catch (IOException | GeneralSecurityException | RuntimeException e) {
            // Bouncy Castle cannot decode it either: it is damaged.
            return Optional.empty();
        }
    }

    private static boolean isUnknownCurve(AlgorithmIdentifier algorithm) throws GeneralSecurityException {
        if (!algorithm.getAlgorithm().equals(X9ObjectIdentifiers.id_ecPublicKey)) {
            return false;
        }
        try {
            AlgorithmParameters.getInstance("EC")
                    .init(algorithm.getParameters().toASN1Primitive().getEncoded());
            return false;
        } catch (IOException e) {
            return true;
        }
    }

    /**
     * The name of the block that these bytes belong into, by the ASN.1 alone: PKCS#8 (RFC 5208), PKCS#1 (RFC 8017) or SEC1
     * (RFC 5915).
     *
     * @return empty if they are none of these
     */
    static Optional<String> blockType(byte[] der) {
        try {
            ASN1Sequence parts = ASN1Sequence.getInstance(der);
            ASN1Encodable second = parts.getObjectAt(1);
            if (second instanceof ASN1OctetString) {
                boolean encrypted = parts.getObjectAt(0) instanceof ASN1Sequence;
                return Optional.of(encrypted ? "ENCRYPTED PRIVATE KEY" : "EC PRIVATE KEY");
            }
            return second instanceof ASN1Sequence
                    ? Optional.of("PRIVATE KEY")
                    : Optional.of("RSA PRIVATE KEY").filter(type -> parts.size() >= RSA_PARTS);
        } catch (RuntimeException e) {
            // Damage shows as whatever the decoder stumbles over.
            return Optional.empty();
        }
    }
}
