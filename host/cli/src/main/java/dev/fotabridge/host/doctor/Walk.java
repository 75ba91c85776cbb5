package dev.fotabridge.host.doctor;

import dev.fotabridge.host.jobs.Endpoint;
import dev.fotabridge.host.proxy.ProxyServer;
import dev.fotabridge.host.tls.ClientIdentity;
import java.util.Optional;

/** What earlier checks found out for later ones. A check may read what the checks that it needs have set. */
final class Walk {
    /** By the endpoint's check. */
    Endpoint endpoint;

    /** By the endpoint's check: what leads to the endpoint; empty for no proxy. */
    Optional<ProxyServer> proxy = Optional.empty();

    /** By the check of certificate and key. */
    ClientIdentity identity;

    /** By the check of the client id. */
    boolean mayConnect;

    /** By the check of the MQTT connection. */
    BlockingTransport transport;
}
