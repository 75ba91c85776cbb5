package dev.fotabridge.host.jobs.paho;

import dev.fotabridge.host.proxy.ProxyServer;
import java.util.Optional;

/**
 * Where and as whom to connect.
 * Tested by PahoJobsTransportIT.
 *
 * @param host of the endpoint, without port
 * @param port 8883, or 443
 * @param clientId of the connection, 1 to 128 characters; two connections with one id evict each other
 * @param connectTimeoutSeconds for TCP, TLS and CONNACK each
 * @param keepAliveSeconds 30 to 1 200 at AWS
 * @param proxy that the connection is made through; empty for none
 */
public record MqttSettings(
        String host,
        int port,
        String clientId,
        int connectTimeoutSeconds,
        int keepAliveSeconds,
        Optional<ProxyServer> proxy) {
    /** 15 s to connect, 60 s of keep-alive, no proxy. */
    public static MqttSettings of(String host, int port, String clientId) {
        return new MqttSettings(host, port, clientId, 15, 60, Optional.empty());
    }

    /** The same through a proxy, or without one. */
    public MqttSettings through(Optional<ProxyServer> other) {
        return new MqttSettings(host, port, clientId, connectTimeoutSeconds, keepAliveSeconds, other);
    }

    /** On port 443 AWS tells MQTT from HTTPS by ALPN only. */
    boolean needsAlpn() {
        return port == 443;
    }

    String address() {
        return host + ":" + port;
    }

    /** For Paho, which looks a name up before it asks for a socket; behind a proxy the name is the proxy's to look up. */
    String addressToLookUp() {
        return proxy.isPresent() ? "0.0.0.0:" + port : address();
    }
}
