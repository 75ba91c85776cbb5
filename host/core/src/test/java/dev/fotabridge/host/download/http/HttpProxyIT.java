package dev.fotabridge.host.download.http;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fotabridge.fixtures.cloud.LocalCloud;
import dev.fotabridge.fixtures.http.FaultRule;
import dev.fotabridge.fixtures.http.ForwardProxy;
import dev.fotabridge.fixtures.http.RangeFault;
import dev.fotabridge.host.api.FotaException;
import dev.fotabridge.host.api.ProxySettings;
import dev.fotabridge.host.api.Reason;
import dev.fotabridge.host.download.AllowedHosts;
import dev.fotabridge.host.download.Cancellation;
import dev.fotabridge.host.download.DownloadRequest;
import dev.fotabridge.host.download.DownloadUrl;
import dev.fotabridge.host.download.ImageCache;
import dev.fotabridge.host.download.ImageDownload;
import dev.fotabridge.host.download.RangeRequest;
import dev.fotabridge.host.download.RangeResult;
import dev.fotabridge.host.download.RangeResult.End;
import dev.fotabridge.host.download.RangeSource;
import dev.fotabridge.host.download.ReplyHead;
import dev.fotabridge.host.proxy.ProxyRules;
import dev.fotabridge.host.tls.TlsFiles;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import org.apache.hc.client5.http.DnsResolver;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Downloads behind a proxy. It alone knows the way: none of the names here can be looked up or reached directly. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Tag("real")
class HttpProxyIT {
    private static final String S3 = "bucket.s3.eu-central-1.amazonaws.com";
    private static final AllowedHosts LOCAL = new AllowedHosts(Optional.of("localhost"), List.of());
    private static final HttpRangeSource.Timeouts PATIENT =
            new HttpRangeSource.Timeouts(Duration.ofSeconds(20), Duration.ofSeconds(20), Duration.ofMinutes(5));

    @TempDir
    static Path world;

    @TempDir
    Path cacheDirectory;

    private LocalCloud cloud;
    private byte[] object;
    private ForwardProxy proxy;
    private HttpRangeSource source;

    @BeforeAll
    void start() throws Exception {
        cloud = LocalCloud.start(world, List.of("dk-1"));
        object = new byte[1_500_000];
        new Random(3).nextBytes(object);
        Files.write(cloud.directory().bucket().resolve("fw.bin"), object);
    }

    @AfterAll
    void stop() {
        cloud.close();
    }

    @BeforeEach
    void startProxy() throws Exception {
        proxy = ForwardProxy.start().leads("localhost:1", cloud.httpsPort()).leads(S3 + ":80", cloud.httpPort());
        use("", Optional.empty(), "203.0.113.1");
    }

    @AfterEach
    void nothingIsLeased() {
        await().until(() -> source.leasedCount() == 0);
        source.close();
        proxy.close();
        cloud.store().clearFaults();
    }

    /**
     * @param user of the proxy, with an "@" behind
     * @param address that every name but localhost has here, for what is asked directly
     */
    private void use(String user, Optional<String> direct, String address) throws Exception {
        if (source != null) {
            source.close();
        }
        ProxySettings settings = new ProxySettings(
                Optional.of("http://" + user + "127.0.0.1:" + proxy.port()), direct, Optional.empty(), Map.of());
        source = new HttpRangeSource(
                LOCAL,
                ProxyRules.of(settings),
                TlsFiles.serverTrust(Optional.of(cloud.directory().rootCertificate())),
                PATIENT,
                names(address));
    }

    private static DnsResolver names(String address) {
        return new DnsResolver() {
            @Override
            public InetAddress[] resolve(String host) throws UnknownHostException {
                return new InetAddress[] {InetAddress.getByName(host.equals("localhost") ? "127.0.0.1" : address)};
            }

            @Override
            public String resolveCanonicalHostname(String host) {
                return host;
            }
        };
    }

    @Test
    void httpsGoesThroughATunnelAndTheServerIsChecked() throws Exception {
        assertArrayEquals(object, fetch("https://localhost:1/fw.bin"));
        assertEquals(1, proxy.count("CONNECT localhost:1 HTTP/1.1\r\n"));
        assertEquals(1, proxy.requests().size());
        proxy.leads(S3 + ":443", cloud.httpsPort());
        assertEquals(End.NOT_TRUSTED, get("https://" + S3 + "/fw.bin").end());
    }

    @Test
    void httpGoesAsAWholeUrlByteForByte() throws Exception {
        assertArrayEquals(object, fetch("http://" + S3 + "/fw.bin"));
        get("http://" + S3 + "/a%20b//c?X-Amz-Credential=AK%2F1%2f&b={x}|'\"^&X-Amz-Signature=SECRET");
        String seen = proxy.requests().get(proxy.requests().size() - 1);
        assertTrue(
                seen.startsWith("GET http://" + S3
                        + "/a%20b//c?X-Amz-Credential=AK%2F1%2f&b={x}|'\"^&X-Amz-Signature=SECRET HTTP/1.1\r\n"),
                seen);
        assertTrue(seen.contains("\r\nHost: " + S3 + "\r\n"), seen);
        assertFalse(seen.contains("Proxy-Authorization"), seen);
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://localhost:1/fw.bin", "http://" + S3 + "/fw.bin"})
    void aPasswordIsGivenWithTheFirstRequest(String url) throws Exception {
        proxy.wants("user", "secret");
        RangeResult without = get(url);
        assertEquals(End.PROXY_REFUSED, without.end());
        assertTrue(without.sentence().contains("wants a user and a password"), without.sentence());
        use("user:wrong@", Optional.empty(), "203.0.113.1");
        RangeResult wrong = get(url);
        assertEquals(End.PROXY_REFUSED, wrong.end());
        assertTrue(wrong.sentence().contains("does not take our user and password"), wrong.sentence());
        assertFalse(wrong.sentence().contains("wrong"), wrong.sentence());
        use("user:secret@", Optional.empty(), "203.0.113.1");
        assertArrayEquals(object, fetch(url));
        assertTrue(cloud.store().requests().stream()
                .noneMatch(request -> request.toString().contains("Basic")));
    }

    @Test
    void aRefusalIsNotRepeated() {
        proxy.wants("user", "secret");
        assertEquals(
                Reason.DOWNLOAD_FAILED,
                assertThrows(FotaException.class, () -> fetch("https://localhost:1/fw.bin"))
                        .reason());
        assertEquals(1, proxy.requests().size());
    }

    /** What is public for us may be a private address for the proxy, and it is the proxy that connects. */
    @ParameterizedTest
    @CsvSource({
        "http://innocent.example/x, 52.219.1.1",
        "https://innocent.example/x, 52.219.1.1",
        "http://10.0.0.1/x, 10.0.0.1",
        "http://169.254.169.254/latest/meta-data, 169.254.169.254",
        "https://127.0.0.1/x, 127.0.0.1"
    })
    void aHostThatNobodyCanCheckIsNotEvenAskedFor(String url, String address) throws Exception {
        use("", Optional.empty(), address);
        RangeResult result = get(url);
        assertEquals(End.HOST_NOT_ALLOWED, result.end());
        assertTrue(result.sentence().contains("behind the proxy 127.0.0.1:" + proxy.port()), result.sentence());
        assertEquals(List.of(), proxy.requests());
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://innocent.example/x", "https://192.168.1.1/x", "//innocent.example/x"})
    void aRedirectFollowsTheSameRule(String elsewhere) {
        cloud.store().fault("fw.bin", FaultRule.always(new RangeFault.Redirect(302, elsewhere)));
        FotaException refused = assertThrows(FotaException.class, () -> fetch("https://localhost:1/fw.bin"));
        assertEquals(Reason.DOWNLOAD_HOST_NOT_ALLOWED, refused.reason());
        assertEquals(1, proxy.requests().size());
    }

    @Test
    void whatIsExceptedIsAskedDirectlyAndCheckedByItsAddress() throws Exception {
        use("", Optional.of("localhost,inside.example"), "10.0.0.1");
        String direct = "https://localhost:" + cloud.httpsPort() + "/fw.bin";
        assertArrayEquals(object, fetch(direct));
        assertEquals(List.of(), proxy.requests());
        RangeResult inside = get("http://inside.example/x");
        assertEquals("The job names inside.example (10.0.0.1), which is not a public address.", inside.sentence());
    }

    @Test
    void aProxyThatFailsIsDistinguishedFromTheServer() throws Exception {
        RangeResult noWay = get("https://" + S3 + "/fw.bin");
        assertEquals(End.BROKEN, noWay.end());
        assertTrue(noWay.sentence().contains("finds no way to " + S3 + ":443"), noWay.sentence());
        proxy.answers("HTTP/1.1 403 Forbidden\r\n\r\n");
        RangeResult refused = get("https://" + S3 + "/fw.bin?X-Amz-Signature=SECRET");
        assertEquals(End.PROXY_REFUSED, refused.end());
        assertTrue(refused.sentence().contains("does not let us connect"), refused.sentence());
        assertFalse(refused.sentence().contains("SECRET"), refused.sentence());
        proxy.close();
        RangeResult gone = get("http://" + S3 + "/fw.bin");
        assertEquals(End.BROKEN, gone.end());
        assertTrue(gone.sentence().contains("No connection to the proxy"), gone.sentence());
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://" + S3 + "/fw.bin", "http://" + S3 + "/fw.bin"})
    void aSilentProxyIsLeftWhenCancelled(String url) {
        proxy.stalls();
        Cancellation cancellation = new Cancellation();
        Thread canceller = new Thread(() -> {
            await().until(() -> proxy.requests().size() == 1);
            cancellation.cancel();
        });
        canceller.start();
        assertEquals(End.CANCELLED, get(url, cancellation).end());
    }

    private byte[] fetch(String url) throws FotaException, IOException {
        ImageCache cache = new ImageCache(cacheDirectory, InstantSource.system());
        DownloadRequest request = new DownloadRequest(DownloadUrl.parse(url), OptionalLong.empty(), Optional.empty());
        return Files.readAllBytes(new ImageDownload(cache, source, System::nanoTime)
                .fetch(request, (bytes, total) -> {}, new Cancellation())
                .path());
    }

    private RangeResult get(String url) {
        return get(url, new Cancellation());
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
        return source.get(new RangeRequest(DownloadUrl.parse(url), 0, 99, Optional.empty()), all, cancellation);
    }
}
