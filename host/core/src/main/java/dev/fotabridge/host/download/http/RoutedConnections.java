package dev.fotabridge.host.download.http;

import dev.fotabridge.host.proxy.ProxyServer;
import dev.fotabridge.host.proxy.Tunnel;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.util.Optional;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.impl.io.DefaultHttpClientConnectionOperator;
import org.apache.hc.client5.http.io.ManagedHttpClientConnection;
import org.apache.hc.client5.http.ssl.TlsSocketStrategy;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.URIScheme;
import org.apache.hc.core5.http.config.RegistryBuilder;
import org.apache.hc.core5.http.io.SocketConfig;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.apache.hc.core5.net.NamedEndpoint;
import org.apache.hc.core5.util.Timeout;

/**
 * Makes the client's connections, through a proxy where one leads to the host. The client itself knows of no proxy: its own
 * CONNECT would read whatever a proxy sends into memory, and hand a proxy's refusal on as if it were the server's.
 * Tested by HttpProxyIT.
 */
final class RoutedConnections extends DefaultHttpClientConnectionOperator {
    private final ProxyChoice proxies;
    private final TlsSocketStrategy tls;

    /** Which proxy leads to a host; empty for none. */
    @FunctionalInterface
    interface ProxyChoice {
        Optional<ProxyServer> way(boolean secure, String host);
    }

    /**
     * Connects to nothing yet.
     *
     * @param dns for what is connected to directly
     */
    RoutedConnections(ProxyChoice proxies, DnsResolver dns, TlsSocketStrategy tls) {
        super(
                null,
                dns,
                RegistryBuilder.<TlsSocketStrategy>create()
                        .register(URIScheme.HTTPS.id, tls)
                        .build());
        this.proxies = proxies;
        this.tls = tls;
    }

    @Override
    public void connect(
            ManagedHttpClientConnection connection,
            HttpHost host,
            NamedEndpoint name,
            Path unixSocket,
            InetSocketAddress local,
            Timeout limit,
            SocketConfig socketConfig,
            Object attachment,
            HttpContext context)
            throws IOException {
        boolean secure = URIScheme.HTTPS.same(host.getSchemeName());
        Optional<ProxyServer> proxy = proxies.way(secure, host.getHostName());
        if (proxy.isEmpty()) {
            super.connect(connection, host, name, unixSocket, local, limit, socketConfig, attachment, context);
            return;
        }
        Socket socket = new Socket();
        // Known to the client from now on, so that a cancelled request ends this too.
        connection.bind(socket);
        if (secure) {
            int port = host.getPort() < 0 ? 443 : host.getPort();
            Tunnel.open(socket, proxy.get(), host.getHostName(), port, limit.toMillisecondsIntBound());
            connection.bind(tls.upgrade(socket, host.getHostName(), port, attachment, context), socket);
        } else {
            Tunnel.connect(socket, proxy.get(), limit.toMillisecondsIntBound());
            connection.bind(socket);
        }
    }
}
