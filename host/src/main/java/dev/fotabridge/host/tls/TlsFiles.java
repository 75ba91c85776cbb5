package dev.fotabridge.host.tls;

import dev.fotabridge.host.outcome.FotaException;
import dev.fotabridge.host.outcome.Reason;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;

/** Makes TLS contexts out of PEM files; nothing of them is ever written to disk again. Every refusal names the file. */
public final class TlsFiles {
    private static final long MAX_FILE_BYTES = 1 << 20;

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
        requireReadable(file, what);
        try (InputStream in = Files.newInputStream(file)) {
            List<X509Certificate> found = new ArrayList<>();
            for (Certificate certificate :
                    CertificateFactory.getInstance("X.509").generateCertificates(in)) {
                found.add((X509Certificate) certificate);
            }
            if (found.isEmpty()) {
                throw refusal(
                        "The " + what + " " + file + " holds no certificate (-----BEGIN CERTIFICATE-----).", null);
            }
            return found;
        } catch (CertificateException e) {
            throw refusal("The " + what + " " + file + " is no certificate in PEM form.", e);
        } catch (IOException e) {
            throw unreadable(file, what, e);
        }
    }

    /**
     * The private key of a PEM file, in any form that {@link ClientFiles} allows.
     *
     * @throws FotaException CREDENTIALS with a sentence that names the file
     */
    public static PrivateKey privateKey(Path file, Optional<String> password) throws FotaException {
        return PrivateKeyFile.read(file, password);
    }

    static void requireReadable(Path file, String what) throws FotaException {
        try {
            if (Files.size(file) > MAX_FILE_BYTES) {
                throw refusal("The " + what + " " + file + " is far too large.", null);
            }
            if (Files.isDirectory(file)) {
                throw refusal("The " + what + " " + file + " is a directory.", null);
            }
        } catch (IOException e) {
            throw unreadable(file, what, e);
        }
    }

    static FotaException unreadable(Path file, String what, IOException cause) {
        String why = cause instanceof NoSuchFileException ? " does not exist." : " cannot be read.";
        return refusal("The " + what + " " + file + why, cause);
    }

    static FotaException refusal(String sentence, Exception cause) {
        return new FotaException(Reason.CREDENTIALS, sentence, cause);
    }
}
