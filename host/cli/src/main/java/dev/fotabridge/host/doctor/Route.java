package dev.fotabridge.host.doctor;

import dev.fotabridge.host.jobs.Endpoint;
import dev.fotabridge.host.proxy.ProxyServer;
import java.util.Optional;

/**
 * How the endpoint is reached.
 *
 * @param proxy empty for no proxy
 */
record Route(Endpoint endpoint, Optional<ProxyServer> proxy) {}
