package dev.fotabridge.station.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fotabridge.fixtures.real.Nginx;
import dev.fotabridge.fixtures.real.RealCertificates;
import dev.fotabridge.fixtures.source.SourceTree;
import dev.fotabridge.station.config.ListenAddress;
import dev.fotabridge.station.control.FakeStation;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.Iterator;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The nginx of docs/station.md, as it stands there, before the real server. Needs Debian's nginx, which {@code ./check} installs. */
@Tag("real")
final class TlsProxyIT {
    private static final String TOKEN = "a-token-of-a-test";
    private static final Pattern BLOCK = Pattern.compile("```\\n(server \\{.*?\\n\\})\\n```", Pattern.DOTALL);

    private final FakeStation station = new FakeStation(2);

    @TempDir
    Path directory;

    private StationServer server;
    private Nginx nginx;
    private HttpClient client;

    @BeforeEach
    void start() throws Exception {
        RealCertificates certificates = RealCertificates.issue(directory.resolve("certificates"));
        int port = freePort();
        nginx = Nginx.start(directory.resolve("nginx"), listen -> asDocumented(certificates, listen, port));
        server = StationServer.start(
                station,
                new HttpSettings(
                        new ListenAddress("127.0.0.1", port),
                        Set.of("localhost:" + nginx.port()),
                        TOKEN,
                        Optional.empty()));
        client = HttpClient.newBuilder().sslContext(trusting(certificates)).build();
    }

    @AfterEach
    void stop() {
        server.close();
        nginx.close();
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    /** Only names, ports and paths are other ones. */
    private static String asDocumented(RealCertificates certificates, int listen, int station) {
        try {
            Matcher block = BLOCK.matcher(Files.readString(SourceTree.ROOT.resolve("docs/station.md")));
            assertTrue(block.find(), "docs/station.md has no server block");
            return block.group(1)
                    .replace("listen 443 ssl", "listen 127.0.0.1:" + listen + " ssl")
                    .replace("station.plant.example", "localhost")
                    .replace(
                            "/etc/nginx/station.pem",
                            certificates.serverCertificate().toString())
                    .replace("/etc/nginx/station.key", certificates.serverKey().toString())
                    .replace("127.0.0.1:8060", "127.0.0.1:" + station);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static SSLContext trusting(RealCertificates certificates) throws IOException, GeneralSecurityException {
        KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
        trusted.load(null, null);
        try (InputStream in = Files.newInputStream(certificates.root())) {
            trusted.setCertificateEntry(
                    "root", CertificateFactory.getInstance("X.509").generateCertificate(in));
        }
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, factory.getTrustManagers(), null);
        return context;
    }

    private String url() {
        return "https://localhost:" + nginx.port();
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(url() + path)).timeout(Duration.ofSeconds(20));
    }

    @Test
    void anEngineerLogsInFromAnotherComputer() throws Exception {
        HttpRequest login = request("/login")
                .header("Content-Type", "application/json")
                .header("Origin", url())
                .POST(HttpRequest.BodyPublishers.ofString("{\"token\":\"" + TOKEN + "\"}"))
                .build();
        HttpResponse<String> answer = client.send(login, HttpResponse.BodyHandlers.ofString());
        assertEquals(200, answer.statusCode(), answer::body);
        String cookie = answer.headers().firstValue("Set-Cookie").orElseThrow();
        assertTrue(cookie.contains("; Secure") && cookie.contains("HttpOnly"), cookie);
        HttpRequest unlock = request("/api/v1/bays/1/unlock")
                .header("Cookie", cookie.replaceAll(";.*", ""))
                .POST(HttpRequest.BodyPublishers.noBody())
                .build();
        assertEquals(
                200, client.send(unlock, HttpResponse.BodyHandlers.ofString()).statusCode());
    }

    /** A proxy that collects answers would show each change when the next thousand have come. */
    @Test
    void changesComeThroughAtOnce() throws Exception {
        HttpResponse<Stream<String>> events =
                client.send(request("/api/v1/events").build(), HttpResponse.BodyHandlers.ofLines());
        Iterator<String> lines = events.body().iterator();
        assertTrue(nextData(lines).startsWith("{\"station\""));
        station.change(2, bay -> bay.ready("A-2"));
        assertTrue(nextData(lines).contains("\"unit\":\"A-2\""));
        events.body().close();
    }

    private static String nextData(Iterator<String> lines) {
        while (lines.hasNext()) {
            String line = lines.next();
            if (line.startsWith("data: ") && !line.equals("data: {}")) {
                return line.substring("data: ".length());
            }
        }
        return "";
    }

    @Test
    void aStationThatIsAwayIsAnsweredByTheProxy() throws Exception {
        server.close();
        assertEquals(
                502,
                client.send(request("/").build(), HttpResponse.BodyHandlers.ofString())
                        .statusCode());
    }
}
