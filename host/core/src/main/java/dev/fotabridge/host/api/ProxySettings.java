package dev.fotabridge.host.api;

import java.util.Map;
import java.util.Optional;

/**
 * What a user says about HTTP proxies.
 *
 * @param proxy {@code http://[user[:password]@]host:port}; before those of the environment
 * @param direct hosts that are connected to directly, with commas between; {@code *} is all
 * @param password of the proxy's user where the URL names none
 * @param environment with {@code https_proxy}, {@code http_proxy}, {@code all_proxy} and {@code no_proxy}, as with curl
 */
public record ProxySettings(
        Optional<String> proxy, Optional<String> direct, Optional<String> password, Map<String, String> environment) {
    /** Everything is connected to directly. */
    public static final ProxySettings NONE = ofEnvironment(Map.of());

    public ProxySettings {
        environment = Map.copyOf(environment);
    }

    /** Leaves all to the environment, such as {@code System.getenv()}. */
    public static ProxySettings ofEnvironment(Map<String, String> environment) {
        return new ProxySettings(Optional.empty(), Optional.empty(), Optional.empty(), environment);
    }

    /** Shows nothing: URL and password are credentials. */
    @Override
    public String toString() {
        return "<redacted>";
    }
}
