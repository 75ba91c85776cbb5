package dev.fotabridge.host.api;

import static dev.fotabridge.host.api.AwsFotaConfig.require;
import static dev.fotabridge.host.api.AwsFotaConfig.requireThing;

import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Whose jobs a bay works on, how the cloud is reached, and until when. The constructor throws {@link IllegalArgumentException}
 * when a value is null or outside of its range, and names it.
 * Tested by AwsFotaArgumentsTest.
 *
 * @param host name of the endpoint, 1 to 255 letters, digits, dots, underscores and hyphens; downloads from it are allowed
 * @param port TCP port of the endpoint, 1 to 65 535; 8883 or 443 at AWS
 * @param thing name of the thing: 1 to 128 letters, digits, colons, underscores and hyphens, as AWS IoT allows; only one process
 *     of a computer may work for a thing, another ends with THING_BUSY
 * @param connection the MQTT connection
 * @param until what ends the work
 * @param ca PEM file of roots that downloads trust beside the system's
 * @param allowHosts hosts that a download URL may name although their addresses are not public
 * @param proxies which proxy leads to which host
 */
public record ThingJobs(
        String host,
        int port,
        String thing,
        Connection connection,
        Until until,
        Optional<Path> ca,
        List<String> allowHosts,
        ProxySettings proxies) {
    /**
     * Checks the ranges and copies the list.
     *
     * @param host 1 to 255 letters, digits, dots, underscores and hyphens
     * @param port 1 to 65 535
     * @param thing 1 to 128 letters, digits, colons, underscores and hyphens
     * @param connection any
     * @param until any
     * @param ca need not exist yet
     * @param allowHosts may be empty; none is null
     * @param proxies {@link ProxySettings#NONE} for none
     */
    public ThingJobs {
        requireThing(host, port, thing);
        require(connection != null && until != null, "connection and until must not be null");
        require(
                ca != null && allowHosts != null && proxies != null,
                "ca, allowHosts and proxies may be empty, but not null");
        require(allowHosts.stream().allMatch(Objects::nonNull), "allowHosts must not hold null");
        allowHosts = List.copyOf(allowHosts);
    }

    /** An MQTT connection to the endpoint. */
    public sealed interface Connection {
        /**
         * A connection of the bay's own, which it makes and closes; goes through a proxy if the settings name one.
         *
         * @param clientId MQTT client id, 1 to 128 characters; by AWS's custom the thing's name
         * @param files certificate, key and the roots that the endpoint is checked against
         */
        record Own(String clientId, ClientFiles files) implements Connection {}

        /**
         * A connection that exists already.
         *
         * @param transport such as {@link FotaBridge#attach}; closed when the work on the jobs ends
         */
        record Attached(JobsTransport transport) implements Connection {}
    }

    /** What ends the work on jobs. An interruption ends it in any case, and so does what every job would meet: no port, a bug. */
    public enum Until {
        /** Only an interruption: a cloud that cannot be reached or refuses is tried again without end. */
        INTERRUPTED,
        /** A cloud that refuses the first connection for a reason that lasts: credentials, policy, configuration, proxy. */
        REFUSED,
        /**
         * One job, a cloud that refuses as with REFUSED, or one that cannot be reached for the timeout of the update's
         * options, 60 s if there is none. With a timeout, NO_JOB ends it if no job comes in time; without one it waits for a
         * job without end.
         */
        ONE_JOB
    }

    /** {@return HOST:PORT of the endpoint} */
    public String address() {
        return host + ":" + port;
    }
}
