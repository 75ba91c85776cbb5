package dev.fotabridge.host.api;

import dev.fotabridge.host.bays.LoadedImage;
import dev.fotabridge.host.bays.SharedBays;
import dev.fotabridge.host.jobs.paho.AttachedPahoTransport;
import dev.fotabridge.host.jobs.paho.MqttSettings;
import dev.fotabridge.host.jobs.paho.PahoJobsTransport;
import dev.fotabridge.host.jobs.shared.StationConnections;
import dev.fotabridge.host.store.NamedFile;
import dev.fotabridge.host.store.ProcessLock;
import dev.fotabridge.host.store.StorageFailure;
import dev.fotabridge.host.tls.ClientIdentity;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import org.eclipse.paho.client.mqttv3.IMqttAsyncClient;

/**
 * Makes what the interfaces of this package describe. Any thread may call; no method uses a port or the network.
 * Tested by AwsFotaArgumentsTest.
 */
public final class FotaBridge {
    private static final int SESSION_BYTES = 6;

    private FotaBridge() {}

    /**
     * Makes the bays of a process, with a random name of this run. Opens no port and no file.
     *
     * @param stateDirectory directory for journals and images, which outlive a restart; made when something is written
     * @param software name and version of the program, as boards and AWS see it; ASCII, cut to 32 characters
     * @return to be closed by the caller
     */
    public static Bays open(Path stateDirectory, String software) {
        byte[] random = new byte[SESSION_BYTES];
        new SecureRandom().nextBytes(random);
        return open(stateDirectory, software, HexFormat.of().formatHex(random));
    }

    /**
     * Makes the bays of a process, with a given name of this run. Opens no port and no file.
     *
     * @param stateDirectory directory for journals and images, which outlive a restart; made when something is written
     * @param software name and version of the program, as boards and AWS see it; ASCII, cut to 32 characters
     * @param session name of this run of the program: 1 to 32 letters and digits; random, since AWS's replies are told by it
     *     from those to another host
     * @return to be closed by the caller
     * @throws IllegalArgumentException if the session is null or has another form
     */
    public static Bays open(Path stateDirectory, String software, String session) {
        AwsFotaConfig.require(
                session != null && session.matches("[0-9A-Za-z]{1,32}"),
                "session must be 1 to 32 letters and digits, not " + session);
        return new SharedBays(stateDirectory, software, session);
    }

    /**
     * Checks an image or a modem delta and keeps it in memory, for {@link Bay#update(UpdateImage, UpdateOptions)}. Blocks for as long as
     * hashing takes, and for the disk if there is a public key.
     *
     * @param file all bytes of the file, 16 MiB at most; they are copied
     * @param publicKey PEM file of the key that must have signed the image; a modem delta has no such signature
     * @return the image
     * @throws FotaException IMAGE_FORMAT, IMAGE_TRUNCATED, IMAGE_HASH, IMAGE_SIZE or IMAGE_SIGNATURE; CONFIGURATION if the public key
     *     cannot be used
     */
    public static UpdateImage image(byte[] file, Optional<Path> publicKey) throws FotaException {
        return LoadedImage.of(file, publicKey);
    }

    /**
     * Reads an image or a modem delta into memory, and checks it as {@link Bay#update(Path, UpdateOptions)} does before it touches a
     * board. Blocks for as long as the disk takes.
     *
     * @param file MCUboot image or modem delta
     * @param options whose public key must have signed the image, and whose {@code completeOn} the image must suit
     * @return the image
     * @throws FotaException as {@link #image(byte[], Optional)}; IMAGE_UNREADABLE; NO_MARKER
     */
    public static UpdateImage image(Path file, UpdateOptions options) throws FotaException {
        return LoadedImage.of(file, options);
    }

    /**
     * Reads a file that a user has named, and says what is there instead if it is none: nothing, a directory, a device, a file of somebody
     * else. Blocks for as long as the disk takes, and 15 s at most for a pipe.
     *
     * @param file path as the user wrote it, which the sentence repeats
     * @param what the file is to people, as in "The WHAT FILE does not exist."
     * @param limit bytes, 0 to 1 GiB; of a larger file one byte more is returned
     * @param reason of the exception
     * @return the bytes of the file
     * @throws FotaException with that reason
     */
    public static byte[] read(Path file, String what, int limit, Reason reason) throws FotaException {
        AwsFotaConfig.require(limit >= 0 && limit <= 1 << 30, "limit must be 0 to 1 GiB, not " + limit);
        return NamedFile.read(file, what, limit, reason);
    }

    /**
     * Says in words why a file or a directory could not be written: no space, no permission, something else in its place. Looks at the
     * disk, so call it before what was written in part is deleted.
     *
     * @param path what could not be written
     * @param cause how the system has said it
     * @return STORAGE_FULL or STORAGE_UNWRITABLE, to be thrown
     */
    public static FotaException unwritable(Path path, IOException cause) {
        return StorageFailure.writing(path, cause);
    }

    /**
     * Tries to take a name that one holder on this computer has at a time: over all processes and users, and all threads of this
     * process. Returns at once.
     *
     * @param name what is claimed, up to 200 characters; programs that share it use the same name
     * @param note who claims it, up to 300 characters, for those who find it taken
     * @return the claim, or who has it
     * @throws FotaException LOCK_UNAVAILABLE
     */
    public static Claim.Attempt claim(String name, String note) throws FotaException {
        return ProcessLock.attempt("claim " + name, note);
    }

    /**
     * Makes a transport on an MQTT client of the application. Does nothing with the client yet, which need not be connected.
     *
     * @param client connected, reconnected and closed by the application alone
     * @return a transport for {@link AwsFota#attach} or {@link ThingJobs.Connection.Attached}, which close it
     * @throws IllegalArgumentException if the client is null
     */
    public static AttachedClient attach(IMqttAsyncClient client) {
        return new AttachedPahoTransport(client);
    }

    /**
     * Makes a transport with an MQTT connection of its own, without a proxy. {@link JobsTransport#connect} connects, with 15 s
     * each for TCP, TLS and MQTT.
     *
     * @param host name of the endpoint
     * @param port TCP port of the endpoint: 8883, or 443, where AWS tells MQTT from HTTPS by ALPN
     * @param clientId MQTT client id, 1 to 128 characters; AWS closes a connection when another one comes with the same id
     * @param tls has the client's certificate and the trusted roots
     * @return the transport, not connected
     */
    public static JobsTransport connection(String host, int port, String clientId, SSLContext tls) {
        return new PahoJobsTransport(MqttSettings.of(host, port, clientId), tls);
    }

    /**
     * Makes a transport with an MQTT connection of its own, without a proxy. Reads the files before it returns.
     *
     * @param host name of the endpoint
     * @param port TCP port of the endpoint: 8883, or 443, where AWS tells MQTT from HTTPS by ALPN
     * @param clientId MQTT client id, 1 to 128 characters; AWS closes a connection when another one comes with the same id
     * @param files certificate, key and trusted roots
     * @return the transport, not connected
     * @throws FotaException CREDENTIALS, with a sentence that names the file
     */
    public static JobsTransport connection(String host, int port, String clientId, ClientFiles files)
            throws FotaException {
        return connection(
                host, port, clientId, ClientIdentity.read(files, Instant.now()).context());
    }

    /**
     * {@return the client id of a station's connection: the station's own for the first, then with the number behind it, such as
     * station-1-2}
     *
     * @param station client id of the first connection; short enough that 128 characters take the number too
     * @param number number of the connection, from 1
     */
    public static String clientId(String station, int number) {
        return StationConnections.clientId(station, number);
    }
}
