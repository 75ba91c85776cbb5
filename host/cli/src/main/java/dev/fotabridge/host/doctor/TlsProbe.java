package dev.fotabridge.host.doctor;

import dev.fotabridge.host.proxy.ProxyServer;
import dev.fotabridge.host.proxy.Tunnel;
import dev.fotabridge.host.tls.ServerTrust;
import dev.fotabridge.host.tls.TrustedRoots;
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
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;

/**
 * A TLS handshake for the sake of the server's certificates. It trusts no more than the agent does, and shows no
 * certificate of ours: the server's come first, so that how the handshake ends does not matter then.
 * Tested by DoctorIT.
 */
final class TlsProbe {
    private static final int LIMIT_MILLIS = 10_000;

    private final TrustedRoots roots;
    private final Optional<ProxyServer> proxy;

    TlsProbe(TrustedRoots roots, Optional<ProxyServer> proxy) {
        this.roots = roots;
        this.proxy = proxy;
    }

    /**
     * Blocks for 20 s at most.
     *
     * @param alpn offered, if present
     * @return the server's certificates, its own first, which are trusted
     * @throws IOException when the handshake ended before that, see {@link
     *     dev.fotabridge.host.tls.ConnectionFault}
     */
    List<X509Certificate> look(String host, int port, Optional<String> alpn) throws IOException {
        try (Socket plain = new Socket()) {
            Recorder recorder = new Recorder(roots);
            connect(plain, host, port);
            plain.setSoTimeout(LIMIT_MILLIS);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {recorder}, null);
            SSLSocket socket = (SSLSocket) context.getSocketFactory().createSocket(plain, host, port, true);
            socket.setSSLParameters(parameters(socket.getSSLParameters(), host, alpn));
            return shakeHands(socket, recorder);
        } catch (GeneralSecurityException e) {
            throw new IOException("this Java has no TLS", e);
        }
    }

    private static List<X509Certificate> shakeHands(SSLSocket socket, Recorder recorder) throws IOException {
        try {
            socket.startHandshake();
        } catch (IOException e) {
            if (recorder.trusted.isEmpty()) {
                throw e;
            }
        }
        if (recorder.trusted.isEmpty()) {
            throw new IOException("the server showed no certificate");
        }
        return recorder.trusted;
    }

    private void connect(Socket socket, String host, int port) throws IOException {
        if (proxy.isPresent()) {
            Tunnel.open(socket, proxy.get(), host, port, LIMIT_MILLIS);
        } else {
            socket.connect(new InetSocketAddress(host, port), LIMIT_MILLIS);
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

    /** Notes what the server shows, once it is trusted. */
    private static final class Recorder extends ServerTrust {
        private List<X509Certificate> trusted = List.of();

        Recorder(TrustedRoots roots) throws GeneralSecurityException {
            super(roots);
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
                throws CertificateException {
            super.checkServerTrusted(chain, authType, socket);
            trusted = List.of(chain);
        }
    }
}
