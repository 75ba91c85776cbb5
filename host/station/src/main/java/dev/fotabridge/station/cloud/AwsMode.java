package dev.fotabridge.station.cloud;

import dev.fotabridge.host.api.Bays;
import dev.fotabridge.host.api.ClientFiles;
import dev.fotabridge.host.api.FotaBridge;
import dev.fotabridge.host.api.FotaException;
import dev.fotabridge.host.api.JobQueueEvent;
import dev.fotabridge.host.api.JobQueues;
import dev.fotabridge.host.api.JobsEndpoint;
import dev.fotabridge.host.api.JobsTransport;
import dev.fotabridge.host.api.ProxySettings;
import dev.fotabridge.host.api.Reason;
import dev.fotabridge.host.api.UpdateOptions;
import dev.fotabridge.station.config.ImageSource;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.LongSupplier;

/**
 * AWS mode as a station puts it together: the connection, the jobs, and what runs need of them. Its parts are for the station's thread.
 * Tested by StationCloudIT.
 */
public final class AwsMode implements AutoCloseable {
    /** AWS IoT's port for MQTT with a client certificate. */
    private static final int PORT = 8883;

    private static final int MAX_PORT = 65_535;

    private final JobQueues queues;
    private final StationCloud cloud;
    private final StationCloudPort port;

    /**
     * What a station is, for AWS mode.
     *
     * @param aws the configuration's section
     * @param name name of the station, which is its MQTT client id
     * @param stateDirectory where ends are kept
     * @param options of every update
     * @param proxies which proxy leads to a download's host
     */
    public record Setup(
            ImageSource.AwsJobs aws, String name, Path stateDirectory, UpdateOptions options, ProxySettings proxies) {}

    /**
     * Reads the certificate; connects with the first thing.
     *
     * @param bays share downloads and images with it
     * @param station does work on the station's thread, and calls {@link StationCloud#tell} behind it
     * @param clock the station's, monotonic, in nanoseconds
     * @throws FotaException CREDENTIALS if certificate, key or roots cannot be used; CONFIGURATION for the endpoint's port, or the proxy
     */
    public AwsMode(Setup setup, Bays bays, Executor station, LongSupplier clock) throws FotaException {
        ImageSource.AwsJobs aws = setup.aws();
        JobsEndpoint endpoint = new JobsEndpoint(host(aws), port(aws), aws.ca(), List.of(), setup.proxies());
        JobsTransport first = connection(setup, 1);
        queues = bays.queues(
                endpoint,
                number -> number == 1 ? first : further(setup, number),
                (thing, event) -> station.execute(() -> take(thing, event, clock)));
        cloud = new StationCloud(
                new StationCloud.Settings(aws.thing(), setup.options(), new CloudOutbox(setup.stateDirectory())),
                queues::join);
        port = new StationCloudPort(cloud, clock);
    }

    private void take(String thing, JobQueueEvent event, LongSupplier clock) {
        cloud.event(thing, event, clock.getAsLong());
    }

    private static JobsTransport connection(Setup setup, int number) throws FotaException {
        ImageSource.AwsJobs aws = setup.aws();
        ClientFiles files = new ClientFiles(aws.certificate(), aws.key(), Optional.empty(), aws.ca());
        return FotaBridge.connection(host(aws), port(aws), FotaBridge.clientId(setup.name(), number), files);
    }

    private static JobsTransport further(Setup setup, int number) {
        try {
            return connection(setup, number);
        } catch (FotaException e) {
            throw new IllegalStateException(e.getMessage(), e);
        }
    }

    private static String host(ImageSource.AwsJobs aws) {
        return aws.endpoint().split(":")[0];
    }

    private static int port(ImageSource.AwsJobs aws) throws FotaException {
        String[] parts = aws.endpoint().split(":");
        int port = parts.length == 1 ? PORT : Integer.parseInt(parts[1]);
        if (port < 1 || port > MAX_PORT) {
            throw new FotaException(
                    Reason.CONFIGURATION,
                    "The endpoint " + aws.endpoint() + " has the port " + port + ": it must be 1 to " + MAX_PORT + ".");
        }
        return port;
    }

    /** {@return the jobs} */
    public StationCloud cloud() {
        return cloud;
    }

    /** {@return what runs use of it} */
    public StationCloudPort port() {
        return port;
    }

    /** Ends the connection. What AWS has not answered waits on disk. */
    @Override
    public void close() {
        queues.close();
    }
}
