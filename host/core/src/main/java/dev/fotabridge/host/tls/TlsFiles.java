package dev.fotabridge.host.tls;

import dev.fotabridge.host.api.ClientFiles;
import dev.fotabridge.host.api.FotaException;
import dev.fotabridge.host.api.Reason;
import dev.fotabridge.host.store.NamedFile;
import dev.fotabridge.host.tls.PemText.Block;
import java.io.ByteArrayInputStream;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;

/**
 * Makes TLS contexts out of PEM files; nothing of them is ever written to disk again. Every refusal names the file.
 * Tested by PemTextTest.
 */
public final class TlsFiles {
    private static final int MAX_FILE_BYTES = 1 << 20;

    /** As OpenSSL takes them. */
    private static final Set<String> CERTIFICATES = Set.of("CERTIFICATE", "X509 CERTIFICATE", "TRUSTED CERTIFICATE");

    private TlsFiles() {}

    /**
     * For servers of objects: the system's roots and, if given, those in a file.
     *
     * @throws FotaException CREDENTIALS when the file cannot be used
     */
    public static SSLContext serverTrust(Optional<Path> ca) throws FotaException {
        TrustedRoots roots = TrustedRoots.andSystem(ca);
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {new ServerTrust(roots)}, null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new FotaException(Reason.CREDENTIALS, "The trusted root certificates cannot be used.", e);
        }
    }

    /**
     * All certificates of a PEM file, in its order; at least one.
     *
     * @param what the file is to people, e.g. {@code CA file}
     * @throws FotaException CREDENTIALS with a sentence that names the file
     */
    public static List<X509Certificate> certificates(Path file, String what) throws FotaException {
        byte[] bytes = bytes(file, what);
        PemText pem = new PemText(bytes);
        List<Block> blocks = pem.blocks(CERTIFICATES::contains);
        if (blocks.isEmpty() && !pem.isBinary()) {
            boolean key = !pem.blocks(type -> type.endsWith("PRIVATE KEY")).isEmpty();
            throw refusal(
                    "The " + what + " " + file + " "
                            + (key
                                    ? "holds a private key and no certificate: it is the other one of the two files."
                                    : pem.why("certificate")),
                    null);
        }
        try {
            List<byte[]> encoded = blocks.isEmpty()
                    ? List.of(bytes)
                    : blocks.stream().map(Block::der).toList();
            return decode(encoded, what, file);
        } catch (CertificateException | IllegalArgumentException e) {
            String cause = pem.cause();
            throw refusal(
                    "The " + what + " " + file + " " + (cause.isEmpty() ? "is damaged: it cannot be decoded." : cause),
                    e);
        }
    }

    /** Of each only the certificate itself: OpenSSL's trust settings may stand behind it (TRUSTED CERTIFICATE). */
    private static List<X509Certificate> decode(List<byte[]> encoded, String what, Path file)
            throws CertificateException, FotaException {
        CertificateFactory factory = CertificateFactory.getInstance("X.509");
        List<X509Certificate> found = new ArrayList<>();
        for (byte[] der : encoded) {
            try {
                found.add((X509Certificate) factory.generateCertificate(new ByteArrayInputStream(der)));
            } catch (CertificateException e) {
                String kind = KeyKind.ofUnreadable(der).orElseThrow(() -> e);
                throw refusal(
                        "The " + what + " " + file + " holds a certificate for " + kind
                                + ": make a key on the named curve P-256 and issue a certificate for it.",
                        e);
            }
        }
        return found;
    }

    /**
     * The private key of a PEM file, in any form that {@link ClientFiles} allows.
     *
     * @throws FotaException CREDENTIALS with a sentence that names the file
     */
    public static PrivateKey privateKey(Path file, Optional<String> password) throws FotaException {
        return PrivateKeyFile.read(file, password);
    }

    /** Bounded while reading: the size of a pipe or a device says nothing. */
    static byte[] bytes(Path file, String what) throws FotaException {
        byte[] bytes = NamedFile.read(file, what, MAX_FILE_BYTES, Reason.CREDENTIALS);
        if (bytes.length > MAX_FILE_BYTES) {
            throw refusal("The " + what + " " + file + " is far too large.", null);
        }
        return bytes;
    }

    static FotaException refusal(String sentence, Exception cause) {
        return new FotaException(Reason.CREDENTIALS, sentence, cause);
    }
}
