package dev.fotabridge.host.jobs.paho;

import dev.fotabridge.host.proxy.ProxyServer;
import dev.fotabridge.host.proxy.Tunnel;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import javax.net.SocketFactory;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

/**
 * A socket that is TLS from its connect on. Paho is told to speak plain TCP and is given these, because its own TLS module
 * replaces the SSLParameters twice while it starts and so loses ALPN, which port 443 of AWS needs. Here they are set once:
 * TLS 1.2 or newer, server name, ALPN, and the check that the certificate names the host; through a proxy the same.
 */
final class TlsSocket extends Socket {
    /** ALPN for MQTT with a client certificate; needed on port 443 and ignored on 8883. */
    static final String ALPN = "x-amzn-mqtt-ca";

    private final Factory factory;
    private final Socket plain = new Socket();
    private final CountDownLatch writing = new CountDownLatch(1);
    private volatile SSLSocket secure;
    private InputStream input;
    private OutputStream output;

    private TlsSocket(Factory factory) {
        this.factory = factory;
    }

    @Override
    public void connect(SocketAddress endpoint, int timeoutMillis) throws IOException {
        try {
            connectAndShakeHands((InetSocketAddress) endpoint, timeoutMillis);
        } catch (IOException e) {
            cut();
            throw e;
        }
    }

    private void connectAndShakeHands(InetSocketAddress endpoint, int timeoutMillis) throws IOException {
        if (factory.proxy.isPresent()) {
            Tunnel.open(plain, factory.proxy.get(), factory.host, endpoint.getPort(), timeoutMillis);
        } else {
            plain.connect(endpoint, timeoutMillis);
        }
        factory.stage = Stage.REACHED;
        plain.setTcpNoDelay(true);
        plain.setSoTimeout(timeoutMillis);
        SSLSocket socket = (SSLSocket)
                factory.context.getSocketFactory().createSocket(plain, factory.host, endpoint.getPort(), true);
        SSLParameters parameters = socket.getSSLParameters();
        parameters.setProtocols(new String[] {"TLSv1.3", "TLSv1.2"});
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        if (factory.alpn) {
            parameters.setApplicationProtocols(new String[] {ALPN});
        }
        if (!isAddress(factory.host)) {
            parameters.setServerNames(List.of(new SNIHostName(factory.host)));
        }
        socket.setSSLParameters(parameters);
        secure = socket;
        socket.startHandshake();
        // Taken now: once the server has turned us down they are not given any more, and Paho must meet that later.
        input = new BoundedPackets(new PatientInput(socket.getInputStream(), writing, factory::failedEarly));
        output = new AnnouncingOutput(socket.getOutputStream(), writing);
        factory.stage = Stage.SECURED;
    }

    /** A server name is a name, never an address (RFC 6066, 3). */
    private static boolean isAddress(String host) {
        return host.indexOf(':') >= 0 || host.matches("[0-9.]+");
    }

    @Override
    public void setSoTimeout(int millis) throws SocketException {
        (secure == null ? plain : secure).setSoTimeout(millis);
    }

    @Override
    public InputStream getInputStream() throws IOException {
        return connected(input);
    }

    @Override
    public OutputStream getOutputStream() throws IOException {
        return connected(output);
    }

    private static <T> T connected(T stream) throws SocketException {
        if (stream == null) {
            throw new SocketException("not connected");
        }
        return stream;
    }

    /** Paho's farewell: its connecting thread is past all waiting, so nothing needs holding back any more. */
    @Override
    public void close() throws IOException {
        writing.countDown();
        cut();
    }

    /** Closes the plain socket first: TLS's farewell could block on a peer that reads nothing. */
    private void cut() throws IOException {
        plain.close();
        if (secure != null) {
            secure.close();
        }
    }

    /** What Paho takes sockets from. Not an SSLSocketFactory, since Paho refuses those for plain TCP. */
    static final class Factory extends SocketFactory {
        private final SSLContext context;
        private final String host;
        private final boolean alpn;
        private final Optional<ProxyServer> proxy;
        private volatile TlsSocket last;
        private volatile Stage stage = Stage.NOWHERE;
        private volatile IOException earlyFailure;

        Factory(SSLContext context, String host, boolean alpn, Optional<ProxyServer> proxy) {
            this.context = context;
            this.host = host;
            this.alpn = alpn;
            this.proxy = proxy;
        }

        @Override
        public Socket createSocket() {
            last = new TlsSocket(this);
            return last;
        }

        private void failedEarly(IOException failure) {
            if (earlyFailure == null) {
                earlyFailure = failure;
            }
        }

        /** Why a connection ended at its start, when what Paho reports may be only a consequence; may be null. */
        IOException earlyFailure() {
            return earlyFailure;
        }

        /** How far the last connection came. */
        Stage stage() {
            return stage;
        }

        /** Makes whatever waits for the last socket fail now. */
        void abort() {
            try {
                if (last != null) {
                    last.cut();
                }
            } catch (IOException e) {
                // It is of no use any more, closed or not.
                return;
            }
        }

        @Override
        public Socket createSocket(String host, int port) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Socket createSocket(String host, int port, InetAddress local, int localPort) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Socket createSocket(InetAddress address, int port) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Socket createSocket(InetAddress address, int port, InetAddress local, int localPort) {
            throw new UnsupportedOperationException();
        }
    }
}
