package dev.fotabridge.host.api;

import java.util.Map;
import java.util.Optional;

/**
 * What a user says about HTTP proxies. The values are checked when they are used; one that cannot be read is the reason
 * CONFIGURATION then.
 *
 * @param proxy {@code http://[user[:password]@]host:port}; takes precedence over those of the environment
 * @param direct hosts that are connected to directly, separated by commas; {@code *} stands for all
 * @param password password of the proxy's user if the URL has none
 * @param environment may have {@code https_proxy}, {@code http_proxy}, {@code all_proxy} and {@code no_proxy}, with the meaning
 *     that curl gives them
 */
public record ProxySettings(
        Optional<String> proxy, Optional<String> direct, Optional<String> password, Map<String, String> environment) {
    /** No proxy: every connection is direct. */
    public static final ProxySettings NONE = ofEnvironment(Map.of());

    /**
     * Copies the map; checks nothing.
     *
     * @param proxy URL of the proxy
     * @param direct hosts that are connected to directly
     * @param password password of the proxy's user
     * @param environment environment variables by name; others are allowed
     */
    public ProxySettings {
        environment = Map.copyOf(environment);
    }

    /**
     * {@return settings that only the environment decides}
     *
     * @param environment such as {@code System.getenv()}
     */
    public static ProxySettings ofEnvironment(Map<String, String> environment) {
        return new ProxySettings(Optional.empty(), Optional.empty(), Optional.empty(), environment);
    }

    /** {@return no value, since URL and password are credentials} */
    @Override
    public String toString() {
        return "<redacted>";
    }
}
