package dev.fotabridge.host.tls;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fotabridge.host.api.FotaException;
import dev.fotabridge.host.api.Reason;
import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.AlgorithmParameters;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.sec.ECPrivateKey;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x9.ECNamedCurveTable;
import org.bouncycastle.asn1.x9.X9ECParameters;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Forms of PEM files: those that OpenSSL takes, and those near by, which are refused with their cause. */
final class PemTextTest {
    private static final String BOM = "\u00EF\u00BB\u00BF";

    @TempDir
    Path directory;

    private final TestCertificate root =
            TestCertificate.authority("Root", null, Instant.now().plus(Duration.ofDays(9)));
    private final TestCertificate other =
            TestCertificate.authority("Other", null, Instant.now().plus(Duration.ofDays(9)));

    private static String pem(String type, byte[] der) {
        String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
        return "-----BEGIN " + type + "-----\n" + body + "\n-----END " + type + "-----\n";
    }

    private String certificate(TestCertificate of) throws Exception {
        return pem("CERTIFICATE", of.certificate.getEncoded());
    }

    private String key() {
        return pem("PRIVATE KEY", root.key().getEncoded());
    }

    private Path file(String text) throws Exception {
        return Files.write(directory.resolve("f.pem"), text.getBytes(StandardCharsets.ISO_8859_1));
    }

    private void certificates(String text, TestCertificate... wanted) throws Exception {
        assertEquals(
                List.of(wanted).stream().map(one -> one.certificate).toList(),
                TlsFiles.certificates(file(text), "CA file"),
                text);
    }

    @Test
    void certificatesAreFoundAmongOtherThings() throws Exception {
        String one = certificate(root);
        certificates(BOM + one, root);
        certificates(one.replace("\n", "\r\n"), root);
        certificates(one + key() + certificate(other), root, other);
        certificates(key() + one, root);
        certificates("CONNECTED(00000003)\n---\n 0 s:CN = x\n" + one + "---\nServer certificate\n-----\n", root);
        certificates(one.replace("-----\n", "-----  \n"), root);
        certificates(pem("X509 CERTIFICATE", root.certificate.getEncoded()), root);
    }

    /** What openssl x509 -trustout writes: the certificate, and trust settings behind it. */
    @Test
    void trustSettingsBehindACertificateArePassedOver() throws Exception {
        ByteArrayOutputStream trusted = new ByteArrayOutputStream();
        trusted.writeBytes(root.certificate.getEncoded());
        trusted.writeBytes(new byte[] {0x30, 0x0C, 0x30, 0x0A, 6, 8, 0x2B, 6, 1, 5, 5, 7, 3, 1});
        certificates(pem("TRUSTED CERTIFICATE", trusted.toByteArray()), root);
    }

    @Test
    void aCertificateInDerIsTakenAsEver() throws Exception {
        Path der = Files.write(directory.resolve("f.der"), root.certificate.getEncoded());
        assertEquals(List.of(root.certificate), TlsFiles.certificates(der, "CA file"));
    }

    @Test
    void aKeyIsFoundAmongOtherThings() throws Exception {
        for (String text : List.of(BOM + key(), certificate(root) + key(), "# mine\n" + key() + certificate(other))) {
            PrivateKey read = TlsFiles.privateKey(file(text), Optional.empty());
            assertArrayEquals(root.key().getEncoded(), read.getEncoded());
        }
    }

    private void refusedCertificate(String text, String cause) throws Exception {
        Path file = file(text);
        refused(cause, assertThrows(FotaException.class, () -> TlsFiles.certificates(file, "CA file")));
    }

    private void refusedKey(String text, String cause) throws Exception {
        Path file = file(text);
        refused(cause, assertThrows(FotaException.class, () -> TlsFiles.privateKey(file, Optional.empty())));
    }

    private static void refused(String cause, FotaException refusal) {
        assertEquals(Reason.CREDENTIALS, refusal.reason());
        assertTrue(refusal.getMessage().contains("f.pem " + cause), refusal.getMessage());
    }

    @Test
    void formsNearByAreRefusedWithTheirCause() throws Exception {
        String one = certificate(root);
        String utf16 = new String(one.getBytes(StandardCharsets.UTF_16), StandardCharsets.ISO_8859_1);
        refusedCertificate(one.replace("\n", "\\n"), "has the two characters \\n");
        refusedCertificate(utf16, "is written in UTF-16");
        refusedCertificate(utf16.substring(2), "is written in UTF-16");
        refusedCertificate(one.stripTrailing() + certificate(other), "has an END and a BEGIN on one line");
        refusedCertificate(one.replaceAll("(?m)^", "  "), "has lines that are indented");
        refusedCertificate(one.replace("\n", " "), "has BEGIN, data and END on one line");
        refusedCertificate(one.substring(0, 200), "is cut off or damaged: its BEGIN CERTIFICATE has no END");
        refusedCertificate("\"" + one, "has a BEGIN that does not stand on a line of its own");
        refusedCertificate("", "is empty");
        refusedCertificate("hello", "is no PEM file: it holds no certificate");
        refusedCertificate(key(), "holds a private key and no certificate");
        refusedCertificate(pem("X509 CRL", new byte[9]), "holds no certificate, but X509 CRL");
        refusedCertificate(one.replace("MII", "M!I"), "is damaged");
        refusedKey(key().replace("\n", "\\n"), "has the two characters \\n");
        refusedKey(key().replaceAll("(?m)^", "\t"), "has lines that are indented");
        refusedKey(key().replaceFirst("\nM", "\n!"), "is damaged");
        refusedKey(pem("OPENSSH PRIVATE KEY", new byte[9]), "is in OpenSSH's own form");
        refusedKey("0\u0082binary", "is in binary form");
    }

    @Test
    void keysThatAwsTakesNotAreCalledWhatTheyAre() throws Exception {
        refusedKey(generated("Ed25519"), "is an Ed25519 key; AWS IoT takes RSA and EC");
        refusedKey(generated("DSA"), "is a DSA key");
        refusedKey(explicit(), "is an EC key with explicit curve parameters");
    }

    @Test
    void aCertificateForAKeyThatJavaDoesNotTakeIsCalledWhatItIs() throws Exception {
        String named = certificate(root);
        String unusable = pem("CERTIFICATE", explicitCertificate());
        refusedCertificate(unusable, "holds a certificate for an EC key with explicit curve parameters");
        refusedCertificate(named + unusable, "holds a certificate for an EC key with explicit curve parameters");
        refusedCertificate(pem("CERTIFICATE", Arrays.copyOf(explicitCertificate(), 300)), "is damaged");
        refusedCertificate(pem("CERTIFICATE", new byte[9]), "is damaged");
    }

    private byte[] explicitCertificate() throws Exception {
        X9ECParameters curve = ECNamedCurveTable.getByName("P-256");
        SubjectPublicKeyInfo key = new SubjectPublicKeyInfo(
                new AlgorithmIdentifier(X9ObjectIdentifiers.id_ecPublicKey, curve),
                curve.getG().getEncoded(false));
        X500Name name = new X500Name("CN=dk-1");
        Date now = Date.from(Instant.now());
        return new X509v3CertificateBuilder(name, BigInteger.ONE, now, now, name, key)
                .build(new JcaContentSignerBuilder("SHA256withECDSA").build(root.key()))
                .getEncoded();
    }

    private static String generated(String algorithm) throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
        return pem("PRIVATE KEY", generator.generateKeyPair().getPrivate().getEncoded());
    }

    /** As openssl ecparam -param_enc explicit writes it, of P-256. */
    private static String explicit() throws Exception {
        AlgorithmParameters named = AlgorithmParameters.getInstance("EC");
        named.init(new ECGenParameterSpec("secp256r1"));
        BigInteger secret =
                named.getParameterSpec(ECParameterSpec.class).getOrder().shiftRight(1);
        X9ECParameters curve = ECNamedCurveTable.getByName("P-256");
        PrivateKeyInfo info = new PrivateKeyInfo(
                new AlgorithmIdentifier(X9ObjectIdentifiers.id_ecPublicKey, curve), new ECPrivateKey(256, secret));
        return pem("PRIVATE KEY", info.getEncoded());
    }
}
