package dev.fotabridge.host.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.DERTaggedObject;
import org.bouncycastle.asn1.DERUTF8String;
import org.bouncycastle.asn1.x509.GeneralName;
import org.junit.jupiter.api.Test;

/** Of a chain of three, the wrong one is named. */
final class ServerChainTest {
    private static final Instant NOW = Instant.parse("2026-06-01T00:00:00Z");
    private static final Instant LATER = NOW.plus(Duration.ofDays(100));

    private final TestCertificate root = TestCertificate.authority("Root", null, LATER);
    private final TestCertificate middle = TestCertificate.authority("Middle", root, LATER);
    private final TestCertificate server = TestCertificate.server("server", middle, LATER);

    private static Optional<String> fault(TestCertificate trusted, TestCertificate... chain) {
        List<X509Certificate> certificates =
                List.of(chain).stream().map(p -> p.certificate).toList();
        return new ServerChain(certificates, new TrustedRoots(List.of(trusted.certificate), "the CA file ca.pem"))
                .fault(NOW)
                .map(fault -> fault.seen() + " " + fault.advice());
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
        names(fault(root, server), "was issued by 'Middle'", "does not send", "holds 'Root'");
    }

    @Test
    void anExpiredIntermediateIsNamed() {
        TestCertificate old = TestCertificate.authority("Middle", root, NOW.minus(Duration.ofDays(1)));
        TestCertificate leaf = TestCertificate.server("server", old, LATER);
        names(fault(root, leaf, old), "'Middle', number 2 of 2 in the server's chain, which expired on 2026-05-31");
    }

    @Test
    void aWrongNeighbourIsNamed() {
        TestCertificate other = TestCertificate.authority("Other", root, LATER);
        names(fault(root, server, other), "was issued by 'Middle'", "sends 'Other' after it");
    }

    @Test
    void aNamesakeOfTheRootIsNamed() {
        TestCertificate namesake = TestCertificate.authority("Root", null, LATER);
        names(fault(namesake, server, middle), "number 2 of 2", "'Root', but the root of that name", "another key");
    }

    @Test
    void aServerOfTheFutureIsTheClocksFault() {
        TestCertificate early = TestCertificate.server("server", middle, NOW.plus(Duration.ofDays(1_000)));
        names(fault(root, early, middle), "is not valid yet", "clock");
    }

    /** An otherName is an array of bytes to Java, whose text is its address in memory. */
    @Test
    void namesThatNoHostCanHaveAreNotShown() {
        GeneralName other = new GeneralName(GeneralName.otherName, new DERSequence(new ASN1Encodable[] {
            new ASN1ObjectIdentifier("1.2.3.4"), new DERTaggedObject(true, 0, new DERUTF8String("hello"))
        }));
        ServerChain chain = new ServerChain(
                List.of(TestCertificate.server(other, root, LATER).certificate),
                new TrustedRoots(List.of(root.certificate), "roots"));
        String seen = chain.otherName("localhost").seen();
        assertEquals("names another host: it is for no host, not for localhost.", seen);
    }
}
