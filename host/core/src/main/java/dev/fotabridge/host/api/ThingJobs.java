package dev.fotabridge.host.api;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Whose jobs a bay works on, how its cloud is reached, and until when.
 *
 * @param host of the endpoint; downloads from it are allowed
 * @param port of the endpoint, 8883 or 443 at AWS
 * @param thing 1 to 128 letters, digits, colons, underscores and hyphens
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
    /** The MQTT connection. */
    public sealed interface Connection {
        /**
         * One of the bay's own.
         *
         * @param clientId the thing's name unless the user says otherwise
         * @param files certificate, key and the roots that the endpoint is checked against
         */
        record Own(String clientId, ClientFiles files) implements Connection {}

        /** Somebody else's, such as {@link FotaBridge#attach}; closed when the work on the jobs ends. */
        record Attached(JobsTransport transport) implements Connection {}
    }

    /** What ends the work on jobs, beside an interruption and what no job can heal. */
    public enum Until {
        /** Nothing else: a cloud that is away or refuses is tried again for ever. */
        INTERRUPTED,
        /** A cloud that refuses at the first connection, for a reason that no waiting heals. */
        REFUSED,
        /** One job, a cloud that refuses, or one that is away for longer than the timeout of the update's options. */
        ONE_JOB
    }

    /** Returns HOST:PORT of the endpoint. */
    public String address() {
        return host + ":" + port;
    }
}
