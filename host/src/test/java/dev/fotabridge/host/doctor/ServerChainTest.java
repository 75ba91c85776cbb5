package dev.fotabridge.host.doctor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.junit.jupiter.api.Test;

/** Of a chain of three, the wrong one is named. */
final class ServerChainTest {
    private static final Instant NOW = Instant.parse("2026-06-01T00:00:00Z");
    private static final Instant LATER = NOW.plus(Duration.ofDays(100));

    private final Party root = new Party("Root", null, LATER);
    private final Party middle = new Party("Middle", root, LATER);
    private final Party server = new Party("server", middle, LATER);

    /** A certificate and its key. */
    private static final class Party {
        private final KeyPair keys;
        private final X509Certificate certificate;

        Party(String name, Party issuer, Instant until) {
            try {
                KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
                generator.initialize(256);
                keys = generator.generateKeyPair();
                KeyPair signer = issuer == null ? keys : issuer.keys;
                X500Name subject = new X500Name("CN=" + name);
                X500Name issuerName = issuer == null
                        ? subject
                        : new X500Name(
                                issuer.certificate.getSubjectX500Principal().getName());
                var builder = new JcaX509v3CertificateBuilder(
                        issuerName,
                        BigInteger.TEN,
                        Date.from(until.minus(Duration.ofDays(365))),
                        Date.from(until),
                        subject,
                        keys.getPublic());
                certificate = new JcaX509CertificateConverter()
                        .getCertificate(builder.build(
                                new JcaContentSignerBuilder("SHA256withECDSA").build(signer.getPrivate())));
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }
    }

    private static Optional<String> fault(Party trusted, Party... chain) {
        List<X509Certificate> certificates =
                List.of(chain).stream().map(p -> p.certificate).toList();
        return new ServerChain(certificates, List.of(trusted.certificate)).fault(NOW);
    }

    private static void names(Optional<String> fault, String... parts) {
        for (String part : parts) {
            assertTrue(fault.orElse("nothing").contains(part), () -> fault.orElse("nothing"));
        }
    }

    @Test
    void aWholeChainHasNoFault() {
        assertEquals(Optional.empty(), fault(root, server, middle));
        assertEquals(Optional.empty(), fault(root, server, middle, root));
        assertEquals(Optional.empty(), fault(middle, server));
    }

    @Test
    void aMissingIntermediateIsNamed() {
        names(fault(root, server), "server's own certificate 'server' was issued by 'Middle'", "holds 'Root'");
    }

    @Test
    void anExpiredIntermediateIsNamed() {
        Party old = new Party("Middle", root, NOW.minus(Duration.ofDays(1)));
        Party leaf = new Party("server", old, LATER);
        names(fault(root, leaf, old), "'Middle', number 2 of 2 in the server's chain, expired on 2026-05-31");
    }

    @Test
    void aWrongNeighbourIsNamed() {
        Party other = new Party("Other", root, LATER);
        names(fault(root, server, other), "'server' was issued by 'Middle'", "sends 'Other' after it");
    }

    @Test
    void aNamesakeOfTheRootIsNamed() {
        Party namesake = new Party("Root", null, LATER);
        names(fault(namesake, server, middle), "number 2 of 2", "'Root', but the root of that name", "another key");
    }

    @Test
    void aServerOfTheFutureIsTheClocksFault() {
        Party early = new Party("server", middle, NOW.plus(Duration.ofDays(1_000)));
        names(fault(root, early, middle), "valid only from", "clock");
    }
}
