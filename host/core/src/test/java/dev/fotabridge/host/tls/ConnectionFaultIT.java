package dev.fotabridge.host.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fotabridge.host.tls.ConnectionFault.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Real handshakes: each cause has a sentence and an advice of its own. */
@Tag("real")
final class ConnectionFaultIT {
    private static final Instant NOW = Instant.now();
    private static final Instant LATER = NOW.plus(Duration.ofDays(100));
    private static final Duration DAY = Duration.ofDays(1);

    private final TestCertificate root = TestCertificate.authority("Root", null, LATER);
    private final TestCertificate middle = TestCertificate.authority("Middle", root, LATER);
    private final TestCertificate server = TestCertificate.server("localhost", middle, LATER);

    @Test
    void aChainThatIsWholeIsTrusted() throws Exception {
        try (SSLServerSocket socket = listen(server, middle)) {
            connect(socket);
        }
    }

    @Test
    void anExpiredServerIsNotTheCaFilesFault() throws Exception {
        TestCertificate old = TestCertificate.server("localhost", middle, NOW.minus(DAY));
        untrusted(listen(old, middle), "The certificate of server:8883 expired on 20", "renewed");
    }

    @Test
    void aServerOfTheFutureIsTheClocksFault() throws Exception {
        TestCertificate early = TestCertificate.server(
                "localhost", middle, NOW.plus(TestCertificate.LIFE).plus(DAY));
        untrusted(listen(early, middle), "is not valid yet: only from 20", "clock says 20", "Set this machine's clock");
    }

    @Test
    void anotherHostsCertificateIsNamed() throws Exception {
        TestCertificate other = TestCertificate.server("other.example", middle, LATER);
        untrusted(listen(other, middle), "names another host: it is for other.example, not for localhost");
    }

    @Test
    void aMissingIntermediateIsNamed() throws Exception {
        untrusted(listen(server), "was issued by 'Middle', whose certificate the server does not send", "send that");
    }

    @Test
    void anUnknownRootIsNamed() throws Exception {
        TestCertificate stranger = TestCertificate.authority("Stranger", null, LATER);
        TestCertificate between = TestCertificate.authority("Between", stranger, LATER);
        TestCertificate leaf = TestCertificate.server("localhost", between, LATER);
        untrusted(listen(leaf, between), "issued by 'Stranger', which is not in the CA file ca.pem; that holds 'Root'");
        untrusted(listen(leaf, between, stranger), "comes from the root 'Stranger', which is not in the CA file");
    }

    @Test
    void aServerThatSignsItselfIsNamed() throws Exception {
        untrusted(listen(TestCertificate.server("localhost", null, LATER)), "is signed by itself, which is not in");
    }

    @Test
    void aClientsCertificateAtTheServerIsNamed() throws Exception {
        TestCertificate client = TestCertificate.client("localhost", middle, LATER);
        untrusted(listen(client, middle), "is not for a server");
    }

    @Test
    void aServerThatWantsOurCertificateSaysSo() throws Exception {
        SSLServerSocket socket = listen(server, middle);
        socket.setNeedClientAuth(true);
        ConnectionFault without = fault(socket, false);
        assertEquals(Kind.CLIENT_REFUSED, without.kind());
        contains(without, "server:8883 wants a certificate of the client, and none is given");
    }

    @Test
    void anOldServerIsNamed() throws Exception {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            CompletableFuture<Void> tls10 = answer(socket, new byte[] {21, 3, 1, 0, 2, 2, 70});
            ConnectionFault fault = refused(socket);
            assertEquals(Kind.NO_TLS, fault.kind());
            contains(fault, "speaks neither TLS 1.2 nor TLS 1.3");
            tls10.get(10, TimeUnit.SECONDS);
        }
    }

    @Test
    void aRefusedHandshakeIsNamed() throws Exception {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            CompletableFuture<Void> refusal = answer(socket, new byte[] {21, 3, 3, 0, 2, 2, 40});
            contains(refused(socket), "refuses the TLS handshake (TLS alert handshake_failure)");
            refusal.get(10, TimeUnit.SECONDS);
        }
    }

    @Test
    void anotherServiceIsNamed() throws Exception {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            CompletableFuture<Void> http = answer(socket, "HTTP/1.1 400 Bad Request\r\n\r\n".getBytes());
            contains(refused(socket), "server:8883 answers, but not in TLS");
            http.get(10, TimeUnit.SECONDS);
        }
    }

    @Test
    void anExceptionsTextDecidesNothing() {
        IOException trap = new SocketException("refused, no route, expired; No name matching; subject alternative");
        assertEquals(
                Kind.CLOSED, ConnectionFault.of(trap, "a:1", true).orElseThrow().kind());
        assertTrue(ConnectionFault.of(new IOException("Connection refused"), "a:1", true)
                .isEmpty());
    }

    private void untrusted(SSLServerSocket socket, String... parts) throws Exception {
        Locale before = Locale.getDefault();
        try {
            Locale.setDefault(Locale.GERMANY);
            ConnectionFault fault = fault(socket, true);
            assertEquals(Kind.SERVER_UNTRUSTED, fault.kind(), fault::text);
            contains(fault, parts);
        } finally {
            Locale.setDefault(before);
        }
    }

    private static void contains(ConnectionFault fault, String... parts) {
        for (String part : parts) {
            assertTrue(fault.text().contains(part), fault::text);
        }
    }

    private ConnectionFault fault(SSLServerSocket socket, boolean client) throws Exception {
        try (socket) {
            IOException failure = assertThrows(IOException.class, () -> connect(socket));
            return ConnectionFault.of(failure, "server:8883", client).orElseThrow(() -> new AssertionError(failure));
        }
    }

    private ConnectionFault refused(ServerSocket socket) throws Exception {
        IOException failure = assertThrows(IOException.class, () -> shakeHands(socket.getLocalPort()));
        return ConnectionFault.of(failure, "server:8883", true).orElseThrow(() -> new AssertionError(failure));
    }

    /** A client's handshake, and the server's first byte: with TLS 1.3 its refusal comes behind the handshake. */
    private void connect(SSLServerSocket socket) throws Exception {
        CompletableFuture<Void> served = CompletableFuture.runAsync(() -> {
            try (Socket connection = socket.accept()) {
                ((SSLSocket) connection).startHandshake();
                connection.getOutputStream().write(1);
            } catch (IOException e) {
                // The test looks at the other side.
                return;
            }
        });
        shakeHands(socket.getLocalPort());
        served.get(10, TimeUnit.SECONDS);
    }

    private void shakeHands(int port) throws IOException {
        try (Socket plain = new Socket(InetAddress.getLoopbackAddress(), port)) {
            plain.setSoTimeout(10_000);
            SSLContext context = SSLContext.getInstance("TLS");
            TrustedRoots roots = new TrustedRoots(List.of(root.certificate), "the CA file ca.pem");
            context.init(null, new TrustManager[] {new ServerTrust(roots)}, null);
            SSLSocket socket = (SSLSocket) context.getSocketFactory().createSocket(plain, "localhost", port, true);
            SSLParameters parameters = socket.getSSLParameters();
            parameters.setProtocols(new String[] {"TLSv1.3", "TLSv1.2"});
            parameters.setEndpointIdentificationAlgorithm("HTTPS");
            socket.setSSLParameters(parameters);
            socket.startHandshake();
            assertEquals(1, socket.getInputStream().read());
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    /** Answers a ClientHello by these bytes. */
    private static CompletableFuture<Void> answer(ServerSocket socket, byte[] bytes) {
        return CompletableFuture.runAsync(() -> {
            try (Socket connection = socket.accept()) {
                InputStream in = connection.getInputStream();
                byte[] head = in.readNBytes(5);
                in.readNBytes((head[3] & 0xFF) << 8 | head[4] & 0xFF);
                connection.getOutputStream().write(bytes);
                connection.shutdownOutput();
                in.readAllBytes();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    /** A socket on a free port that shows the server's certificate and those of the issuers behind it. */
    private static SSLServerSocket listen(TestCertificate server, TestCertificate... issuers) throws Exception {
        List<TestCertificate> chain = new ArrayList<>(List.of(server));
        chain.addAll(List.of(issuers));
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setKeyEntry(
                "own",
                server.key(),
                new char[0],
                chain.stream().map(party -> party.certificate).toArray(X509Certificate[]::new));
        KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(store, new char[0]);
        SSLContext context = SSLContext.getInstance("TLS");
        TrustManager itself = new ServerTrust(new TrustedRoots(List.of(server.certificate), "itself"));
        context.init(factory.getKeyManagers(), new TrustManager[] {itself}, null);
        return (SSLServerSocket)
                context.getServerSocketFactory().createServerSocket(0, 5, InetAddress.getLoopbackAddress());
    }
}
