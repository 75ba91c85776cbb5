package dev.fotabridge.host.download;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fotabridge.fixtures.cloud.LocalCloud;
import dev.fotabridge.fixtures.http.FaultRule;
import dev.fotabridge.fixtures.http.ObjectRequest;
import dev.fotabridge.fixtures.http.RangeFault;
import dev.fotabridge.host.download.http.HttpRangeSource;
import dev.fotabridge.host.proxy.ProxyRules;
import dev.fotabridge.host.tls.TlsFiles;
import dev.fotabridge.host.value.Sha256;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Several processes on one cache: one fetches, the others wait and find the file; one that dies leaves what it had. */
@Timeout(180)
@Tag("real")
class SharedCacheIT {
    private static final int SIZE = 2_500_000;

    @TempDir
    Path directory;

    private LocalCloud cloud;
    private byte[] object;

    /** One of the processes: fetches the URL into the cache and prints the file's hash. */
    public static void main(String[] args) throws Exception {
        AllowedHosts local = new AllowedHosts(Optional.of("localhost"), List.of());
        HttpRangeSource.Timeouts patient =
                new HttpRangeSource.Timeouts(Duration.ofSeconds(30), Duration.ofMinutes(3), Duration.ofMinutes(3));
        try (HttpRangeSource source =
                new HttpRangeSource(local, ProxyRules.NONE, TlsFiles.serverTrust(Optional.empty()), patient)) {
            CachedImage image = new ImageDownload(
                            new ImageCache(Path.of(args[0]), InstantSource.system()), source, System::nanoTime)
                    .fetch(
                            new DownloadRequest(DownloadUrl.parse(args[1]), OptionalLong.empty(), Optional.empty()),
                            (bytes, total) -> {},
                            new Cancellation());
            System.out.println(image.fileSha256().hex());
        }
    }

    @BeforeEach
    void start() throws Exception {
        cloud = LocalCloud.start(directory.resolve("cloud"), List.of("dk-1"));
        object = new byte[SIZE];
        new Random(1).nextBytes(object);
        Files.write(cloud.directory().bucket().resolve("fw.bin"), object);
    }

    @AfterEach
    void stop() {
        cloud.close();
    }

    private Process fetcher() throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        SharedCacheIT.class.getName(),
                        directory.resolve("cache").toString(),
                        "http://localhost:" + cloud.httpPort() + "/fw.bin")
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    private void assertFetched(Process process) throws Exception {
        assertTrue(process.waitFor(120, TimeUnit.SECONDS), "in time");
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.US_ASCII).trim();
        assertEquals(Sha256.over(ByteBuffer.wrap(object)).hex(), out);
    }

    private List<String> ranges() {
        return cloud.store().requests().stream().map(ObjectRequest::range).toList();
    }

    @Test
    void twoProcessesFetchEveryByteOnce() throws Exception {
        Process one = fetcher();
        Process two = fetcher();
        assertFetched(one);
        assertFetched(two);
        assertEquals(
                List.of("bytes=0-1048575", "bytes=1048576-2097151", "bytes=2097152-2499999", "bytes=0-0"), ranges());
    }

    @Test
    void whatAKilledProcessHadIsGoneOnWith() throws Exception {
        cloud.store().fault("fw.bin", FaultRule.after(1, new RangeFault.Stall(1_000)));
        Process killed = fetcher();
        try {
            Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> ranges().size() == 2);
        } finally {
            killed.destroyForcibly().waitFor();
        }
        cloud.store().clearFaults();
        assertFetched(fetcher());
        String first = ranges().get(2);
        assertTrue(first.matches("bytes=(1048576|1049576)-\\d+"), first);
    }
}
