package dev.fotabridge.host.jobs.paho;

/**
 * Where and as whom to connect.
 *
 * @param host of the endpoint, without port
 * @param port 8883, or 443
 * @param clientId of the connection, 1 to 128 characters; two connections with one id evict each other
 * @param connectTimeoutSeconds for TCP, TLS and CONNACK each
 * @param keepAliveSeconds 30 to 1 200 at AWS
 */
public record MqttSettings(String host, int port, String clientId, int connectTimeoutSeconds, int keepAliveSeconds) {
    /** 15 s to connect, 60 s of keep-alive. */
    public static MqttSettings of(String host, int port, String clientId) {
        return new MqttSettings(host, port, clientId, 15, 60);
    }

    /** On port 443 AWS tells MQTT from HTTPS by ALPN only. */
    boolean needsAlpn() {
        return port == 443;
    }

    String address() {
        return host + ":" + port;
    }
}
