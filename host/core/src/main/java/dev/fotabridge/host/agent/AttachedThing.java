package dev.fotabridge.host.agent;

import dev.fotabridge.host.proxy.ProxyRules;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A thing whose MQTT connection belongs to somebody else.
 *
 * @param host of the endpoint that the connection leads to; downloads from it are allowed
 * @param port of the endpoint
 * @param name of the thing
 * @param ca PEM file of roots that downloads trust beside the system's
 * @param allowHosts hosts that a download URL may name although their addresses are not public
 * @param proxies which proxy leads to a download's host
 */
public record AttachedThing(
        String host, int port, String name, Optional<Path> ca, List<String> allowHosts, ProxyRules proxies) {
    /** Returns HOST:PORT of the endpoint. */
    public String address() {
        return host + ":" + port;
    }
}
