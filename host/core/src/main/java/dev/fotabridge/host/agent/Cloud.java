package dev.fotabridge.host.agent;

import dev.fotabridge.host.api.FotaException;
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
        SharedSources.Access access = new SharedSources.Access(
                Optional.of(jobs.host()), List.copyOf(jobs.allowHosts()), jobs.proxies(), jobs.ca());
        return new Cloud(
                transport, ReconnectPolicy.standard(new SecureRandom()), sources.take(access), List.copyOf(warnings));
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
