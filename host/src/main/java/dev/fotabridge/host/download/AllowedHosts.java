package dev.fotabridge.host.download;

import java.net.InetAddress;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Which servers a job may name: public addresses, the cloud endpoint's own host, and hosts that the user listed. A job
 * document comes from the network, so it must not reach the plant's own machines. Pure and immutable.
 */
public final class AllowedHosts {
    private final Optional<String> endpointHost;
    private final Set<String> listed;

    /**
     * Sets the rule.
     *
     * @param endpointHost host of the cloud endpoint, without port; empty without a cloud
     * @param listed host names or addresses of {@code --allow-host}
     */
    public AllowedHosts(Optional<String> endpointHost, Collection<String> listed) {
        this.endpointHost = endpointHost.map(DownloadUrl::lowerCase);
        this.listed = listed.stream().map(DownloadUrl::lowerCase).collect(Collectors.toUnmodifiableSet());
    }

    /** The endpoint's host, so that its addresses can be found. */
    public Optional<String> endpointHost() {
        return endpointHost;
    }

    /** Whether the name alone is enough, whatever address it has. */
    public boolean allowsName(String host) {
        String name = DownloadUrl.lowerCase(host);
        return listed.contains(name) || endpointHost.filter(name::equals).isPresent();
    }

    /** Whether the address may be connected to by anybody's name: a public unicast one. */
    public static boolean isPublic(InetAddress address) {
        return PublicAddress.test(address);
    }
}
