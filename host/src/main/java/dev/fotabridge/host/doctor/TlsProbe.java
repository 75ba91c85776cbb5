package dev.fotabridge.host.doctor;

import dev.fotabridge.host.proxy.ProxyServer;
import dev.fotabridge.host.proxy.Tunnel;
import dev.fotabridge.host.tls.TlsFiles;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * A TLS handshake for the sake of the server's certificates. It trusts no more than the agent does, and shows no
 * certificate of ours: the server's come first, so that how the handshake ends does not matter then.
 */
final class TlsProbe {
    private static final int LIMIT_MILLIS = 10_000;

    private final List<X509Certificate> roots;
    private final Optional<ProxyServer> proxy;

    TlsProbe(List<X509Certificate> roots, Optional<ProxyServer> proxy) {
        this.roots = roots;
        this.proxy = proxy;
    }

    /**
     * What the server showed.
     *
     * @param chain its own certificate first
     * @param refusal why it is not trusted; empty if it is
     */
    record Seen(List<X509Certificate> chain, Optional<CertificateException> refusal) {}

    /**
     * Blocks for 20 s at most.
     *
     * @param alpn offered, if present
     * @throws IOException when the handshake ended before the server showed a certificate
     */
    Seen look(String host, int port, Optional<String> alpn) throws IOException {
        Recorder recorder = recorder();
        try (Socket plain = new Socket()) {
            connect(plain, host, port);
            plain.setSoTimeout(LIMIT_MILLIS);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {recorder}, null);
            SSLSocket socket = (SSLSocket) context.getSocketFactory().createSocket(plain, host, port, true);
            socket.setSSLParameters(parameters(socket.getSSLParameters(), host, alpn));
            socket.startHandshake();
        } catch (IOException e) {
            if (recorder.seen == null) {
                throw e;
            }
        } catch (GeneralSecurityException e) {
            throw new IOException("this Java has no TLS", e);
        }
        if (recorder.seen == null) {
            throw new IOException("the server showed no certificate");
        }
        return recorder.seen;
    }

    private void connect(Socket socket, String host, int port) throws IOException {
        if (proxy.isPresent()) {
            Tunnel.open(socket, proxy.get(), host, port, LIMIT_MILLIS);
        } else {
            socket.connect(new InetSocketAddress(host, port), LIMIT_MILLIS);
        }
    }

    private Recorder recorder() throws IOException {
        try {
            return new Recorder((X509ExtendedTrustManager) TlsFiles.trustManagers(roots)[0]);
        } catch (GeneralSecurityException e) {
            throw new IOException("the trusted roots cannot be used", e);
        }
    }

    private static SSLParameters parameters(SSLParameters parameters, String host, Optional<String> alpn) {
        parameters.setProtocols(new String[] {"TLSv1.3", "TLSv1.2"});
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        alpn.ifPresent(name -> parameters.setApplicationProtocols(new String[] {name}));
        if (host.indexOf(':') < 0 && !host.matches("[0-9.]+")) {
            parameters.setServerNames(List.of(new SNIHostName(host)));
        }
        return parameters;
    }

    /** Notes what the server shows and what the real trust manager says to it. */
    private static final class Recorder extends X509ExtendedTrustManager {
        private final X509ExtendedTrustManager judge;
        private Seen seen;

        Recorder(X509ExtendedTrustManager judge) {
            this.judge = judge;
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
                throws CertificateException {
            seen = new Seen(List.of(chain), Optional.empty());
            try {
                judge.checkServerTrusted(chain, authType, socket);
            } catch (CertificateException e) {
                seen = new Seen(List.of(chain), Optional.of(e));
                throw e;
            }
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
                throws CertificateException {
            throw new CertificateException("only sockets are used here");
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType) throws CertificateException {
            throw new CertificateException("only sockets are used here");
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket)
                throws CertificateException {
            throw new CertificateException("we are no server");
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
                throws CertificateException {
            throw new CertificateException("we are no server");
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType) throws CertificateException {
            throw new CertificateException("we are no server");
        }

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return judge.getAcceptedIssuers();
        }
    }
}
