package dev.fotabridge.host.download;

import com.google.common.net.InetAddresses;
import java.net.InetAddress;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Which servers a job may name: public addresses, the cloud endpoint's own host, and hosts that the user listed. A job
 * document comes from the network, so it must not reach the plant's own machines. Pure and immutable.
 */
public final class AllowedHosts {
    /**
     * Virtual-hosted and path-style names, the older ones among them (Amazon S3 user guide, endpoints), in the partitions that
     * the internet reaches: aws and GovCloud, China (.cn), the European Sovereign Cloud (.eu). The suffixes of the isolated
     * ones (partitions.json of AWS's SDKs: c2s.ic.gov, sc2s.sgov.gov, csp.hci.ic.gov, cloud.adc-e.uk) are left out: elsewhere
     * these names lead to wherever others want, and within, {@code --allow-host} names the bucket's host.
     */
    private static final Pattern S3 = Pattern.compile("(?:[a-z0-9][a-z0-9.-]*\\.)?"
            + "s3(?:-accelerate|-accesspoint|-external-1)?(?:-fips)?(?:\\.dualstack)?"
            + "(?:[.-][a-z]{2,4}(?:-[a-z]+)+-[0-9]{1,2})?"
            + "\\.amazonaws\\.(?:com(?:\\.cn)?|eu)");

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

    /**
     * Whether a job may name this host behind a proxy. There the proxy looks names up, so that nobody here can check an
     * address: a name must be allowed itself, or be one of S3's, which only Amazon can point anywhere. Anybody can have an
     * own name below amazonaws.com lead to a private address (an internal load balancer's, an endpoint's in a VPC).
     */
    public boolean allowsBehindProxy(String host) {
        String name = DownloadUrl.lowerCase(host);
        return allowsName(name) || S3.matcher(name).matches() || isPublicLiteral(name);
    }

    /** Literals are no names, so that nothing is looked up; what is no plain literal may be read as anything by a proxy. */
    private static boolean isPublicLiteral(String text) {
        return InetAddresses.isInetAddress(text) && isPublic(InetAddresses.forString(text));
    }

    /** Whether the address may be connected to by anybody's name: a public unicast one. */
    public static boolean isPublic(InetAddress address) {
        return PublicAddress.test(address);
    }
}
