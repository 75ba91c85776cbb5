package dev.fotabridge.host.cli;

import dev.fotabridge.host.api.Bay;
import dev.fotabridge.host.api.BayConfig;
import dev.fotabridge.host.api.BoardReport;
import dev.fotabridge.host.api.ClientFiles;
import dev.fotabridge.host.api.FotaException;
import dev.fotabridge.host.api.PortReport;
import dev.fotabridge.host.api.ProxySettings;
import dev.fotabridge.host.bay.BayContext;
import dev.fotabridge.host.bay.SharedParts;
import dev.fotabridge.host.doctor.Diagnosis;
import dev.fotabridge.host.doctor.Doctor;
import dev.fotabridge.host.doctor.DoctorConfig;
import dev.fotabridge.host.doctor.DoctorRun;
import dev.fotabridge.host.doctor.Finding;
import dev.fotabridge.host.doctor.StationDoctor;
import dev.fotabridge.host.link.serial.PortList;
import dev.fotabridge.host.proxy.ProxyRules;
import dev.fotabridge.station.config.ImageSource;
import dev.fotabridge.station.config.StationConfig;
import dev.fotabridge.station.place.BayPlace;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Examines a station, with the parts that a command has. Tested by StationCheckIT. */
final class StationExamination implements StationDoctor.Surroundings {
    /** A board that answers does so within a second. */
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    /** Goes behind the station's client id: the newest of two clients with one id ends the other's connection. */
    private static final String SUFFIX = "-check";

    private final BaseCommand command;
    private final boolean noBoard;

    private final CommandLoop loop = new CommandLoop();

    StationExamination(BaseCommand command, boolean noBoard) {
        this.command = command;
        this.noBoard = noBoard;
    }

    /** Asks a check that waits for AWS to end; any thread. */
    void stop() {
        loop.stop();
    }

    /** Examines, prints, and returns the exit code. */
    int run(Path file) throws FotaException {
        StationDoctor doctor = new StationDoctor(file, this);
        List<Finding> findings = new ArrayList<>(doctor.examine(Instant.now()).findings());
        if (doctor.config().isPresent() && doctor.config().get().source() instanceof ImageSource.AwsJobs aws) {
            findings.addAll(cloud(doctor.config().get(), aws).findings());
        }
        return new DiagnosisPrinter(command).print(new Diagnosis(findings));
    }

    private Diagnosis cloud(StationConfig station, ImageSource.AwsJobs aws) throws FotaException {
        DoctorConfig config = new DoctorConfig(
                aws.endpoint(),
                station.station(),
                station.station(),
                SUFFIX,
                new ClientFiles(aws.certificate(), aws.key(), command.secret("KEY_PASSWORD"), aws.ca()),
                Optional.empty(),
                List.of(),
                ProxyRules.of(ProxySettings.ofEnvironment(command.environment())),
                station.stateDirectory());
        try (SharedParts shared = new SharedParts()) {
            BayContext program = new BayContext(
                    command.state(), BaseCommand.software(), command.session(), loop.begin(shared), shared);
            try (DoctorRun run = new DoctorRun(config, Optional.empty(), PATIENCE, program)) {
                return new Doctor(config, run).examineConnection(Instant.now());
            }
        }
    }

    @Override
    public List<PortReport> ports() throws FotaException {
        return command.bays().ports();
    }

    @Override
    public Path sys() {
        return PortList.root().resolve("sys");
    }

    @Override
    public boolean asksBoards() {
        return !noBoard;
    }

    @Override
    public BoardReport hello(BayPlace place) throws FotaException {
        BayConfig config = new BayConfig(Optional.of(place.port()), Optional.empty());
        try (Bay bay = command.bays().bay(config)) {
            return bay.info(command.common.timeout.orElse(PATIENCE));
        }
    }

    @Override
    public boolean isInterrupted() {
        return command.isInterrupted();
    }
}
