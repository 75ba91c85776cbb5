package dev.fotabridge.host.api;

import static dev.fotabridge.host.api.AwsFotaConfig.require;

import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Where jobs come from, and from where images may be fetched. The constructor throws {@link IllegalArgumentException} when a value is null
 * or outside of its range, and names it.
 * Tested by AwsFotaArgumentsTest.
 *
 * @param host name of the endpoint, 1 to 255 letters, digits, dots, underscores and hyphens; downloads from it are allowed
 * @param port TCP port of the endpoint, 1 to 65 535
 * @param ca PEM file of roots that downloads trust beside the system's
 * @param allowHosts hosts that a job may name although their addresses are not public
 * @param proxies which proxy leads to a download's host
 */
public record JobsEndpoint(String host, int port, Optional<Path> ca, List<String> allowHosts, ProxySettings proxies) {
    /**
     * Checks the ranges and copies the list.
     *
     * @param host 1 to 255 letters, digits, dots, underscores and hyphens
     * @param port 1 to 65 535
     * @param ca need not exist yet
     * @param allowHosts may be empty; none is null
     * @param proxies {@link ProxySettings#NONE} for none
     */
    public JobsEndpoint {
        AwsFotaConfig.requireThing(host, port, "any");
        require(
                ca != null && allowHosts != null && proxies != null,
                "ca, allowHosts and proxies may be empty, but not null");
        require(allowHosts.stream().allMatch(Objects::nonNull), "allowHosts must not hold null");
        allowHosts = List.copyOf(allowHosts);
    }

    /** {@return HOST:PORT of the endpoint} */
    public String address() {
        return host + ":" + port;
    }
}
