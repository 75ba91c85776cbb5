package dev.fotabridge.host.download.http;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fotabridge.fixtures.cloud.CertificateAuthority;
import dev.fotabridge.host.api.ClientFiles;
import dev.fotabridge.host.download.AllowedHosts;
import dev.fotabridge.host.download.Cancellation;
import dev.fotabridge.host.download.DownloadUrl;
import dev.fotabridge.host.download.RangeRequest;
import dev.fotabridge.host.download.RangeResult;
import dev.fotabridge.host.download.RangeResult.End;
import dev.fotabridge.host.download.RangeSource;
import dev.fotabridge.host.download.ReplyHead;
import dev.fotabridge.host.proxy.ProxyRules;
import dev.fotabridge.host.tls.ClientIdentity;
import dev.fotabridge.host.tls.TlsFiles;
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
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import org.apache.hc.client5.http.DnsResolver;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What HttpClient 5 does when it is left to itself, and the guard against each. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
@Tag("real")
class HttpGuardsIT {
    private static final Duration LONG = Duration.ofMinutes(10);
    private static final String HEAD = "HTTP/1.1 206 x\r\nContent-Range: bytes 0-2/3\r\nContent-Length: 3\r\n\r\n";
    private static final AllowedHosts LOCAL = new AllowedHosts(Optional.of("localhost"), List.of());

    @TempDir
    Path directory;

    private HttpRangeSource source;

    private void use(AllowedHosts allowed, HttpRangeSource.Timeouts timeouts, SSLContext tls, DnsResolver dns) {
        source = new HttpRangeSource(allowed, ProxyRules.NONE, tls, timeouts, dns);
    }

    private void use(HttpRangeSource.Timeouts timeouts) throws Exception {
        use(LOCAL, timeouts, SSLContext.getDefault(), resolver(() -> "127.0.0.1"));
    }

    @AfterEach
    void nothingIsLeased() {
        // A cancelling thread gives the connection back, perhaps a moment after the request has ended.
        await().until(() -> source.leasedCount() == 0);
        source.close();
    }

    /** The library keeps a socket's time-out over its reuse; the second request waits as long as it says itself. */
    @Test
    void aReusedConnectionHasTheTimeOutOfItsRequest() throws Exception {
        use(new HttpRangeSource.Timeouts(Duration.ofSeconds(40), Duration.ofSeconds(2), LONG));
        try (OneConnection server = new OneConnection(HEAD + "abc", "")) {
            String url = "http://localhost:" + server.port() + "/x";
            assertEquals(End.COMPLETE, get(url, new Cancellation()).end());
            assertEquals(End.TIMED_OUT, get(url, new Cancellation()).end());
            assertEquals(2, server.requests.get(), "both came on one connection");
        }
    }

    @Test
    void aConnectionThatDiesInTheBodyIsGivenBack() throws Exception {
        use(new HttpRangeSource.Timeouts(Duration.ofSeconds(20), Duration.ofSeconds(20), LONG));
        try (RawServer server = new RawServer(HEAD + "a")) {
            for (int i = 0; i < 3; i++) {
                RangeResult result = get("http://localhost:" + server.port() + "/x", new Cancellation());
                assertEquals(End.BROKEN, result.end());
                assertEquals(0, source.leasedCount());
            }
        }
    }

    /** Whatever a handler does, the reply is closed behind it. */
    @Test
    void aHandlerThatThrowsGivesTheConnectionBack() throws Exception {
        use(new HttpRangeSource.Timeouts(Duration.ofSeconds(20), Duration.ofSeconds(20), LONG));
        try (OneConnection server = new OneConnection(HEAD + "a")) {
            RangeRequest request = request("http://localhost:" + server.port() + "/x");
            assertThrows(IllegalStateException.class, () -> source.get(request, new Throwing(), new Cancellation()));
            assertEquals(0, source.leasedCount());
        }
    }

    private static final class Throwing implements RangeSource.ReplyHandler {
        @Override
        public boolean head(ReplyHead head) {
            return true;
        }

        @Override
        public boolean body(ByteBuffer bytes) {
            throw new IllegalStateException();
        }
    }

    @Test
    void aCancelledRequestGivesItsConnectionBack() throws Exception {
        use(new HttpRangeSource.Timeouts(Duration.ofSeconds(20), LONG, LONG));
        try (OneConnection server = new OneConnection(HEAD + "a")) {
            Cancellation cancellation = new Cancellation();
            Thread canceller = new Thread(() -> {
                await().until(() -> server.requests.get() == 1);
                cancellation.cancel();
            });
            canceller.start();
            assertEquals(
                    End.CANCELLED,
                    get("http://localhost:" + server.port() + "/x", cancellation)
                            .end());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"HTTP/1.1 206 x\r\nX-Endless: ", HEAD})
    void aServerThatDripsIsCutOff(String start) throws Exception {
        use(new HttpRangeSource.Timeouts(Duration.ofSeconds(20), Duration.ofSeconds(20), Duration.ofSeconds(1)));
        String endless = start.replace("0-2/3", "0-99/100000").replace("Length: 3", "Length: 100000");
        try (SlowServer server = new SlowServer(endless)) {
            RangeResult result = get("http://localhost:" + server.port() + "/x?SECRET", new Cancellation());
            assertEquals(End.TOO_SLOW, result.end());
            assertTrue(result.sentence().contains("less than 65536 bytes in 1 s"), result.sentence());
        }
    }

    /** S3's names, against certificates as S3 has them; some versions of the library refused names that were listed. */
    @ParameterizedTest
    @CsvSource({
        "bucket.s3.eu-central-1.amazonaws.com, true",
        "s3.eu-central-1.amazonaws.com, true",
        "bucket.s3.amazonaws.com, true",
        "s3.amazonaws.com, true",
        "a.b.s3.amazonaws.com, false",
        "s3.amazonaws.com.evil.example, false",
        "amazonaws.com, false"
    })
    void acceptsTheNamesOfS3AndNoOthers(String host, boolean accepted) throws Exception {
        Path root = directory.resolve("root.pem");
        Path certificate = directory.resolve("server.pem");
        Path key = directory.resolve("server.key");
        List<String> names = List.of(
                "s3.amazonaws.com",
                "*.s3.amazonaws.com",
                "s3.eu-central-1.amazonaws.com",
                "*.s3.eu-central-1.amazonaws.com");
        CertificateAuthority.in(root, directory.resolve("root.key")).issueServer(names, certificate, key);
        SSLContext ofServer = ClientIdentity.read(
                        new ClientFiles(certificate, key, Optional.empty(), Optional.of(root)), Instant.now())
                .context();
        use(
                new AllowedHosts(Optional.empty(), List.of(host)),
                new HttpRangeSource.Timeouts(Duration.ofSeconds(20), Duration.ofSeconds(20), LONG),
                TlsFiles.serverTrust(Optional.of(root)),
                resolver(() -> "127.0.0.1"));
        ServerSocket socket =
                ofServer.getServerSocketFactory().createServerSocket(0, 5, InetAddress.getLoopbackAddress());
        try (OneConnection server = new OneConnection(socket, HEAD + "abc")) {
            RangeResult result = get("https://" + host + ":" + server.port() + "/x", new Cancellation());
            assertEquals(accepted ? End.COMPLETE : End.NOT_TRUSTED, result.end(), result.sentence());
        }
    }

    /**
     * A name that is public when it is checked and local a moment later. The public address is of a block that is given to
     * nobody, so that nothing answers there.
     */
    @Test
    void theAddressThatIsCheckedIsTheOneConnectedTo() throws Exception {
        AtomicInteger lookUps = new AtomicInteger();
        use(
                new AllowedHosts(Optional.empty(), List.of()),
                new HttpRangeSource.Timeouts(Duration.ofMillis(300), Duration.ofSeconds(20), LONG),
                SSLContext.getDefault(),
                resolver(() -> lookUps.getAndIncrement() == 0 ? "2d00::1" : "127.0.0.1"));
        try (RawServer local = new RawServer(HEAD + "abc")) {
            String url = "http://rebind.example:" + local.port() + "/x";
            RangeResult first = get(url, new Cancellation());
            assertTrue(first.end() == End.BROKEN || first.end() == End.TIMED_OUT, first.toString());
            assertEquals(1, lookUps.get());
            assertEquals(End.HOST_NOT_ALLOWED, get(url, new Cancellation()).end());
            assertEquals(List.of(), local.requests);
        }
    }

    private RangeResult get(String url, Cancellation cancellation) {
        RangeSource.ReplyHandler all = new RangeSource.ReplyHandler() {
            @Override
            public boolean head(ReplyHead head) {
                return true;
            }

            @Override
            public boolean body(ByteBuffer bytes) {
                return true;
            }
        };
        return source.get(request(url), all, cancellation);
    }

    private static RangeRequest request(String url) {
        return new RangeRequest(DownloadUrl.parse(url), 0, 2, Optional.empty());
    }

    private static DnsResolver resolver(Supplier<String> address) {
        return new DnsResolver() {
            @Override
            public InetAddress[] resolve(String host) throws UnknownHostException {
                return new InetAddress[] {InetAddress.getByName(address.get())};
            }

            @Override
            public String resolveCanonicalHostname(String host) {
                return host;
            }
        };
    }

    /** Takes one connection, and answers its requests in turn; after the last answer it stays open and says nothing. */
    private static final class OneConnection implements AutoCloseable {
        final AtomicInteger requests = new AtomicInteger();
        private final ServerSocket server;
        private final List<String> answers;
        private volatile Socket client;

        OneConnection(String... answers) throws IOException {
            this(new ServerSocket(0, 5, InetAddress.getLoopbackAddress()), answers);
        }

        OneConnection(ServerSocket server, String... answers) {
            this.server = server;
            this.answers = List.of(answers);
            Thread thread = new Thread(this::serve, "one-connection");
            thread.setDaemon(true);
            thread.start();
        }

        int port() {
            return server.getLocalPort();
        }

        private void serve() {
            try {
                client = server.accept();
                for (int i = 0; readHead(client.getInputStream()); i++) {
                    requests.incrementAndGet();
                    OutputStream out = client.getOutputStream();
                    out.write(answers.get(Math.min(i, answers.size() - 1)).getBytes(StandardCharsets.ISO_8859_1));
                    out.flush();
                }
            } catch (IOException e) {
                // The client went away, or refused our certificate.
                return;
            }
        }

        private static boolean readHead(InputStream in) throws IOException {
            int matched = 0;
            while (matched < 4) {
                int next = in.read();
                if (next < 0) {
                    return false;
                }
                matched = next == "\r\n\r\n".charAt(matched) ? matched + 1 : next == '\r' ? 1 : 0;
            }
            return true;
        }

        @Override
        public void close() throws IOException {
            server.close();
            if (client != null) {
                client.close();
            }
        }
    }
}
