package dev.fotabridge.host.agent;

import dev.fotabridge.host.api.FotaException;
import dev.fotabridge.host.api.JobsEndpoint;
import dev.fotabridge.host.api.JobsTransport;
import dev.fotabridge.host.api.ThingJobs;
import dev.fotabridge.host.api.ThingJobs.Connection;
import dev.fotabridge.host.download.RangeSource;
import dev.fotabridge.host.download.http.SharedSources;
import dev.fotabridge.host.jobs.Endpoint;
import dev.fotabridge.host.jobs.ReconnectPolicy;
import dev.fotabridge.host.jobs.paho.MqttSettings;
import dev.fotabridge.host.jobs.paho.PahoJobsTransport;
import dev.fotabridge.host.proxy.ProxyRules;
import dev.fotabridge.host.tls.ClientIdentity;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The two connections that an agent needs, and how often the first is tried again. Tested by AgentIT. */
public record Cloud(JobsTransport jobs, ReconnectPolicy reconnect, RangeSource objects, List<String> warnings)
        implements AutoCloseable {
    /**
     * Reads the credentials of a connection of its own; connects to nothing yet.
     *
     * @throws FotaException CREDENTIALS or CONFIGURATION
     */
    public static Cloud of(ThingJobs jobs, SharedSources sources) throws FotaException {
        List<String> warnings = new ArrayList<>();
        JobsTransport transport = jobs.connection() instanceof Connection.Own own
                ? connection(jobs, own, warnings)
                : ((Connection.Attached) jobs.connection()).transport();
        RangeSource objects = objects(
                new JobsEndpoint(jobs.host(), jobs.port(), jobs.ca(), jobs.allowHosts(), jobs.proxies()), sources);
        return new Cloud(transport, ReconnectPolicy.standard(new SecureRandom()), objects, List.copyOf(warnings));
    }

    /**
     * Returns the source of an endpoint's images, which the caller closes.
     *
     * @throws FotaException CREDENTIALS or CONFIGURATION
     */
    public static RangeSource objects(JobsEndpoint endpoint, SharedSources sources) throws FotaException {
        return sources.take(new SharedSources.Access(
                Optional.of(endpoint.host()), endpoint.allowHosts(), endpoint.proxies(), endpoint.ca()));
    }

    private static JobsTransport connection(ThingJobs jobs, Connection.Own own, List<String> warnings)
            throws FotaException {
        ClientIdentity identity = ClientIdentity.read(own.files(), Instant.now());
        ProxyRules proxies = ProxyRules.of(jobs.proxies());
        warnings.addAll(identity.warnings());
        new Endpoint(jobs.host(), jobs.port()).warning().ifPresent(warnings::add);
        return new PahoJobsTransport(
                MqttSettings.of(jobs.host(), jobs.port(), own.clientId()).through(proxies.forTls(jobs.host())),
                identity.context());
    }

    @Override
    public void close() {
        jobs.close();
        objects.close();
    }
}
