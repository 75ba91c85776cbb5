package dev.fotabridge.host.tls;

import dev.fotabridge.host.api.ClientFiles;
import dev.fotabridge.host.api.FotaException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A thing's certificate and key, checked against each other and against the calendar before anything is connected to. */
public final class ClientIdentity {
    private static final Logger LOG = LoggerFactory.getLogger(ClientIdentity.class);

    /** Any bytes: signed with the key and checked with the certificate. */
    private static final byte[] MESSAGE = {1, 2, 3};

    private final SSLContext context;
    private final List<String> warnings;

    private ClientIdentity(SSLContext context, List<String> warnings) {
        this.context = context;
        this.warnings = List.copyOf(warnings);
    }

    /**
     * Reads and checks the files; blocks for as long as the disk takes.
     *
     * @param now the time that the certificate must be valid at
     * @throws FotaException CREDENTIALS with a sentence that names the file and what to do
     */
    public static ClientIdentity read(ClientFiles files, Instant now) throws FotaException {
        // A file that was put together twice is none that a server would refuse.
        List<X509Certificate> chain = TlsFiles.certificates(files.certificate(), "certificate").stream()
                .distinct()
                .toList();
        PrivateKey key = PrivateKeyFile.read(files.key(), files.keyPassword());
        requireValid(chain.get(0), files.certificate(), now);
        requireMatch(chain, key, files);
        TrustedRoots roots = TrustedRoots.of(files.ca());
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keyManagers(chain, key), new TrustManager[] {new ServerTrust(roots)}, null);
            return new ClientIdentity(context, warnings(files.key()));
        } catch (GeneralSecurityException | IOException e) {
            throw TlsFiles.refusal("The certificate " + files.certificate() + " cannot be used for TLS.", e);
        }
    }

    /** For TLS with the client's certificate; trusts the given roots only. */
    public SSLContext context() {
        return context;
    }

    /** Sentences for people, such as a key that others can read; may be empty. */
    public List<String> warnings() {
        return warnings;
    }

    private static void requireValid(X509Certificate certificate, Path file, Instant now) throws FotaException {
        Date date = Date.from(now);
        if (date.after(certificate.getNotAfter())) {
            throw TlsFiles.refusal(
                    "The certificate " + file + " expired on "
                            + certificate.getNotAfter().toInstant() + ": issue a new one.",
                    null);
        }
        if (date.before(certificate.getNotBefore())) {
            throw TlsFiles.refusal(
                    "The certificate " + file + " is valid only from "
                            + certificate.getNotBefore().toInstant() + ": check this machine's clock.",
                    null);
        }
    }

    private static void requireMatch(List<X509Certificate> chain, PrivateKey key, ClientFiles files)
            throws FotaException {
        int owner = 0;
        while (owner < chain.size() && !isPair(chain.get(owner).getPublicKey(), key)) {
            owner++;
        }
        if (owner == chain.size()) {
            throw TlsFiles.refusal(
                    unusable(chain.get(0), key, files)
                            .orElse("The private key " + files.key() + " does not belong to the certificate "
                                    + files.certificate() + ": use the two that were issued together."),
                    null);
        }
        if (owner > 0) {
            throw TlsFiles.refusal(
                    "The private key " + files.key() + " belongs to number " + (owner + 1) + " of the certificates in "
                            + files.certificate() + ": put that one first.",
                    null);
        }
    }

    private static boolean isPair(PublicKey publicKey, PrivateKey key) {
        try {
            return publicKey.getAlgorithm().equals(key.getAlgorithm()) && signsFor(publicKey, key);
        } catch (GeneralSecurityException | RuntimeException e) {
            // Java's way to say that it cannot use one of them.
            return false;
        }
    }

    /** A certificate for a kind of key that Java reads and cannot sign with, such as one on a curve that it has no longer. */
    private static Optional<String> unusable(X509Certificate certificate, PrivateKey key, ClientFiles files) {
        AlgorithmIdentifier algorithm = SubjectPublicKeyInfo.getInstance(
                        certificate.getPublicKey().getEncoded())
                .getAlgorithm();
        boolean sameKind = PrivateKeyInfo.getInstance(key.getEncoded())
                .getPrivateKeyAlgorithm()
                .equals(algorithm);
        if (!sameKind || canSign(key)) {
            return Optional.empty();
        }
        return Optional.of("The certificate " + files.certificate() + " is for " + KeyKind.of(algorithm)
                + ": this Java cannot sign with it. Issue one for RSA-2048 or EC P-256.");
    }

    private static boolean canSign(PrivateKey key) {
        try {
            signature(key);
            return true;
        } catch (GeneralSecurityException | RuntimeException e) {
            // Java's way to say that it cannot.
            return false;
        }
    }

    private static boolean signsFor(PublicKey publicKey, PrivateKey key) throws GeneralSecurityException {
        Signature verifier = Signature.getInstance(algorithm(key));
        verifier.initVerify(publicKey);
        verifier.update(MESSAGE);
        return verifier.verify(signature(key));
    }

    private static byte[] signature(PrivateKey key) throws GeneralSecurityException {
        Signature signer = Signature.getInstance(algorithm(key));
        signer.initSign(key);
        signer.update(MESSAGE);
        return signer.sign();
    }

    private static String algorithm(PrivateKey key) {
        return key.getAlgorithm().equals("RSA") ? "SHA256withRSA" : "SHA256withECDSA";
    }

    private static KeyManager[] keyManagers(List<X509Certificate> chain, PrivateKey key)
            throws GeneralSecurityException, IOException {
        char[] noPassword = new char[0];
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setKeyEntry("thing", key, noPassword, chain.toArray(X509Certificate[]::new));
        KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(store, noPassword);
        return factory.getKeyManagers();
    }

    /** A look only: where the system cannot tell, nothing is said. */
    private static List<String> warnings(Path key) {
        List<String> warnings = new ArrayList<>();
        try {
            Set<PosixFilePermission> mode = Files.getPosixFilePermissions(key);
            if (mode.contains(PosixFilePermission.OTHERS_READ) || mode.contains(PosixFilePermission.GROUP_READ)) {
                warnings.add("Others can read the private key " + key + ": chmod 600 it.");
            }
        } catch (IOException | UnsupportedOperationException e) {
            LOG.debug("who can read the private key {} is not known ({})", key, e.toString());
        }
        return warnings;
    }
}
