package dev.fotabridge.host.tls;

import dev.fotabridge.host.api.FotaException;
import dev.fotabridge.host.api.Reason;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import javax.net.ssl.X509TrustManager;

/**
 * The root certificates that servers are checked against.
 * Tested by ServerChainTest.
 *
 * @param certificates at least one
 * @param name what they are to people, e.g. {@code the CA file ca.pem}
 */
public record TrustedRoots(List<X509Certificate> certificates, String name) {
    private static final String SYSTEM = "this system's root certificates";

    public TrustedRoots {
        certificates = List.copyOf(certificates);
    }

    /**
     * Those of the file only, or the system's without one; blocks for as long as the disk takes.
     *
     * @throws FotaException CREDENTIALS when they cannot be used
     */
    public static TrustedRoots of(Optional<Path> ca) throws FotaException {
        return ca.isEmpty()
                ? new TrustedRoots(system(), SYSTEM)
                : new TrustedRoots(TlsFiles.certificates(ca.get(), "CA file"), "the CA file " + ca.get());
    }

    /**
     * The system's and, if given, those of the file; blocks for as long as the disk takes.
     *
     * @throws FotaException CREDENTIALS when they cannot be used
     */
    public static TrustedRoots andSystem(Optional<Path> ca) throws FotaException {
        List<X509Certificate> both = new ArrayList<>(system());
        if (ca.isEmpty()) {
            return new TrustedRoots(both, SYSTEM);
        }
        both.addAll(TlsFiles.certificates(ca.get(), "CA file"));
        return new TrustedRoots(both, SYSTEM + " and the CA file " + ca.get());
    }

    private static List<X509Certificate> system() throws FotaException {
        try {
            List<X509Certificate> roots = new ArrayList<>();
            for (TrustManager manager : factory(null).getTrustManagers()) {
                if (manager instanceof X509TrustManager x509) {
                    roots.addAll(Arrays.asList(x509.getAcceptedIssuers()));
                }
            }
            return roots;
        } catch (GeneralSecurityException e) {
            throw new FotaException(Reason.CREDENTIALS, "The system's root certificates cannot be used.", e);
        }
    }

    /** The platform's judge with these roots. */
    X509ExtendedTrustManager platformTrust() throws GeneralSecurityException {
        try {
            KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            for (int i = 0; i < certificates.size(); i++) {
                store.setCertificateEntry("root-" + i, certificates.get(i));
            }
            return (X509ExtendedTrustManager) factory(store).getTrustManagers()[0];
        } catch (IOException e) {
            throw new GeneralSecurityException("an empty key store in memory needs no input", e);
        }
    }

    /** @param store null for the system's roots */
    private static TrustManagerFactory factory(KeyStore store) throws GeneralSecurityException {
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store);
        return factory;
    }
}
