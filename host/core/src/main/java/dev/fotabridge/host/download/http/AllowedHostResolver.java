package dev.fotabridge.host.download.http;

import dev.fotabridge.host.download.AllowedHosts;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.apache.hc.client5.http.DnsResolver;

/**
 * Hands out only addresses that a job may name. The client connects to the very addresses returned here, so that a name
 * cannot be resolved to a public address for the check and to another one for the connection.
 * Tested by HttpRangeSourceIT.
 */
final class AllowedHostResolver implements DnsResolver {
    private final AllowedHosts allowed;
    private final DnsResolver resolver;

    AllowedHostResolver(AllowedHosts allowed, DnsResolver resolver) {
        this.allowed = allowed;
        this.resolver = resolver;
    }

    @Override
    public InetAddress[] resolve(String host) throws UnknownHostException {
        InetAddress[] addresses = resolver.resolve(host);
        if (addresses == null || addresses.length == 0) {
            throw new UnknownHostException(host);
        }
        if (allowed.allowsName(host)) {
            return addresses;
        }
        Set<InetAddress> endpoint = endpointAddresses();
        InetAddress[] usable = Arrays.stream(addresses)
                .filter(address -> AllowedHosts.isPublic(address) || endpoint.contains(address))
                .toArray(InetAddress[]::new);
        if (usable.length == 0) {
            throw new HostNotAllowedException(host, addresses[0]);
        }
        return usable;
    }

    @Override
    public String resolveCanonicalHostname(String host) throws UnknownHostException {
        return resolver.resolveCanonicalHostname(host);
    }

    private Set<InetAddress> endpointAddresses() {
        Optional<String> endpoint = allowed.endpointHost();
        if (endpoint.isEmpty()) {
            return Set.of();
        }
        try {
            return new HashSet<>(Arrays.asList(resolver.resolve(endpoint.get())));
        } catch (UnknownHostException e) {
            return Set.of();
        }
    }

    /** The host exists, but a job may not name it. */
    static final class HostNotAllowedException extends UnknownHostException {
        private static final long serialVersionUID = 1;

        HostNotAllowedException(String host, InetAddress address) {
            super(named(host, address.getHostAddress()) + ", which is not a public address");
        }

        private static String named(String host, String address) {
            return host.equals(address) ? host : host + " (" + address + ")";
        }
    }
}
