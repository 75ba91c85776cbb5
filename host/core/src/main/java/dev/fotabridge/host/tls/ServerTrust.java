package dev.fotabridge.host.tls;

import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * Trusts servers exactly as the platform's own trust manager does, and finds out from the certificates why it refuses
 * one: all connections tell the same cause. Never decides by an exception's text, which changes with the Java that runs.
 * Tested by ConnectionFaultIT.
 */
public class ServerTrust extends X509ExtendedTrustManager {
    private final X509ExtendedTrustManager platform;
    private final TrustedRoots roots;

    /** @throws GeneralSecurityException if this Java has no TLS */
    public ServerTrust(TrustedRoots roots) throws GeneralSecurityException {
        this.platform = roots.platformTrust();
        this.roots = roots;
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        try {
            platform.checkServerTrusted(chain, authType, socket);
        } catch (CertificateException e) {
            SSLSession session = socket instanceof SSLSocket tls ? tls.getHandshakeSession() : null;
            throw refusal(chain, authType, session, e);
        }
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        try {
            platform.checkServerTrusted(chain, authType, engine);
        } catch (CertificateException e) {
            throw refusal(chain, authType, engine.getHandshakeSession(), e);
        }
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        try {
            platform.checkServerTrusted(chain, authType);
        } catch (CertificateException e) {
            throw refusal(chain, authType, null, e);
        }
    }

    private UntrustedServerException refusal(
            X509Certificate[] certificates, String authType, SSLSession session, CertificateException e) {
        ServerChain chain = new ServerChain(List.of(certificates), roots);
        ServerFault fault = chain.fault(Instant.now())
                .or(() -> otherName(chain, authType, session))
                .orElseGet(() -> chain.invalid(e));
        return new UntrustedServerException(fault, e);
    }

    /** Without the connection, the platform checks all but the host's name. */
    private Optional<ServerFault> otherName(ServerChain chain, String authType, SSLSession session) {
        if (session == null) {
            return Optional.empty();
        }
        try {
            platform.checkServerTrusted(chain.certificates().toArray(X509Certificate[]::new), authType);
            return Optional.of(chain.otherName(session.getPeerHost()));
        } catch (CertificateException e) {
            return Optional.empty();
        }
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        platform.checkClientTrusted(chain, authType, socket);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        platform.checkClientTrusted(chain, authType, engine);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        platform.checkClientTrusted(chain, authType);
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return platform.getAcceptedIssuers();
    }
}
