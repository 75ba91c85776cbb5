package dev.fotabridge.host.jobs.paho;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fotabridge.fixtures.cloud.LocalCloud;
import dev.fotabridge.fixtures.http.ForwardProxy;
import dev.fotabridge.host.api.ClientFiles;
import dev.fotabridge.host.api.FotaException;
import dev.fotabridge.host.api.ProxySettings;
import dev.fotabridge.host.api.Reason;
import dev.fotabridge.host.proxy.ProxyRules;
import dev.fotabridge.host.proxy.ProxyServer;
import dev.fotabridge.host.tls.ClientIdentity;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;
import org.eclipse.paho.client.mqttv3.MqttException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("real")
class TlsSocketIT {
    @TempDir
    Path directory;

    @Test
    void refusesACertificateOfAnotherHost() throws Exception {
        try (LocalCloud cloud = LocalCloud.start(directory, List.of("dk-1"))) {
            InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), cloud.mqttPort());
            SSLContext tls = identity(cloud).context();
            try (Socket right = new TlsSocket.Factory(tls, "localhost", false, Optional.empty()).createSocket()) {
                right.connect(address, 5_000);
            }
            try (Socket wrong =
                    new TlsSocket.Factory(tls, "data.iot.example", false, Optional.empty()).createSocket()) {
                IOException failure = assertThrows(IOException.class, () -> wrong.connect(address, 5_000));
                FotaException mapped =
                        new Failures(MqttSettings.of("data.iot.example", 8883, "x")).connecting(failure, Stage.REACHED);
                assertEquals(Reason.CREDENTIALS, mapped.reason());
                assertTrue(mapped.getMessage().contains("another host"), mapped.getMessage());
            }
        }
    }

    /** Paho's own TLS module loses ALPN; port 443 of AWS does not answer without it. */
    @Test
    void offersAlpnAndTheServersName() throws Exception {
        try (LocalCloud cloud = LocalCloud.start(directory, List.of("dk-1"));
                SSLServerSocket server = (SSLServerSocket) identity(cloud)
                        .context()
                        .getServerSocketFactory()
                        .createServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            Handshake with = handshake(server, true);
            assertEquals("x-amzn-mqtt-ca", with.alpn);
            assertEquals("data.iot.example", with.serverName);
            assertNull(handshake(server, false).alpn);
        }
    }

    /** The proxy knows the way to a name that nobody here can look up; inside its tunnel all is as without it. */
    @Test
    void offersThemThroughAProxyToo() throws Exception {
        try (LocalCloud cloud = LocalCloud.start(directory, List.of("dk-1"));
                SSLServerSocket server = (SSLServerSocket) identity(cloud)
                        .context()
                        .getServerSocketFactory()
                        .createServerSocket(0, 5, InetAddress.getLoopbackAddress());
                ForwardProxy proxy = ForwardProxy.start().leads("data.iot.example:443", server.getLocalPort())) {
            CompletableFuture<Handshake> seen = CompletableFuture.supplyAsync(() -> accept(server));
            TlsSocket.Factory sockets =
                    new TlsSocket.Factory(trustingAll(), "data.iot.example", true, server(proxy.url()));
            try (Socket socket = sockets.createSocket()) {
                socket.connect(InetSocketAddress.createUnresolved("0.0.0.0", 443), 5_000);
                assertEquals(new Handshake("x-amzn-mqtt-ca", "data.iot.example"), seen.get());
                assertEquals(Stage.SECURED, sockets.stage());
            }
        }
    }

    @Test
    void aProxyThatRefusesIsNoFaultOfTheEndpoint() throws Exception {
        try (ForwardProxy proxy = ForwardProxy.start().wants("user", "secret")) {
            TlsSocket.Factory sockets =
                    new TlsSocket.Factory(trustingAll(), "data.iot.example", true, server(proxy.url()));
            try (Socket socket = sockets.createSocket()) {
                IOException failure = assertThrows(
                        IOException.class,
                        () -> socket.connect(InetSocketAddress.createUnresolved("0.0.0.0", 443), 5_000));
                FotaException mapped = new Failures(MqttSettings.of("data.iot.example", 443, "x"))
                        .connecting(new MqttException(failure), sockets.stage());
                assertEquals(Reason.PROXY_REFUSED, mapped.reason());
                assertTrue(mapped.getMessage().contains("wants a user and a password"), mapped.getMessage());
                assertEquals(Stage.NOWHERE, sockets.stage());
            }
        }
    }

    private static Optional<ProxyServer> server(String url) throws FotaException {
        ProxySettings settings = new ProxySettings(Optional.of(url), Optional.empty(), Optional.empty(), Map.of());
        return ProxyRules.of(settings).forTls("data.iot.example");
    }

    private record Handshake(String alpn, String serverName) {}

    private static Handshake handshake(SSLServerSocket server, boolean alpn) throws Exception {
        CompletableFuture<Handshake> seen = CompletableFuture.supplyAsync(() -> accept(server));
        try (Socket socket =
                new TlsSocket.Factory(trustingAll(), "data.iot.example", alpn, Optional.empty()).createSocket()) {
            socket.connect(server.getLocalSocketAddress(), 5_000);
            return seen.get();
        }
    }

    private static Handshake accept(SSLServerSocket server) {
        try (SSLSocket socket = (SSLSocket) server.accept()) {
            SSLParameters parameters = socket.getSSLParameters();
            String[] offered = new String[1];
            socket.setHandshakeApplicationProtocolSelector((s, protocols) -> {
                offered[0] = protocols.get(0);
                return protocols.get(0);
            });
            socket.setSSLParameters(parameters);
            socket.startHandshake();
            ExtendedSSLSession session = (ExtendedSSLSession) socket.getSession();
            SNIHostName name = (SNIHostName) session.getRequestedServerNames().get(0);
            return new Handshake(offered[0], name.getAsciiName());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static ClientIdentity identity(LocalCloud cloud) throws Exception {
        ClientFiles files = new ClientFiles(
                cloud.directory().certificate("dk-1"),
                cloud.directory().privateKey("dk-1"),
                Optional.empty(),
                Optional.of(cloud.directory().rootCertificate()));
        return ClientIdentity.read(files, Instant.now());
    }

    /** The test's server has a client's certificate; here only what is offered to it counts. */
    private static SSLContext trustingAll() throws Exception {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, new TrustManager[] {new TrustAll()}, null);
        return context;
    }

    private static final class TrustAll extends X509ExtendedTrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
