package dev.fotabridge.host.agent;

import dev.fotabridge.host.download.AllowedHosts;
import dev.fotabridge.host.download.RangeSource;
import dev.fotabridge.host.download.http.HttpRangeSource;
import dev.fotabridge.host.jobs.Endpoint;
import dev.fotabridge.host.jobs.JobsTransport;
import dev.fotabridge.host.jobs.ReconnectPolicy;
import dev.fotabridge.host.jobs.paho.MqttSettings;
import dev.fotabridge.host.jobs.paho.PahoJobsTransport;
import dev.fotabridge.host.outcome.FotaException;
import dev.fotabridge.host.tls.ClientIdentity;
import dev.fotabridge.host.tls.TlsFiles;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The two connections that an agent needs, and how often the first is tried again. */
public record Cloud(JobsTransport jobs, ReconnectPolicy reconnect, RangeSource objects, List<String> warnings)
        implements AutoCloseable {
    /**
     * Reads the credentials; connects to nothing yet.
     *
     * @throws FotaException CREDENTIALS
     */
    public static Cloud connectable(AgentConfig config) throws FotaException {
        ClientIdentity identity = ClientIdentity.read(config.files(), Instant.now());
        JobsTransport jobs = new PahoJobsTransport(
                MqttSettings.of(config.host(), config.port(), config.clientId())
                        .through(config.proxies().forTls(config.host())),
                identity.context());
        AllowedHosts allowed = new AllowedHosts(Optional.of(config.host()), config.allowHosts());
        RangeSource objects = new HttpRangeSource(
                allowed,
                config.proxies(),
                TlsFiles.serverTrust(config.files().ca()),
                HttpRangeSource.Timeouts.standard());
        List<String> warnings = new ArrayList<>(identity.warnings());
        new Endpoint(config.host(), config.port()).warning().ifPresent(warnings::add);
        return new Cloud(jobs, ReconnectPolicy.standard(new SecureRandom()), objects, List.copyOf(warnings));
    }

    /** Over an MQTT connection that is there already. */
    public static Cloud attached(AttachedThing thing, JobsTransport jobs) throws FotaException {
        AllowedHosts allowed = new AllowedHosts(Optional.of(thing.host()), thing.allowHosts());
        RangeSource objects = new HttpRangeSource(
                allowed, thing.proxies(), TlsFiles.serverTrust(thing.ca()), HttpRangeSource.Timeouts.standard());
        return new Cloud(jobs, ReconnectPolicy.standard(new SecureRandom()), objects, List.of());
    }

    @Override
    public void close() {
        jobs.close();
        objects.close();
    }
}
