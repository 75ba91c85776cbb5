package dev.fotabridge.host.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fotabridge.fixtures.cloud.CertificateAuthority;
import dev.fotabridge.fixtures.cloud.KeyType;
import dev.fotabridge.host.api.ClientFiles;
import dev.fotabridge.host.api.FotaException;
import dev.fotabridge.host.api.Reason;
import java.io.IOException;
import java.io.Writer;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.openssl.PKCS8Generator;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.openssl.jcajce.JcaPKCS8Generator;
import org.bouncycastle.openssl.jcajce.JceOpenSSLPKCS8EncryptorBuilder;
import org.bouncycastle.openssl.jcajce.JcePEMEncryptorBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ClientIdentityTest {
    @TempDir
    Path directory;

    private CertificateAuthority authority;
    private Path certificate;
    private Path key;
    private Path root;

    /** Ways to write one key. */
    enum Form {
        TRADITIONAL,
        PKCS8,
        TRADITIONAL_ENCRYPTED,
        PKCS8_ENCRYPTED;

        boolean isEncrypted() {
            return name().endsWith("ENCRYPTED");
        }
    }

    @BeforeEach
    void issue() throws IOException {
        root = directory.resolve("root.pem");
        authority = CertificateAuthority.in(root, directory.resolve("root.key"));
        certificate = directory.resolve("thing.pem.crt");
        key = directory.resolve("thing.pem.key");
        authority.issueDevice("dk-1", KeyType.RSA, certificate, key);
    }

    @ParameterizedTest
    @EnumSource
    void readsEveryFormOfAnRsaKey(Form form) throws Exception {
        readsAndRefusesTheWrongPassword(form);
    }

    @ParameterizedTest
    @EnumSource
    void readsEveryFormOfAnEcKey(Form form) throws Exception {
        authority.issueDevice("dk-1", KeyType.EC, certificate, key);
        readsAndRefusesTheWrongPassword(form);
    }

    private void readsAndRefusesTheWrongPassword(Form form) throws Exception {
        rewrite(form);
        Optional<String> password = form.isEncrypted() ? Optional.of("secret") : Optional.empty();
        ClientIdentity.read(new ClientFiles(certificate, key, password, Optional.of(root)), Instant.now());
        if (form.isEncrypted()) {
            assertTrue(refusal(Optional.of("wrong"), Instant.now()).contains("check the password"));
            assertTrue(refusal(Optional.empty(), Instant.now()).contains("FOTA_BRIDGE_KEY_PASSWORD"));
        }
    }

    @Test
    void readsAKeyBehindItsCurve() throws Exception {
        authority.issueDevice("dk-1", KeyType.EC, certificate, key);
        rewrite(Form.TRADITIONAL);
        String curve = "-----BEGIN EC PARAMETERS-----\nBggqhkjOPQMBBw==\n-----END EC PARAMETERS-----\n";
        Files.writeString(key, curve + Files.readString(key));
        ClientIdentity.read(files(Optional.empty()), Instant.now());
    }

    /** OpenSSL goes by what is in the block, whatever its name is. */
    @ParameterizedTest
    @EnumSource
    void readsAKeyInABlockOfAnotherName(KeyType type) throws Exception {
        authority.issueDevice("dk-1", type, certificate, key);
        for (Form form : List.of(Form.TRADITIONAL, Form.PKCS8)) {
            rewrite(form);
            String text = Files.readString(key);
            for (String name : List.of("PRIVATE KEY", "RSA PRIVATE KEY", "EC PRIVATE KEY")) {
                Files.writeString(key, text.replaceAll("(BEGIN|END) [A-Z ]*PRIVATE KEY", "$1 " + name));
                ClientIdentity.read(files(Optional.empty()), Instant.now());
            }
            Files.writeString(key, text);
        }
    }

    @Test
    void saysWhichOfSeveralCertificatesTheKeyIsOf() throws Exception {
        String own = Files.readString(certificate);
        Files.writeString(certificate, Files.readString(root) + own);
        assertTrue(refusal(Optional.empty(), Instant.now()).contains("belongs to number 2 of the certificates"));
        Files.writeString(certificate, own + Files.readString(root));
        ClientIdentity.read(files(Optional.empty()), Instant.now());
        Files.writeString(certificate, own + own + Files.readString(root));
        ClientIdentity.read(files(Optional.empty()), Instant.now());
    }

    /** The certificate is a good one, and so no reason to issue another. */
    @Test
    void aKeyOnAnUnknownCurveDoesNotBelongToAnyOtherCertificate() throws Exception {
        write(key, new JcaPKCS8Generator(onUnknownCurve().getPrivate(), null));
        String refusal = refusal(Optional.empty(), Instant.now());
        assertTrue(refusal.contains(key + " does not belong to the certificate " + certificate), refusal);
    }

    private static KeyPair onUnknownCurve() throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC", new BouncyCastleProvider());
        generator.initialize(new ECGenParameterSpec("secp256k1"));
        return generator.generateKeyPair();
    }

    /** Java reads both and cannot sign: they do belong together. */
    @Test
    void namesACurveThatThisJavaCannotUse() throws Exception {
        KeyPair pair = onUnknownCurve();
        X500Name name = new X500Name("CN=k1");
        Date now = new Date();
        var made = new JcaX509v3CertificateBuilder(
                        name, BigInteger.ONE, now, new Date(now.getTime() + 100_000), name, pair.getPublic())
                .build(new JcaContentSignerBuilder("SHA256withECDSA")
                        .setProvider(new BouncyCastleProvider())
                        .build(pair.getPrivate()));
        write(certificate, made);
        write(key, new JcaPKCS8Generator(pair.getPrivate(), null));
        String refusal = refusal(Optional.empty(), Instant.now());
        assertTrue(refusal.contains("secp256k1"), refusal);
        assertFalse(refusal.contains("does not belong"), refusal);
    }

    private static void write(Path file, Object part) throws IOException {
        try (Writer out = Files.newBufferedWriter(file);
                JcaPEMWriter pem = new JcaPEMWriter(out)) {
            pem.writeObject(part);
        }
    }

    @Test
    void saysWhyAFileCannotBeRead() throws Exception {
        key = certificate.resolve("x");
        assertFalse(refusal(Optional.empty(), Instant.now()).endsWith("cannot be read."));
    }

    @Test
    void refusesAKeyOfAnotherCertificate() throws Exception {
        for (KeyType type : KeyType.values()) {
            authority.issueDevice("dk-2", type, directory.resolve("other.crt"), key);
            assertTrue(refusal(Optional.empty(), Instant.now()).contains("does not belong"));
        }
    }

    @Test
    void looksAtTheCalendar() throws Exception {
        Instant now = Instant.now();
        assertTrue(refusal(Optional.empty(), now.plus(Duration.ofDays(5_000))).contains("expired"));
        assertTrue(refusal(Optional.empty(), now.minus(Duration.ofDays(5_000))).contains("clock"));
    }

    @Test
    void namesTheFileThatIsMissingOrWrong() throws Exception {
        Path there = key;
        key = directory.resolve("nowhere.key");
        assertTrue(refusal(Optional.empty(), Instant.now()).contains("nowhere.key does not exist"));
        key = certificate;
        assertTrue(refusal(Optional.empty(), Instant.now()).contains("other one of the two"));
        key = Files.writeString(directory.resolve("empty.key"), "");
        assertTrue(refusal(Optional.empty(), Instant.now()).contains("empty.key is empty"));
        key = Files.writeString(
                directory.resolve("damaged.key"), "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n");
        assertTrue(refusal(Optional.empty(), Instant.now()).contains("damaged.key is damaged"));
        key = there;
        certificate = directory.resolve("nowhere.crt");
        assertTrue(refusal(Optional.empty(), Instant.now()).contains("nowhere.crt does not exist"));
        certificate = there;
        assertTrue(refusal(Optional.empty(), Instant.now()).contains("certificate"));
        certificate = directory.resolve("thing.pem.crt");
        root = directory.resolve("nowhere.pem");
        assertTrue(refusal(Optional.empty(), Instant.now()).contains("CA file"));
    }

    @Test
    void warnsOfAKeyThatOthersCanRead() throws Exception {
        Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-r--r--"));
        assertFalse(ClientIdentity.read(files(Optional.empty()), Instant.now())
                .warnings()
                .isEmpty());
        Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-------"));
        assertTrue(ClientIdentity.read(files(Optional.empty()), Instant.now())
                .warnings()
                .isEmpty());
    }

    private String refusal(Optional<String> password, Instant now) {
        FotaException refusal = assertThrows(FotaException.class, () -> ClientIdentity.read(files(password), now));
        assertEquals(Reason.CREDENTIALS, refusal.reason());
        return refusal.getMessage();
    }

    private ClientFiles files(Optional<String> password) {
        return new ClientFiles(certificate, key, password, Optional.of(root));
    }

    private void rewrite(Form form) throws Exception {
        var privateKey = PrivateKeyFile.read(key, Optional.empty());
        char[] secret = "secret".toCharArray();
        try (Writer out = Files.newBufferedWriter(key);
                JcaPEMWriter pem = new JcaPEMWriter(out)) {
            switch (form) {
                case TRADITIONAL -> pem.writeObject(privateKey);
                case PKCS8 -> pem.writeObject(new JcaPKCS8Generator(privateKey, null));
                case TRADITIONAL_ENCRYPTED ->
                    pem.writeObject(
                            privateKey,
                            new JcePEMEncryptorBuilder("AES-128-CBC")
                                    .setProvider(new BouncyCastleProvider())
                                    .build(secret));
                case PKCS8_ENCRYPTED ->
                    pem.writeObject(new JcaPKCS8Generator(
                            privateKey,
                            new JceOpenSSLPKCS8EncryptorBuilder(PKCS8Generator.AES_256_CBC)
                                    .setProvider(new BouncyCastleProvider())
                                    .setPassword(secret)
                                    .build()));
            }
        }
    }
}
