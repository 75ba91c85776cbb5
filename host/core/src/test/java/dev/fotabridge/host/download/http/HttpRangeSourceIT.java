package dev.fotabridge.host.download.http;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fotabridge.fixtures.cloud.CertificateAuthority;
import dev.fotabridge.fixtures.cloud.LocalCloud;
import dev.fotabridge.fixtures.http.FaultRule;
import dev.fotabridge.fixtures.http.ObjectRequest;
import dev.fotabridge.fixtures.http.RangeFault;
import dev.fotabridge.host.api.FotaException;
import dev.fotabridge.host.api.Reason;
import dev.fotabridge.host.download.AllowedHosts;
import dev.fotabridge.host.download.CachedImage;
import dev.fotabridge.host.download.Cancellation;
import dev.fotabridge.host.download.DownloadListener;
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
import dev.fotabridge.host.value.Sha256;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.SystemDefaultDnsResolver;
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
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Tag("real")
class HttpRangeSourceIT {
    private static final int SIZE = 3_000_000;
    private static final AllowedHosts LOCAL = new AllowedHosts(Optional.of("localhost"), List.of());
    private static final HttpRangeSource.Timeouts SHORT =
            new HttpRangeSource.Timeouts(Duration.ofSeconds(5), Duration.ofSeconds(2), Duration.ofMinutes(5));
    private static final DownloadListener SILENT = (bytes, total) -> {};

    @TempDir
    static Path world;

    @TempDir
    Path cacheDirectory;

    private LocalCloud cloud;
    private byte[] object;
    private HttpRangeSource source;

    @BeforeAll
    void start() throws Exception {
        cloud = LocalCloud.start(world, List.of("dk-1"));
        object = new byte[SIZE];
        new Random(1).nextBytes(object);
        Files.write(cloud.directory().bucket().resolve("fw.bin"), object);
    }

    @AfterAll
    void stop() {
        cloud.close();
    }

    @BeforeEach
    void connect() throws Exception {
        source = new HttpRangeSource(LOCAL, ProxyRules.NONE, trust(), SHORT);
    }

    /** The pool of one: whatever happened, the connection came back. */
    @AfterEach
    void nothingIsLeased() {
        await().until(() -> source.leasedCount() == 0);
        source.close();
        cloud.store().clearFaults();
    }

    private SSLContext trust() throws Exception {
        return TlsFiles.serverTrust(Optional.of(cloud.directory().rootCertificate()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"https", "http"})
    void fetches(String scheme) throws Exception {
        CachedImage image = fetch(url(scheme));
        assertArrayEquals(object, Files.readAllBytes(image.path()));
        assertEquals(Sha256.over(ByteBuffer.wrap(object)), image.fileSha256());
    }

    @Test
    void tellsHowFarItIs() throws Exception {
        List<Long> bytes = new ArrayList<>();
        Set<Long> totals = new HashSet<>();
        DownloadListener listener = (at, total) -> {
            bytes.add(at);
            totals.add(total);
        };
        download(source).fetch(request(url("http")), listener, new Cancellation());
        assertEquals(Set.of((long) SIZE), totals);
        assertEquals(bytes.stream().sorted().toList(), bytes);
        assertTrue(bytes.get(0) > 0 && bytes.get(0) < SIZE, bytes::toString);
        assertEquals(SIZE, bytes.get(bytes.size() - 1));
    }

    static Stream<Arguments> survived() {
        return Stream.of(
                Arguments.of(FaultRule.always(new RangeFault.IgnoreRange())),
                Arguments.of(FaultRule.always(new RangeFault.Chunked())),
                Arguments.of(FaultRule.always(new RangeFault.Http10())),
                Arguments.of(FaultRule.after(1, new RangeFault.Http10())),
                Arguments.of(FaultRule.always(new RangeFault.CloseConnection())),
                Arguments.of(FaultRule.always(new RangeFault.LongHeader(8_000))),
                Arguments.of(FaultRule.after(1, new RangeFault.ChangedETag())),
                Arguments.of(new FaultRule(new RangeFault.WrongTotal(SIZE + 1), 1, 1)),
                Arguments.of(FaultRule.times(new RangeFault.Stall(70_000), 1)),
                Arguments.of(FaultRule.times(new RangeFault.Stall(0), 1)),
                Arguments.of(FaultRule.times(new RangeFault.CloseAfter(100_000), 4)),
                Arguments.of(FaultRule.times(new RangeFault.CloseAfter(0), 1)),
                Arguments.of(FaultRule.times(new RangeFault.Status(503), 1)),
                Arguments.of(FaultRule.times(new RangeFault.Redirect(307, ""), 3)),
                Arguments.of(FaultRule.after(1, new RangeFault.IgnoreRange())));
    }

    @ParameterizedTest
    @MethodSource("survived")
    void survives(FaultRule fault) throws Exception {
        cloud.store().fault("fw.bin", fault);
        assertArrayEquals(object, Files.readAllBytes(fetch(url("https")).path()));
    }

    static Stream<Arguments> refused() {
        return Stream.of(
                Arguments.of(new RangeFault.NoContentRange(), Reason.DOWNLOAD_NO_RANGE),
                Arguments.of(new RangeFault.WrongContentRange(), Reason.DOWNLOAD_NO_RANGE),
                Arguments.of(new RangeFault.ShortBody(1_000), Reason.DOWNLOAD_NO_RANGE),
                Arguments.of(new RangeFault.Gzip(), Reason.DOWNLOAD_FAILED),
                Arguments.of(new RangeFault.Status(404), Reason.DOWNLOAD_NOT_FOUND),
                Arguments.of(new RangeFault.Status(403), Reason.DOWNLOAD_FORBIDDEN),
                Arguments.of(new RangeFault.Redirect(302, ""), Reason.DOWNLOAD_FAILED),
                Arguments.of(new RangeFault.Redirect(302, "http://localhost:1/x"), Reason.DOWNLOAD_FAILED),
                Arguments.of(new RangeFault.Redirect(302, "https://10.0.0.1/x"), Reason.DOWNLOAD_HOST_NOT_ALLOWED));
    }

    @ParameterizedTest
    @MethodSource("refused")
    void refuses(RangeFault fault, Reason reason) {
        cloud.store().fault("fw.bin", FaultRule.always(fault));
        assertEquals(reason, refusal(url("https")).reason());
    }

    /** A server that never ends its head must not fill the memory. */
    @Test
    void refusesAHeaderWithoutEnd() {
        cloud.store().fault("fw.bin", FaultRule.always(new RangeFault.LongHeader(65_536)));
        assertEquals(End.BROKEN, get(source, url("https").toString()).end());
    }

    @Test
    void refusesATotalThatIsNotTheDocuments() {
        cloud.store().fault("fw.bin", FaultRule.always(new RangeFault.WrongTotal(SIZE + 1)));
        DownloadRequest exact = new DownloadRequest(url("https"), OptionalLong.of(SIZE), Optional.empty());
        assertEquals(Reason.DOWNLOAD_SIZE, refusal(exact).reason());
    }

    @Test
    void startsOverWhenTheObjectIsReplacedMeanwhile() {
        cloud.store().fault("fw.bin", FaultRule.after(1, new RangeFault.ChangedContent()));
        byte[] inverted = new byte[SIZE];
        for (int i = 0; i < SIZE; i++) {
            inverted[i] = (byte) ~object[i];
        }
        try {
            assertArrayEquals(inverted, Files.readAllBytes(fetch(url("https")).path()));
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void comparesSizeAndHashWithTheDocument() {
        DownloadRequest size = new DownloadRequest(url("http"), OptionalLong.of(SIZE - 1), Optional.empty());
        assertEquals(Reason.DOWNLOAD_SIZE, refusal(size).reason());
        Sha256 other = Sha256.over(ByteBuffer.allocate(1));
        DownloadRequest hash = new DownloadRequest(url("http"), OptionalLong.empty(), Optional.of(other));
        assertEquals(Reason.DOWNLOAD_SIZE, refusal(hash).reason());
    }

    @Test
    void goesOnWhereACancelledRunStopped() throws Exception {
        Cancellation cancellation = new Cancellation();
        DownloadListener stop = (bytes, total) -> {
            if (bytes > 1_500_000) {
                cancellation.cancel();
            }
        };
        DownloadRequest request = request(url("https"));
        FotaException interrupted =
                assertThrows(FotaException.class, () -> download(source).fetch(request, stop, cancellation));
        assertEquals(Reason.INTERRUPTED, interrupted.reason());
        int before = cloud.store().requests().size();
        assertArrayEquals(object, Files.readAllBytes(fetch(url("https")).path()));
        ObjectRequest first = cloud.store().requests().get(before);
        assertFalse(first.range().startsWith("bytes=0-"), first.range());
        assertFalse(first.ifRange().isEmpty());
    }

    @Test
    void endsAStalledRequestWhenCancelled() throws Exception {
        cloud.store().fault("fw.bin", FaultRule.always(new RangeFault.Stall(1_000)));
        try (HttpRangeSource patient = new HttpRangeSource(
                LOCAL,
                ProxyRules.NONE,
                trust(),
                new HttpRangeSource.Timeouts(Duration.ofSeconds(5), Duration.ofMinutes(10), Duration.ofMinutes(10)))) {
            Cancellation cancellation = new Cancellation();
            DownloadListener stop = (bytes, total) -> new Thread(cancellation::cancel).start();
            FotaException interrupted = assertThrows(
                    FotaException.class, () -> download(patient).fetch(request(url("https")), stop, cancellation));
            assertEquals(Reason.INTERRUPTED, interrupted.reason());
            // The cancelling thread gives the connection back, perhaps a moment after the request has ended.
            await().until(() -> patient.leasedCount() == 0);
        }
    }

    @Test
    void asksOnlyWhetherTheObjectIsStillTheSame() throws Exception {
        fetch(url("https"));
        int before = cloud.store().requests().size();
        fetch(url("https"));
        List<ObjectRequest> asked = cloud.store()
                .requests()
                .subList(before, cloud.store().requests().size());
        assertEquals(1, asked.size());
        assertEquals("bytes=0-0", asked.get(0).range());
    }

    @Test
    void fetchesADamagedCacheEntryAgain() throws Exception {
        CachedImage image = fetch(url("https"));
        Files.write(image.path(), new byte[] {1, 2, 3});
        ImageCache cache = new ImageCache(cacheDirectory, InstantSource.system());
        assertEquals(Optional.empty(), cache.byFile(image.fileSha256()));
        assertArrayEquals(object, Files.readAllBytes(fetch(url("https")).path()));
        Sha256 imageHash = Sha256.over(ByteBuffer.allocate(3));
        cache.index(imageHash, image.fileSha256());
        assertEquals(SIZE, cache.byImage(imageHash).orElseThrow().size());
    }

    @Test
    void keepsNoCredentialOnDisk() throws Exception {
        fetch(DownloadUrl.parse(url("http") + "?versionId=SECRET"));
        try (Stream<Path> files = Files.walk(cacheDirectory)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                assertFalse(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1).contains("SECRET"));
            }
        }
    }

    @Test
    void checksWhoTheServerIs() throws Exception {
        Path other = cacheDirectory.resolve("other.pem");
        CertificateAuthority.in(other, cacheDirectory.resolve("other.key"));
        try (HttpRangeSource distrustful =
                new HttpRangeSource(LOCAL, ProxyRules.NONE, TlsFiles.serverTrust(Optional.of(other)), SHORT)) {
            assertEquals(
                    End.NOT_TRUSTED, get(distrustful, url("https").toString()).end());
        }
        AllowedHosts listed = new AllowedHosts(Optional.empty(), List.of("bucket.s3.example"));
        try (HttpRangeSource misled =
                new HttpRangeSource(listed, ProxyRules.NONE, trust(), SHORT, always("127.0.0.1"))) {
            String wrong = "https://bucket.s3.example:" + cloud.httpsPort() + "/fw.bin";
            assertEquals(End.NOT_TRUSTED, get(misled, wrong).end());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1",
                "10.1.2.3",
                "172.16.0.1",
                "192.168.1.1",
                "169.254.169.254",
                "100.64.0.1",
                "0.0.0.0",
                "224.0.0.1",
                "255.255.255.255",
                "::1",
                "::",
                "fe80::1",
                "fc00::1",
                "::ffff:10.0.0.1",
                "64:ff9b::a00:1",
                "2002:a00:1::",
                "ff02::1",
                "2001:db8::1"
            })
    void connectsToNoPrivateAddress(String address) throws Exception {
        AllowedHosts nobody = new AllowedHosts(Optional.empty(), List.of());
        try (HttpRangeSource careful = new HttpRangeSource(nobody, ProxyRules.NONE, trust(), SHORT, always(address))) {
            assertEquals(
                    End.HOST_NOT_ALLOWED,
                    get(careful, "http://innocent.example/x").end());
        }
    }

    @Test
    void namesAnAddressThatIsNotPublicOnce() throws Exception {
        AllowedHosts nobody = new AllowedHosts(Optional.empty(), List.of());
        try (HttpRangeSource careful =
                new HttpRangeSource(nobody, ProxyRules.NONE, trust(), SHORT, always("10.1.2.3"))) {
            assertEquals(
                    "The job names 10.1.2.3, which is not a public address.",
                    get(careful, "http://10.1.2.3/x").sentence());
            assertEquals(
                    "The job names a.example (10.1.2.3), which is not a public address.",
                    get(careful, "http://a.example/x").sentence());
        }
    }

    @Test
    void knowsPublicAddresses() throws Exception {
        for (String address :
                new String[] {"52.219.1.1", "8.8.8.8", "2a05:d07a::1", "172.32.0.1", "64:ff9b::808:808"}) {
            assertTrue(AllowedHosts.isPublic(InetAddress.getByName(address)), address);
        }
    }

    /** A name is resolved once: what was checked is what is connected to, whatever DNS says a moment later. */
    @Test
    void cannotBeReboundByDns() throws Exception {
        AtomicInteger asked = new AtomicInteger();
        DnsResolver rebinding = resolver(host -> asked.getAndIncrement() == 0 ? "127.0.0.1" : "10.0.0.1");
        AllowedHosts listed = new AllowedHosts(Optional.empty(), List.of("rebind.example"));
        try (HttpRangeSource careful = new HttpRangeSource(listed, ProxyRules.NONE, trust(), SHORT, rebinding)) {
            String url = "http://rebind.example:" + cloud.httpPort() + "/fw.bin";
            assertEquals(End.COMPLETE, get(careful, url).end());
            assertEquals(1, asked.get());
        }
    }

    @Test
    void sendsWhatWasSignedAndNothingMore() throws Exception {
        String answer = "HTTP/1.1 206 x\r\nContent-Range: bytes 0-2/3\r\nContent-Length: 3\r\n\r\nabc";
        try (RawServer server = new RawServer(answer)) {
            String target = "/a%20b//c?X-Amz-Credential=AK%2F1%2f&b={x}|'\"^&X-Amz-Signature=SECRET";
            DownloadUrl url = DownloadUrl.parse("http://localhost:" + server.port() + target);
            get(source, new RangeRequest(url, 0, 99, Optional.of("\"e\"")));
            List<String> lines = server.requests.get(0).lines().toList();
            assertEquals("GET " + target + " HTTP/1.1", lines.get(0));
            Set<String> headers = Set.of(
                    "Host: localhost:" + server.port(),
                    "Range: bytes=0-99",
                    "If-Range: \"e\"",
                    "Accept-Encoding: identity",
                    "Connection: keep-alive");
            assertEquals(headers, Set.copyOf(lines.subList(1, lines.size() - 1)));
        }
    }

    /** The library would repeat a 503 and follow a redirect by itself. */
    @ParameterizedTest
    @ValueSource(strings = {"503 x\r\nRetry-After: 1", "302 x\r\nLocation: /elsewhere?SECRET", "429 x"})
    void doesNothingOnItsOwn(String status) throws Exception {
        try (RawServer server =
                new RawServer("HTTP/1.1 " + status + "\r\nConnection: close\r\nContent-Length: 0\r\n\r\n")) {
            RangeResult result = get(source, "http://localhost:" + server.port() + "/x?SECRET");
            assertEquals(1, server.requests.size());
            assertFalse(result.toString().contains("SECRET"));
        }
    }

    @Test
    void tellsFaultsApartWithoutTheQuery() throws Exception {
        RangeResult refused = get(source, "http://localhost:1/x?SECRET");
        assertEquals(End.BROKEN, refused.end());
        RangeResult unknown = get(source, "http://nowhere.invalid/x?SECRET");
        assertEquals(End.HOST_UNKNOWN, unknown.end());
        try (RawServer server = new RawServer("not HTTP?SECRET\r\n\r\n")) {
            RangeResult garbage = get(source, "http://localhost:" + server.port() + "/x?SECRET");
            assertEquals(End.BROKEN, garbage.end());
            assertFalse((refused + " " + unknown + " " + garbage).contains("SECRET"));
        }
    }

    private RangeResult get(RangeSource from, String url) {
        return get(from, new RangeRequest(DownloadUrl.parse(url), 0, 99, Optional.empty()));
    }

    private static RangeResult get(RangeSource from, RangeRequest request) {
        return from.get(
                request,
                new RangeSource.ReplyHandler() {
                    @Override
                    public boolean head(ReplyHead head) {
                        return true;
                    }

                    @Override
                    public boolean body(ByteBuffer bytes) {
                        return true;
                    }
                },
                new Cancellation());
    }

    private FotaException refusal(DownloadUrl url) {
        return refusal(request(url));
    }

    private FotaException refusal(DownloadRequest request) {
        return assertThrows(FotaException.class, () -> download(source).fetch(request, SILENT, new Cancellation()));
    }

    private CachedImage fetch(DownloadUrl url) throws Exception {
        return download(source).fetch(request(url), SILENT, new Cancellation());
    }

    private ImageDownload download(RangeSource from) throws FotaException {
        return new ImageDownload(new ImageCache(cacheDirectory, InstantSource.system()), from, System::nanoTime);
    }

    private static DownloadRequest request(DownloadUrl url) {
        return new DownloadRequest(url, OptionalLong.empty(), Optional.empty());
    }

    private DownloadUrl url(String scheme) {
        int port = scheme.equals("https") ? cloud.httpsPort() : cloud.httpPort();
        return DownloadUrl.parse(scheme + "://localhost:" + port + "/fw.bin");
    }

    private static DnsResolver always(String address) {
        return resolver(host -> address);
    }

    private static DnsResolver resolver(UnaryOperator<String> addressOf) {
        return new DnsResolver() {
            @Override
            public InetAddress[] resolve(String host) throws UnknownHostException {
                return SystemDefaultDnsResolver.INSTANCE.resolve(addressOf.apply(host));
            }

            @Override
            public String resolveCanonicalHostname(String host) {
                return host;
            }
        };
    }
}
