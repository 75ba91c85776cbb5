package dev.fotabridge.host.doctor;

import dev.fotabridge.host.api.ClientFiles;
import dev.fotabridge.host.api.FotaException;
import dev.fotabridge.host.api.JobsTransport;
import dev.fotabridge.host.download.RangeSource;
import dev.fotabridge.host.jobs.Endpoint;
import dev.fotabridge.host.jobs.JobsTopics;
import dev.fotabridge.host.tls.ClientIdentity;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;

/**
 * Checks everything that an agent of this configuration would need, in the order in which an update needs it, and changes
 * nothing. For one examination.
 */
public final class Doctor {
    private static final long REPLY_NANOS = TimeUnit.SECONDS.toNanos(10);

    private final DoctorConfig config;
    private final Surroundings surroundings;
    private final Examination examination;

    /** What the checks need of the world; whoever wires gives the same parts that the agent uses, and closes them. */
    public interface Surroundings {
        /** An MQTT transport; connects to nothing yet. Called once at most. */
        JobsTransport transport(String host, int port, String clientId, SSLContext tls);

        /** A client for objects, with the agent's rules; connects to nothing yet. */
        RangeSource objects(Optional<String> endpointHost) throws FotaException;

        /** Keeps agents of this machine away from the thing until the examination is over; fails if one works. */
        void lockThing(String address) throws FotaException;

        /** The board's place; empty if the board is not to be looked at. */
        Optional<BoardProbe> board();

        /** Whether to stop. */
        boolean isInterrupted();
    }

    public Doctor(DoctorConfig config, Surroundings surroundings) {
        this.config = config;
        this.surroundings = surroundings;
        examination = new Examination(surroundings::isInterrupted);
    }

    /**
     * Examines; blocks for a few seconds, or up to some minutes where nothing answers.
     *
     * @param token letters and digits, random: names a job that does not exist
     * @throws FotaException INTERRUPTED
     */
    public Diagnosis examine(Instant now, String token) throws FotaException {
        Files files = files(now);
        run("state directory", new StateDirectoryCheck(config.stateDirectory()));
        var route = run("endpoint", new EndpointCheck(config.endpoint(), config.proxies()));
        jobs(connect(files, route), "doctor-" + token);
        if (config.url().isPresent()) {
            run("download", new ObjectCheck(config.url().get(), () -> objects(route)));
        }
        if (surroundings.board().isPresent()) {
            board(surroundings.board().get());
        }
        return examination.diagnosis();
    }

    /**
     * Examines what leads to an MQTT connection, and no more; blocks for some seconds, or up to a minute where nothing answers.
     *
     * @throws FotaException INTERRUPTED
     */
    public Diagnosis examineConnection(Instant now) throws FotaException {
        Files files = files(now);
        connect(files, run("endpoint", new EndpointCheck(config.endpoint(), config.proxies())));
        return examination.diagnosis();
    }

    /** What the client's files are good for. */
    private record Files(Prerequisite<Void> roots, Prerequisite<ClientIdentity> identity) {}

    private Files files(Instant now) throws FotaException {
        ClientFiles files = config.files();
        var certificate = run("certificate", new CertificateCheck(files.certificate(), now));
        var key = run("private key", new KeyCheck(files));
        var roots = run("CA file", new CaFileCheck(files.ca(), now));
        return new Files(roots, run("key pair", new KeyPairCheck(files, now), certificate, key, roots));
    }

    private Prerequisite<BlockingTransport> connect(Files files, Prerequisite<Route> route) throws FotaException {
        var dns = run("DNS", () -> new NameCheck(route.value()).run(), route);
        var tcp = run("TCP", () -> new TcpCheck(route.value()).run(), dns);
        var tls = run("TLS", () -> new TlsCheck(config.files().ca(), route.value()).run(), files.roots(), tcp);
        var clientId = run("client id", () -> clientId(route.value()).run(), tls, files.identity());
        return run(
                "MQTT connect",
                () -> connect(route.value(), files.identity().value()).run(),
                clientId);
    }

    private <T> Prerequisite<T> run(String name, Check<T> check, Prerequisite<?>... needs) throws FotaException {
        return examination.run(name, check, needs);
    }

    private ClientIdCheck clientId(Route route) {
        return new ClientIdCheck(
                config, surroundings::lockThing, route.endpoint().toString());
    }

    private ConnectCheck connect(Route route, ClientIdentity identity) {
        Endpoint endpoint = route.endpoint();
        JobsTransport transport =
                surroundings.transport(endpoint.host(), endpoint.port(), config.connectingId(), identity.context());
        return new ConnectCheck(
                config, new BlockingTransport(endpoint, transport, REPLY_NANOS, surroundings::isInterrupted));
    }

    private void jobs(Prerequisite<BlockingTransport> mqtt, String jobId) throws FotaException {
        String thing = config.thing();
        JobsTopics topics = new JobsTopics(thing);
        List<String> filters = topics.filters();
        var subscribed = run("MQTT subscribe", () -> new SubscribeCheck(thing, filters, mqtt.value()).run(), mqtt);
        JobsRequest next = new NextJobRequest(topics, thing);
        var described = run("describe job", () -> new RequestCheck(next, filters, mqtt.value()).run(), subscribed);
        JobsRequest named = new NamedJobRequest(topics, jobId);
        run("describe a named job", () -> new RequestCheck(named, filters, mqtt.value()).run(), described);
        JobsRequest report = new ReportRequest(topics, jobId);
        run("report status", () -> new RequestCheck(report, filters, mqtt.value()).run(), subscribed);
    }

    private RangeSource objects(Prerequisite<Route> route) throws FotaException {
        return surroundings.objects(
                route.result().value().map(known -> known.endpoint().host()));
    }

    private void board(BoardProbe board) throws FotaException {
        var port = run("port", new PortCheck(board));
        run("board", () -> new HelloCheck(board, port.value()).run(), port);
    }
}
