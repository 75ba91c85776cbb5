package dev.fotabridge.host.tls;

import java.math.BigInteger;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** A certificate that is valid for a year, and its key: an authority, or a server for one host name. */
final class TestCertificate {
    static final Duration LIFE = Duration.ofDays(365);

    final X509Certificate certificate;
    private final KeyPair keys;

    private TestCertificate(
            String name, TestCertificate issuer, Instant until, GeneralName host, KeyPurposeId purpose) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(256);
            keys = generator.generateKeyPair();
            KeyPair signer = issuer == null ? keys : issuer.keys;
            X500Name subject = new X500Name("CN=" + name);
            var builder = new JcaX509v3CertificateBuilder(
                    issuer == null
                            ? subject
                            : new X500Name(
                                    issuer.certificate.getSubjectX500Principal().getName()),
                    BigInteger.valueOf(System.nanoTime()),
                    Date.from(until.minus(LIFE)),
                    Date.from(until),
                    subject,
                    keys.getPublic());
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(host == null));
            if (host != null) {
                builder.addExtension(Extension.subjectAlternativeName, false, new GeneralNames(host));
                builder.addExtension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(purpose));
            }
            certificate = new JcaX509CertificateConverter()
                    .getCertificate(
                            builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(signer.getPrivate())));
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /** @param issuer null for a root */
    static TestCertificate authority(String name, TestCertificate issuer, Instant until) {
        return new TestCertificate(name, issuer, until, null, null);
    }

    /** @param issuer null for one that signs itself */
    static TestCertificate server(String host, TestCertificate issuer, Instant until) {
        return new TestCertificate(
                host, issuer, until, new GeneralName(GeneralName.dNSName, host), KeyPurposeId.id_kp_serverAuth);
    }

    /** A server whose certificate has another kind of name than a host's. */
    static TestCertificate server(GeneralName name, TestCertificate issuer, Instant until) {
        return new TestCertificate("server", issuer, until, name, KeyPurposeId.id_kp_serverAuth);
    }

    /** A certificate for clients only. */
    static TestCertificate client(String host, TestCertificate issuer, Instant until) {
        return new TestCertificate(
                host, issuer, until, new GeneralName(GeneralName.dNSName, host), KeyPurposeId.id_kp_clientAuth);
    }

    PrivateKey key() {
        return keys.getPrivate();
    }
}
