package dev.fotabridge.station.live;

import dev.fotabridge.host.api.BayEvent;
import dev.fotabridge.host.api.Bays;
import dev.fotabridge.host.api.CompleteOn;
import dev.fotabridge.host.api.FotaException;
import dev.fotabridge.host.api.ProxySettings;
import dev.fotabridge.host.api.Reason;
import dev.fotabridge.host.api.UpdateOptions;
import dev.fotabridge.station.cloud.AwsMode;
import dev.fotabridge.station.cloud.BayJob;
import dev.fotabridge.station.cloud.JobStarts;
import dev.fotabridge.station.cloud.StationCloudPort;
import dev.fotabridge.station.cloud.StationJobs;
import dev.fotabridge.station.config.ImageSource;
import dev.fotabridge.station.config.StationConfig;
import dev.fotabridge.station.ledger.Ledger;
import dev.fotabridge.station.ledger.NewRun;
import dev.fotabridge.station.place.BayPlace;
import dev.fotabridge.station.run.BoardsPort;
import dev.fotabridge.station.run.CloudPort;
import dev.fotabridge.station.run.Station;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/** Jobs of AWS: each board is a thing. Tested by StationAwsIT. */
final class JobSource implements Source {
    private static final UpdateOptions OPTIONS = new UpdateOptions(
            Optional.empty(), CompleteOn.CONFIRMED, Optional.empty(), false, Optional.of(ReleaseSource.LINK_PATIENCE));

    private final AwsMode aws;
    private final StationJobs turns;
    private final String words;

    /**
     * Reads the certificate; connects with the first thing.
     *
     * @param station does work under the station's lock, later
     * @throws FotaException CREDENTIALS or CONFIGURATION
     */
    JobSource(
            StationConfig config,
            ImageSource.AwsJobs jobs,
            Bays library,
            Executor station,
            LongSupplier clock,
            Supplier<String> ids)
            throws FotaException {
        AwsMode.Setup setup = new AwsMode.Setup(
                jobs, config.station(), config.stateDirectory(), OPTIONS, ProxySettings.ofEnvironment(System.getenv()));
        aws = new AwsMode(setup, library, station, clock);
        turns = new StationJobs(
                aws.cloud(),
                new JobStarts(config.start(), aws.cloud(), ids),
                config.bays().stream().map(BayPlace::bay).toList());
        words = "jobs of AWS, " + jobs.endpoint() + ", for things "
                + jobs.thing().template();
    }

    @Override
    public CloudPort port() {
        return aws.port();
    }

    @Override
    public Optional<NewRun.What> what() {
        return Optional.empty();
    }

    @Override
    public Optional<NewRun.What> what(int bay) {
        return aws.cloud().at(bay).job().map(StationCloudPort::what);
    }

    @Override
    public Firmware firmware(BoardsPort.Order order) throws FotaException {
        return new Firmware(aws.cloud().image(order.run()), aws.cloud().options(order.run()));
    }

    @Override
    public String words() {
        return words;
    }

    @Override
    public String reload(Ledger ledger, String who) throws FotaException {
        throw new FotaException(Reason.CONFIGURATION, "This station takes its images from AWS: there is no release.");
    }

    @Override
    public void turn(Station station, long now) {
        turns.turn(station, now);
    }

    @Override
    public void progress(String run, int attempt, BayEvent event) {
        aws.cloud().progress(run, attempt, event);
    }

    @Override
    public void over(String run) {
        aws.cloud().over(run);
    }

    @Override
    public BayJob job(int bay) {
        return aws.cloud().at(bay);
    }

    @Override
    public void close() {
        aws.close();
    }
}
