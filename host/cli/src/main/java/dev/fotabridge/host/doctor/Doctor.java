package dev.fotabridge.host.doctor;

import dev.fotabridge.host.doctor.ClientIdCheck.ThingLock;
import dev.fotabridge.host.download.RangeSource;
import dev.fotabridge.host.jobs.Endpoint;
import dev.fotabridge.host.jobs.JobsTransport;
import dev.fotabridge.host.outcome.FotaException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import javax.net.ssl.SSLContext;

/** Looks at everything that an agent of this configuration would need, and changes nothing. */
public final class Doctor {
    private static final long REPLY_NANOS = TimeUnit.SECONDS.toNanos(10);

    private final DoctorConfig config;
    private final Surroundings surroundings;
    private final Walk walk = new Walk();

    /** What the checks need of the world; whoever wires gives the same parts that the agent uses. */
    public interface Surroundings {
        /** An MQTT transport; connects to nothing yet. */
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
    }

    /**
     * Examines; blocks for a few seconds, or up to some minutes where nothing answers.
     *
     * @param token letters and digits, random: names a job that does not exist
     * @throws FotaException INTERRUPTED
     */
    public Diagnosis examine(Instant now, String token) throws FotaException {
        BooleanSupplier interrupted = surroundings::isInterrupted;
        try {
            return new Examination(checks(now, token, interrupted), interrupted).run();
        } finally {
            if (walk.transport != null) {
                walk.transport.close();
            }
        }
    }

    private List<Check> checks(Instant now, String token, BooleanSupplier interrupted) {
        ThingLock lock = surroundings::lockThing;
        List<Check> checks = new ArrayList<>(List.of(
                new CertificateCheck(config.files().certificate(), now),
                new KeyCheck(config.files()),
                new CaFileCheck(config.files().ca(), now),
                new KeyPairCheck(config.files(), now, walk),
                new StateDirectoryCheck(config.stateDirectory()),
                new EndpointCheck(config.endpoint(), config.proxies(), walk),
                new NameCheck(walk),
                new TcpCheck(walk),
                new TlsCheck(config.files().ca(), walk),
                new ClientIdCheck(config, lock, walk),
                new ConnectCheck(config, (found, id) -> transport(found, id, interrupted), walk),
                new SubscribeCheck(config.thing(), walk),
                new DescribeCheck(config.thing(), walk),
                new NamedJobCheck(config.thing(), "doctor-" + token, walk),
                new ReportCheck(config.thing(), "doctor-" + token, walk)));
        config.url().ifPresent(url -> checks.add(new ObjectCheck(url, this::objects)));
        surroundings.board().ifPresent(board -> addBoard(checks, board));
        return checks;
    }

    private static void addBoard(List<Check> checks, BoardProbe board) {
        PortCheck port = new PortCheck(board);
        checks.add(port);
        checks.add(new BoardCheck(board, port));
    }

    private BlockingTransport transport(Walk found, String clientId, BooleanSupplier interrupted) {
        JobsTransport transport = surroundings.transport(
                found.endpoint.host(), found.endpoint.port(), clientId, found.identity.context());
        return new BlockingTransport(transport, REPLY_NANOS, interrupted);
    }

    private RangeSource objects() throws FotaException {
        return surroundings.objects(Optional.ofNullable(walk.endpoint).map(Endpoint::host));
    }
}
