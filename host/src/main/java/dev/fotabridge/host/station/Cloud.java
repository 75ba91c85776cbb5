package dev.fotabridge.host.station;

import dev.fotabridge.host.download.AllowedHosts;
import dev.fotabridge.host.download.RangeSource;
import dev.fotabridge.host.download.http.HttpRangeSource;
import dev.fotabridge.host.jobs.JobsTransport;
import dev.fotabridge.host.jobs.paho.MqttSettings;
import dev.fotabridge.host.jobs.paho.PahoJobsTransport;
import dev.fotabridge.host.outcome.FotaException;
import dev.fotabridge.host.tls.ClientFiles;
import dev.fotabridge.host.tls.ClientIdentity;
import dev.fotabridge.host.tls.TlsFiles;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The two connections that an agent needs. */
record Cloud(JobsTransport jobs, RangeSource objects, List<String> warnings) implements AutoCloseable {
    /**
     * Reads the credentials; connects to nothing yet.
     *
     * @throws FotaException CREDENTIALS
     */
    static Cloud connectable(AgentConfig config) throws FotaException {
        ClientFiles files = new ClientFiles(config.certificate(), config.key(), Optional.empty(), config.ca());
        ClientIdentity identity = ClientIdentity.read(files, Instant.now());
        JobsTransport jobs = new PahoJobsTransport(
                MqttSettings.of(config.host(), config.port(), config.clientId()), identity.context());
        AllowedHosts allowed = new AllowedHosts(Optional.of(config.host()), config.allowHosts());
        RangeSource objects =
                new HttpRangeSource(allowed, TlsFiles.serverTrust(config.ca()), HttpRangeSource.Timeouts.standard());
        return new Cloud(jobs, objects, identity.warnings());
    }

    @Override
    public void close() {
        jobs.close();
        objects.close();
    }
}
