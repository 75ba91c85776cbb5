package dev.fotabridge.host.download.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fotabridge.host.api.FotaException;
import dev.fotabridge.host.download.AllowedHosts;
import dev.fotabridge.host.download.Cancellation;
import dev.fotabridge.host.download.DownloadRequest;
import dev.fotabridge.host.download.DownloadUrl;
import dev.fotabridge.host.download.FirstByte;
import dev.fotabridge.host.download.ImageCache;
import dev.fotabridge.host.download.ImageDownload;
import dev.fotabridge.host.proxy.ProxyRules;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The look at the first byte and the download itself say the same of a server, with the server's own word. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
@Tag("real")
final class RefusedObjectIT {
    private static final AllowedHosts LOCAL = new AllowedHosts(Optional.of("localhost"), List.of());
    private static final HttpRangeSource.Timeouts SHORT =
            new HttpRangeSource.Timeouts(Duration.ofSeconds(10), Duration.ofSeconds(20), Duration.ofSeconds(4));

    @TempDir
    Path directory;

    private HttpRangeSource source;

    @BeforeEach
    void connect() throws Exception {
        source = new HttpRangeSource(LOCAL, ProxyRules.NONE, SSLContext.getDefault(), SHORT);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "301 x | x-amz-bucket-region: eu-central-1 | PermanentRedirect | the bucket is in eu-central-1",
                "400 x | Connection: close | AuthorizationQueryParametersError | presigned for another region",
                "403 x | Connection: close | SignatureDoesNotMatch | changed after it was signed",
                "403 x | Connection: close | InvalidObjectState | archived",
                "404 x | Connection: close | NoSuchBucket | no such bucket",
                "410 x | Connection: close | '' | 410 to http",
                "200 x | Content-Encoding: gzip | '' | compresses",
                "206 x | Content-Encoding: br | '' | compresses",
                "206 x | Connection: close | '' | without Content-Range",
                "206 x | Content-Range: bytes 5-6/7 | '' | says Content-Range bytes 5-6/7"
            })
    void isNamedAlikeByBoth(String status, String header, String code, String words) throws Exception {
        String body =
                "<?xml version='1.0'?><Error><Code>" + code + "</Code><StringToSign>SECRET</StringToSign></Error>";
        String reply =
                "HTTP/1.1 " + status + "\r\n" + header + "\r\nContent-Length: " + body.length() + "\r\n\r\n" + body;
        try (RawServer server = new RawServer(reply)) {
            FotaException looked = assertThrows(FotaException.class, () -> look(server.port()));
            FotaException fetched = assertThrows(FotaException.class, () -> fetch(server.port()));
            assertEquals(looked.reason(), fetched.reason());
            assertTrue(looked.getMessage().contains(words), looked.getMessage());
            assertTrue(looked.getMessage().contains(code), looked.getMessage());
            assertTrue(fetched.getMessage().contains(words), fetched.getMessage());
            assertFalse((looked.getMessage() + fetched.getMessage()).contains("SECRET"));
        }
    }

    @ParameterizedTest
    @CsvSource({"aws-chunked", "identity", "''", "utf-8"})
    void anEncodingThatChangesNothingIsTakenByBoth(String encoding) throws Exception {
        String head =
                "HTTP/1.1 206 x\r\nContent-Range: bytes 0-0/1\r\nContent-Length: 1\r\nContent-Encoding: " + encoding;
        try (RawServer server = new RawServer(head + "\r\n\r\nx")) {
            assertEquals(OptionalLong.of(1), look(server.port()).size());
            assertTrue(look(server.port()).ranges());
            assertEquals(1, fetch(server.port()));
        }
    }

    /** The body of a refusal is asked for no longer than any other. */
    @Test
    void aRefusalThatDripsIsARefusal() throws Exception {
        String head = "HTTP/1.1 404 x\r\n"
                + "Content-Length: 100000\r\n"
                + "x-amz-bucket-region: eu-west-1\r\n\r\n"
                + "<Code>NoSuchKey</Code>";
        try (SlowServer server = new SlowServer(head)) {
            FotaException refusal = assertThrows(FotaException.class, () -> look(server.port()));
            assertTrue(refusal.getMessage().contains("status 404"), refusal.getMessage());
        }
    }

    /** Words for people, not the names of a library's classes. */
    @Test
    void aConnectionThatFailsHasAMessage() throws Exception {
        int free;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            free = socket.getLocalPort();
        }
        assertMessage(free, "http", "refuses the connection");
        try (RawServer server = new RawServer("not HTTP\r\n\r\n")) {
            assertMessage(server.port(), "http", "closed the connection");
        }
        try (RawServer server = new RawServer("")) {
            assertMessage(server.port(), "http", "closed the connection");
        }
        try (RawServer server = new RawServer("HTTP/1.1 206 x\r\nX: " + "x".repeat(20_000) + "\r\n\r\n")) {
            assertMessage(server.port(), "http", "more than a client takes");
        }
    }

    private void assertMessage(int port, String scheme, String words) {
        DownloadUrl url = DownloadUrl.parse(scheme + "://localhost:" + port + "/x?SECRET");
        FotaException failure = assertThrows(FotaException.class, () -> FirstByte.ask(url, source));
        assertTrue(failure.getMessage().contains(words), failure.getMessage());
        assertFalse(failure.getMessage().matches("(?s).*(Exception|Error|SECRET).*"), failure.getMessage());
    }

    private FirstByte.Seen look(int port) throws FotaException {
        return FirstByte.ask(url(port), source);
    }

    private long fetch(int port) throws FotaException {
        ImageDownload download =
                new ImageDownload(new ImageCache(directory, Clock.systemUTC()), source, System::nanoTime);
        DownloadRequest request = new DownloadRequest(url(port), OptionalLong.empty(), Optional.empty());
        return download.fetch(request, (bytes, total) -> {}, new Cancellation()).size();
    }

    private static DownloadUrl url(int port) {
        return DownloadUrl.parse("http://localhost:" + port + "/x?X-Amz-Signature=SECRET");
    }
}
