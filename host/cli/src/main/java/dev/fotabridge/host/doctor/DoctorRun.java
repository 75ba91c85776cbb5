package dev.fotabridge.host.doctor;

import dev.fotabridge.host.api.BayConfig;
import dev.fotabridge.host.api.FotaException;
import dev.fotabridge.host.api.JobsTransport;
import dev.fotabridge.host.bay.BayContext;
import dev.fotabridge.host.bay.DeviceRun;
import dev.fotabridge.host.bay.OpenBay;
import dev.fotabridge.host.download.AllowedHosts;
import dev.fotabridge.host.download.RangeSource;
import dev.fotabridge.host.download.http.HttpRangeSource;
import dev.fotabridge.host.jobs.paho.MqttSettings;
import dev.fotabridge.host.jobs.paho.PahoJobsTransport;
import dev.fotabridge.host.store.ProcessLock;
import dev.fotabridge.host.tls.TlsFiles;
import dev.fotabridge.protocol.board.BoardInfo;
import java.time.Duration;
import java.util.Optional;
import javax.net.ssl.SSLContext;

/** Gives the doctor the same parts that an agent uses, and takes them back. Tested by DoctorIT. */
public final class DoctorRun implements Doctor.Surroundings, AutoCloseable {
    private final DoctorConfig config;
    private final BayContext program;
    private final Optional<BoardProbe> board;
    private ProcessLock thing;
    private JobsTransport mqtt;

    /**
     * Opens nothing yet.
     *
     * @param patience how long the board may take to answer
     */
    public DoctorRun(DoctorConfig config, Optional<BayConfig> bay, Duration patience, BayContext program) {
        this.config = config;
        this.program = program;
        this.board = bay.map(place -> new Probe(place, patience, program));
    }

    @Override
    public JobsTransport transport(String host, int port, String clientId, SSLContext tls) {
        mqtt = new PahoJobsTransport(
                MqttSettings.of(host, port, clientId).through(config.proxies().forTls(host)), tls);
        return mqtt;
    }

    @Override
    public RangeSource objects(Optional<String> endpointHost) throws FotaException {
        AllowedHosts allowed = new AllowedHosts(endpointHost, config.allowHosts());
        SSLContext trust = TlsFiles.serverTrust(config.files().ca());
        return new HttpRangeSource(allowed, config.proxies(), trust, HttpRangeSource.Timeouts.standard());
    }

    @Override
    public void lockThing(String address) throws FotaException {
        thing = ProcessLock.ofThing(address, config.thing());
    }

    @Override
    public Optional<BoardProbe> board() {
        return board;
    }

    @Override
    public boolean isInterrupted() {
        return program.loop().isInterrupted();
    }

    @Override
    public void close() {
        if (mqtt != null) {
            mqtt.close();
        }
        board.ifPresent(BoardProbe::close);
        if (thing != null) {
            thing.close();
        }
    }

    /** One bay, opened step by step. */
    private static final class Probe implements BoardProbe {
        private final BayConfig config;
        private final Duration patience;
        private final BayContext program;
        private OpenBay bay;

        Probe(BayConfig config, Duration patience, BayContext program) {
            this.config = config;
            this.patience = patience;
            this.program = program;
        }

        @Override
        public String choose() throws FotaException {
            bay = OpenBay.open(config, program);
            return bay.port();
        }

        @Override
        public void open() throws FotaException {
            bay.listen();
        }

        @Override
        public BoardInfo hello() throws FotaException {
            return new DeviceRun(bay, patience, program.loop(), line -> {}).info();
        }

        @Override
        public void close() {
            if (bay != null) {
                bay.close();
            }
        }
    }
}
