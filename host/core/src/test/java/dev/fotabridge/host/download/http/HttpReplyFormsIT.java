package dev.fotabridge.host.download.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fotabridge.fixtures.cloud.CertificateAuthority;
import dev.fotabridge.host.api.ClientFiles;
import dev.fotabridge.host.download.AllowedHosts;
import dev.fotabridge.host.download.Cancellation;
import dev.fotabridge.host.download.DownloadUrl;
import dev.fotabridge.host.download.RangeRequest;
import dev.fotabridge.host.download.RangeResult;
import dev.fotabridge.host.download.RangeSource;
import dev.fotabridge.host.download.ReplyHead;
import dev.fotabridge.host.proxy.ProxyRules;
import dev.fotabridge.host.tls.ClientIdentity;
import dev.fotabridge.host.tls.TlsFiles;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SNIServerName;
import javax.net.ssl.SSLSocket;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.SystemDefaultDnsResolver;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Replies in every shape and cut that HTTP allows, and connections that are kept or fall back. */
@Tag("real")
final class HttpReplyFormsIT {
    private static final String BODY = "abc";

    /** Of the server over TLS; a name without a dot would not be sent to it. */
    private static final String NAME = "bucket.example";

    private static final String RANGED =
            "HTTP/1.1 206 x\r\ncontent-RANGE: bytes 0-2/3\r\nContent-Length: 3\r\n\r\n" + BODY;

    private final AtomicInteger connections = new AtomicInteger();

    @TempDir
    Path directory;

    private ServerSocket server;
    private String answer = RANGED;
    private volatile List<SNIServerName> named = List.of();

    @BeforeEach
    void listen() throws IOException {
        listen(new ServerSocket(0, 5, InetAddress.getByName("127.0.0.1")));
    }

    private void listen(ServerSocket socket) {
        server = socket;
        Thread thread = new Thread(this::serve, "byte-server");
        thread.setDaemon(true);
        thread.start();
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
    }

    /** Each byte comes in a TLS record of its own, and is read by itself: every header is cut everywhere. */
    @Test
    void aHeadMayComeInAnyPieces() throws Exception {
        Reply reply = getOverTls();
        assertEquals(206, reply.head.status());
        assertEquals(Optional.of("bytes 0-2/3"), reply.head.contentRange());
        assertEquals(BODY, reply.body.toString(StandardCharsets.US_ASCII));
    }

    @Test
    void theRequestNamesTheHost() throws Exception {
        getOverTls();
        assertEquals(List.of(new SNIHostName(NAME)), named);
    }

    private Reply getOverTls() throws Exception {
        stop();
        Path root = listenWithTls();
        try (HttpRangeSource source = source(addresses("127.0.0.1"), Optional.of(root))) {
            return ask(source, "https://" + NAME);
        }
    }

    private Path listenWithTls() throws Exception {
        Path root = directory.resolve("root.pem");
        Path certificate = directory.resolve("server.pem");
        Path key = directory.resolve("server.key");
        CertificateAuthority.in(root, directory.resolve("root.key")).issueServer(List.of(NAME), certificate, key);
        ClientFiles files = new ClientFiles(certificate, key, Optional.empty(), Optional.of(root));
        listen(ClientIdentity.read(files, Instant.now())
                .context()
                .getServerSocketFactory()
                .createServerSocket(0, 5, InetAddress.getByName("127.0.0.1")));
        return root;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.0 206 x\r\nContent-Range: bytes 0-2/3\r\nContent-Length: 3\r\n\r\nabc",
                "HTTP/1.1 206\r\nContent-Range: bytes 0-2/3\r\nContent-Length: 3\r\n\r\nabc",
                "HTTP/1.1 206 x\r\nContent-Range: bytes 0-2/3\r\nConnection: close\r\n\r\nabc",
                "HTTP/1.1 206 x\r\nContent-Range: bytes 0-2/3\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n"
            })
    void everyFormOfAReplyIsRead(String form) throws Exception {
        answer = form;
        assertEquals(BODY, get(source(SystemDefaultDnsResolver.INSTANCE)).body.toString(StandardCharsets.US_ASCII));
    }

    @Test
    void aHeadLongerThanTwoKilobytesIsRead() throws Exception {
        answer = RANGED.replace("206 x\r\n", "206 x\r\nX-Long: " + "y".repeat(4_000) + "\r\n");
        assertEquals(206, get(source(SystemDefaultDnsResolver.INSTANCE)).head.status());
    }

    @Test
    void piecesOfOneObjectShareAConnection() throws Exception {
        try (HttpRangeSource source = source(SystemDefaultDnsResolver.INSTANCE)) {
            for (int i = 0; i < 3; i++) {
                assertEquals(RangeResult.End.COMPLETE, ask(source).result.end());
            }
        }
        assertEquals(1, connections.get());
    }

    /** Nobody listens on the first address; the second one is the server's. */
    @Test
    void theNextAddressIsTriedWhenOneDoesNotAnswer() throws Exception {
        assertEquals(
                RangeResult.End.COMPLETE,
                get(source(addresses("::1", "127.0.0.1"))).result.end());
    }

    /** Every name has these. */
    private static DnsResolver addresses(String... addresses) {
        return new DnsResolver() {
            @Override
            public InetAddress[] resolve(String host) throws UnknownHostException {
                InetAddress[] resolved = new InetAddress[addresses.length];
                for (int i = 0; i < resolved.length; i++) {
                    resolved[i] = InetAddress.getByName(addresses[i]);
                }
                return resolved;
            }

            @Override
            public String resolveCanonicalHostname(String host) {
                return host;
            }
        };
    }

    private static HttpRangeSource source(DnsResolver resolver) throws Exception {
        return source(resolver, Optional.empty());
    }

    private static HttpRangeSource source(DnsResolver resolver, Optional<Path> root) throws Exception {
        AllowedHosts local = new AllowedHosts(Optional.of("localhost"), List.of(NAME));
        HttpRangeSource.Timeouts limits =
                new HttpRangeSource.Timeouts(Duration.ofSeconds(5), Duration.ofSeconds(5), Duration.ofMinutes(5));
        return new HttpRangeSource(local, ProxyRules.NONE, TlsFiles.serverTrust(root), limits, resolver);
    }

    private Reply get(HttpRangeSource source) {
        try (source) {
            return ask(source);
        }
    }

    private Reply ask(HttpRangeSource source) {
        return ask(source, "http://localhost");
    }

    private Reply ask(HttpRangeSource source, String where) {
        DownloadUrl url = DownloadUrl.parse(where + ":" + server.getLocalPort() + "/x");
        Reply reply = new Reply();
        reply.result = source.get(new RangeRequest(url, 0, 2, Optional.empty()), reply, new Cancellation());
        assertTrue(reply.head != null, () -> reply.result.toString());
        return reply;
    }

    private void serve() {
        while (!server.isClosed()) {
            try (Socket socket = server.accept()) {
                connections.incrementAndGet();
                socket.setTcpNoDelay(true);
                while (request(socket.getInputStream())) {
                    noteName(socket);
                    bytewise(socket.getOutputStream());
                    if (!answer.contains("HTTP/1.1 206 x\r\ncontent-RANGE")) {
                        break;
                    }
                }
            } catch (IOException e) {
                // The client went away, or the server was closed: the loop's condition knows which.
                continue;
            }
        }
    }

    private void noteName(Socket socket) {
        if (socket instanceof SSLSocket tls && tls.getSession() instanceof ExtendedSSLSession session) {
            named = session.getRequestedServerNames();
        }
    }

    private void bytewise(OutputStream out) throws IOException {
        for (byte value : answer.getBytes(StandardCharsets.US_ASCII)) {
            out.write(value);
            out.flush();
        }
    }

    private static boolean request(InputStream in) throws IOException {
        StringBuilder text = new StringBuilder();
        while (text.indexOf("\r\n\r\n") < 0) {
            int next = in.read();
            if (next < 0) {
                return false;
            }
            text.append((char) next);
        }
        return true;
    }

    /** Keeps what came. */
    private static final class Reply implements RangeSource.ReplyHandler {
        private final ByteArrayOutputStream body = new ByteArrayOutputStream();
        private ReplyHead head;
        private RangeResult result;

        @Override
        public boolean head(ReplyHead received) {
            head = received;
            return true;
        }

        @Override
        public boolean body(ByteBuffer bytes) {
            while (bytes.hasRemaining()) {
                body.write(bytes.get());
            }
            return true;
        }
    }
}
