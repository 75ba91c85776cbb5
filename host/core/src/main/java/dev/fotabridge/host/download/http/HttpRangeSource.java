package dev.fotabridge.host.download.http;

import dev.fotabridge.host.download.AllowedHosts;
import dev.fotabridge.host.download.Cancellation;
import dev.fotabridge.host.download.DownloadUrl;
import dev.fotabridge.host.download.RangeRequest;
import dev.fotabridge.host.download.RangeResult;
import dev.fotabridge.host.download.RangeResult.End;
import dev.fotabridge.host.download.RangeSource;
import dev.fotabridge.host.proxy.ProxyRules;
import dev.fotabridge.host.proxy.ProxyServer;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import javax.net.ssl.SSLContext;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.SystemDefaultDnsResolver;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.ManagedHttpClientConnectionFactory;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManager;
import org.apache.hc.client5.http.ssl.DefaultClientTlsStrategy;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.pool.PoolConcurrencyPolicy;
import org.apache.hc.core5.pool.PoolReusePolicy;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;

/**
 * Ranged GET by Apache HttpClient 5. Its habits that would spoil a ranged download are off: it does not decompress (ranges
 * count encoded bytes), does not retry, does not follow redirects, keeps no cookies and knows of no proxy ({@link RoutedConnections} does). Time-outs are set on each request, since a pooled socket keeps those of the last one. The host name is checked
 * by the library's own verifier. A server that sends a little now and then, and so never is silent, is cut off by a
 * watch on the rate. No text of it is passed on: it may hold the URL, and the URL's query is a credential.
 */
public final class HttpRangeSource implements RangeSource {
    /** The library has none by itself; a presigned URL in a Location header has some 2 KB. */
    private static final Http1Config HEAD_LIMITS = Http1Config.custom()
            .setMaxLineLength(16 * 1024)
            .setMaxHeaderCount(100)
            .build();

    /** Different images at the same time; one image is fetched once. */
    private static final int MAX_CONNECTIONS = 16;

    private final AllowedHosts allowed;
    private final ProxyRules proxies;
    private final CloseableHttpClient client;
    private final PoolingHttpClientConnectionManager connections;
    private final Timeouts timeouts;
    private final ScheduledThreadPoolExecutor watch;

    /**
     * How long to wait.
     *
     * @param connect for a connection, TLS included
     * @param silence for the next bytes
     * @param window in which at least {@link PaceWatch#MIN_BYTES} of a body must come, the time to connect and for the
     *     head included
     */
    public record Timeouts(Duration connect, Duration silence, Duration window) {
        /** 15 s to connect; 30 s of silence; 64 KiB in every minute. */
        public static Timeouts standard() {
            return new Timeouts(Duration.ofSeconds(15), Duration.ofSeconds(30), Duration.ofMinutes(1));
        }
    }

    /**
     * Connects to nothing yet.
     *
     * @param tls with the trusted roots; see {@link dev.fotabridge.host.tls.TlsFiles#serverTrust}
     */
    public HttpRangeSource(AllowedHosts allowed, ProxyRules proxies, SSLContext tls, Timeouts timeouts) {
        this(allowed, proxies, tls, timeouts, SystemDefaultDnsResolver.INSTANCE);
    }

    HttpRangeSource(AllowedHosts allowed, ProxyRules proxies, SSLContext tls, Timeouts timeouts, DnsResolver dns) {
        this.allowed = allowed;
        this.proxies = proxies;
        this.timeouts = timeouts;
        watch = PaceWatch.newThread();
        connections = connections(new RoutedConnections(
                this::way, new AllowedHostResolver(allowed, dns), new DefaultClientTlsStrategy(tls)));
        connections.setMaxTotal(MAX_CONNECTIONS);
        connections.setDefaultMaxPerRoute(MAX_CONNECTIONS);
        connections.setDefaultConnectionConfig(ConnectionConfig.custom()
                .setConnectTimeout(Timeout.of(timeouts.connect()))
                .setSocketTimeout(Timeout.of(timeouts.silence()))
                .build());
        client = HttpClients.custom()
                .setConnectionManager(connections)
                .disableContentCompression()
                .disableAutomaticRetries()
                .disableRedirectHandling()
                .disableCookieManagement()
                .disableAuthCaching()
                .disableDefaultUserAgent()
                .build();
    }

    private static PoolingHttpClientConnectionManager connections(RoutedConnections operator) {
        return new PoolingHttpClientConnectionManager(
                operator,
                PoolConcurrencyPolicy.STRICT,
                PoolReusePolicy.LIFO,
                TimeValue.NEG_ONE_MILLISECOND,
                ManagedHttpClientConnectionFactory.builder()
                        .http1Config(HEAD_LIMITS)
                        .build());
    }

    private Optional<ProxyServer> way(boolean secure, String host) {
        return secure ? proxies.forTls(host) : proxies.forPlain(host);
    }

    @Override
    public RangeResult get(RangeRequest request, ReplyHandler handler, Cancellation cancellation) {
        DownloadUrl url = request.url();
        Optional<ProxyServer> proxy = way(url.tls(), url.host());
        if (proxy.isPresent() && !allowed.allowsBehindProxy(url.host())) {
            return new RangeResult(
                    End.HOST_NOT_ALLOWED,
                    "The job names " + url.host() + ", whose address nobody can check behind the proxy " + proxy.get()
                            + ".");
        }
        return get(request, proxy.filter(way -> !url.tls()), handler, cancellation);
    }

    /** @param proxy that takes the request itself, where it is in plain HTTP */
    private RangeResult get(
            RangeRequest request, Optional<ProxyServer> proxy, ReplyHandler handler, Cancellation cancellation) {
        HttpUriRequestBase get = request(request);
        proxy.ifPresent(way -> address(get, request.url(), way));
        ReplyBody reply = new ReplyBody(get, proxy, handler);
        Cancellation.Registration registration = cancellation.onCancel(get::cancel);
        PaceWatch pace = PaceWatch.start(watch, timeouts.window(), reply::bodyBytes, get::cancel);
        try (pace) {
            client.execute(host(request.url()), get, reply::take);
            return reply.isUnwanted() ? unwanted() : new RangeResult(End.COMPLETE, "");
        } catch (IOException e) {
            if (cancellation.isCancelled()) {
                return new RangeResult(End.CANCELLED, "");
            }
            return reply.isUnwanted()
                    ? unwanted()
                    : pace.isTooSlow() ? tooSlow(request.url()) : FailedGet.result(request.url(), e);
        } finally {
            registration.close();
            // A request that was cut may leave a connection in the pool with half a reply in it.
            if (reply.isUnwanted() || cancellation.isCancelled() || pace.isTooSlow()) {
                connections.closeIdle(TimeValue.ZERO_MILLISECONDS);
            }
        }
    }

    private static RangeResult unwanted() {
        return new RangeResult(End.UNWANTED, "");
    }

    private RangeResult tooSlow(DownloadUrl url) {
        return new RangeResult(
                End.TOO_SLOW,
                url.authority() + " sent less than " + PaceWatch.MIN_BYTES + " bytes in "
                        + timeouts.window().toSeconds() + " s.");
    }

    private HttpUriRequestBase request(RangeRequest request) {
        DownloadUrl url = request.url();
        HttpUriRequestBase get =
                new HttpUriRequestBase("GET", URI.create(url.scheme() + "://" + url.authority() + "/"));
        // Set as text: java.net.URI would refuse or rewrite what a presigned URL's signature covers.
        get.setPath(url.requestTarget());
        get.setHeader("Range", request.range());
        get.setHeader("Accept-Encoding", "identity");
        request.ifRange().ifPresent(etag -> get.setHeader("If-Range", etag));
        get.setConfig(RequestConfig.custom()
                .setConnectionRequestTimeout(Timeout.of(timeouts.connect()))
                .setResponseTimeout(Timeout.of(timeouts.silence()))
                .setRedirectsEnabled(false)
                .setContentCompressionEnabled(false)
                .setAuthenticationEnabled(false)
                .build());
        return get;
    }

    /** For a proxy: the whole URL in the request line, byte for byte (RFC 9112, 3.2.2). */
    private static void address(HttpUriRequestBase get, DownloadUrl url, ProxyServer proxy) {
        get.setPath(url.scheme() + "://" + url.authority() + url.requestTarget());
        proxy.authorization().ifPresent(value -> get.setHeader("Proxy-Authorization", value));
    }

    /** Without the scheme's default port, which must not be in the Host header that S3's signatures cover. */
    private static HttpHost host(DownloadUrl url) {
        boolean isDefault = url.port() == (url.tls() ? 443 : 80);
        return new HttpHost(url.scheme(), url.host(), isDefault ? -1 : url.port());
    }

    /** Connections that are in use; as many as gets run. */
    int leasedCount() {
        return connections.getTotalStats().getLeased();
    }

    @Override
    public void close() {
        watch.shutdownNow();
        client.close(CloseMode.IMMEDIATE);
    }
}
