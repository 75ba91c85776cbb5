package dev.fotabridge.host.station;

import dev.fotabridge.host.doctor.BoardProbe;
import dev.fotabridge.host.doctor.Doctor;
import dev.fotabridge.host.doctor.DoctorConfig;
import dev.fotabridge.host.download.AllowedHosts;
import dev.fotabridge.host.download.RangeSource;
import dev.fotabridge.host.download.http.HttpRangeSource;
import dev.fotabridge.host.jobs.JobsTransport;
import dev.fotabridge.host.jobs.paho.MqttSettings;
import dev.fotabridge.host.jobs.paho.PahoJobsTransport;
import dev.fotabridge.host.outcome.FotaException;
import dev.fotabridge.host.tls.TlsFiles;
import dev.fotabridge.protocol.board.BoardInfo;
import java.time.Duration;
import java.util.Optional;
import javax.net.ssl.SSLContext;

/** Gives the doctor the same parts that an agent uses, and takes them back. */
final class DoctorRun implements Doctor.Surroundings, AutoCloseable {
    private final DoctorConfig config;
    private final Station station;
    private final Optional<BoardProbe> board;
    private ProcessLock thing;

    /**
     * Opens nothing yet.
     *
     * @param patience how long the board may take to answer
     */
    DoctorRun(DoctorConfig config, Optional<BayConfig> bay, Duration patience, Station station) {
        this.config = config;
        this.station = station;
        this.board = bay.map(place -> new Probe(place, patience, station));
    }

    @Override
    public JobsTransport transport(String host, int port, String clientId, SSLContext tls) {
        return new PahoJobsTransport(
                MqttSettings.of(host, port, clientId).through(config.proxies().forTls(host)), tls);
    }

    @Override
    public RangeSource objects(Optional<String> endpointHost) throws FotaException {
        AllowedHosts allowed = new AllowedHosts(endpointHost, config.allowHosts());
        SSLContext trust = TlsFiles.serverTrust(config.files().ca());
        return new HttpRangeSource(allowed, config.proxies(), trust, HttpRangeSource.Timeouts.standard());
    }

    @Override
    public void lockThing(String address) throws FotaException {
        thing = Station.lockThing(address, config.thing());
    }

    @Override
    public Optional<BoardProbe> board() {
        return board;
    }

    @Override
    public boolean isInterrupted() {
        return station.loop().isInterrupted();
    }

    @Override
    public void close() {
        board.ifPresent(BoardProbe::close);
        if (thing != null) {
            thing.close();
        }
    }

    /** One bay, opened step by step. */
    private static final class Probe implements BoardProbe {
        private final BayConfig config;
        private final Duration patience;
        private final Station station;
        private Bay bay;

        Probe(BayConfig config, Duration patience, Station station) {
            this.config = config;
            this.patience = patience;
            this.station = station;
        }

        @Override
        public String choose() throws FotaException {
            bay = Bay.open(config, station.state(), station.software(), station.loop());
            return bay.port();
        }

        @Override
        public void open() throws FotaException {
            bay.listen();
        }

        @Override
        public BoardInfo hello() throws FotaException {
            return new DeviceRun(bay, patience, station.loop()).info();
        }

        @Override
        public void close() {
            if (bay != null) {
                bay.close();
            }
        }
    }
}
