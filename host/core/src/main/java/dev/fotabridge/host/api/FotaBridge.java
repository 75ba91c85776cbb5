package dev.fotabridge.host.api;

import dev.fotabridge.host.bays.SharedBays;
import dev.fotabridge.host.jobs.paho.AttachedPahoTransport;
import dev.fotabridge.host.jobs.paho.MqttSettings;
import dev.fotabridge.host.jobs.paho.PahoJobsTransport;
import dev.fotabridge.host.jobs.shared.StationConnections;
import dev.fotabridge.host.tls.ClientIdentity;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.HexFormat;
import javax.net.ssl.SSLContext;
import org.eclipse.paho.client.mqttv3.IMqttAsyncClient;

/** The way in: makes what the interfaces of this package describe. */
public final class FotaBridge {
    private static final int SESSION_BYTES = 6;

    private FotaBridge() {}

    /**
     * Opens nothing yet.
     *
     * @param stateDirectory for journals and images over restarts; made when something is written
     * @param software name and version of the program, as boards and AWS are told; ASCII, cut to 32 characters
     */
    public static Bays open(Path stateDirectory, String software) {
        byte[] random = new byte[SESSION_BYTES];
        new SecureRandom().nextBytes(random);
        return open(stateDirectory, software, HexFormat.of().formatHex(random));
    }

    /**
     * The same under a name that is known already.
     *
     * @param session names this run of the program; 1 to 32 letters and digits, random
     */
    public static Bays open(Path stateDirectory, String software, String session) {
        return new SharedBays(stateDirectory, software, session);
    }

    /**
     * A transport on a client that the application has; does nothing with it yet, it need not be connected.
     *
     * @throws IllegalArgumentException if there is none
     */
    public static AttachedClient attach(IMqttAsyncClient client) {
        return new AttachedPahoTransport(client);
    }

    /**
     * A transport with a connection of its own, without a proxy; connects when it is told to.
     *
     * @param clientId 1 to 128 characters; two connections with one id evict each other
     * @param tls with the client's certificate and the trusted roots
     */
    public static JobsTransport connection(String host, int port, String clientId, SSLContext tls) {
        return new PahoJobsTransport(MqttSettings.of(host, port, clientId), tls);
    }

    /**
     * The same with what AWS has issued.
     *
     * @throws FotaException CREDENTIALS, with a sentence that names the file
     */
    public static JobsTransport connection(String host, int port, String clientId, ClientFiles files)
            throws FotaException {
        return connection(
                host, port, clientId, ClientIdentity.read(files, Instant.now()).context());
    }

    /** Client id of a station's connection, by its number from 1: station-1, station-1-2, station-1-3. */
    public static String clientId(String station, int number) {
        return StationConnections.clientId(station, number);
    }
}
