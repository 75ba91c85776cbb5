package dev.fotabridge.host.doctor;

import dev.fotabridge.host.api.BoardReport;
import dev.fotabridge.host.api.FotaException;
import dev.fotabridge.host.api.PortReport;
import dev.fotabridge.station.config.ImageSource;
import dev.fotabridge.station.config.StationConfig;
import dev.fotabridge.station.place.BayPlace;
import dev.fotabridge.station.place.PlaceScanner;
import dev.fotabridge.station.release.Release;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Checks everything that a station of this configuration would need but for AWS, and changes nothing. For one examination.
 * Tested by StationCheckIT.
 */
public final class StationDoctor {
    private final Path file;
    private final Surroundings surroundings;
    private final Examination examination;
    private Optional<StationConfig> config = Optional.empty();

    /** What the checks need of the world. */
    public interface Surroundings {
        /** All USB serial ports of this computer. */
        List<PortReport> ports() throws FotaException;

        /** Linux's /sys. */
        Path sys();

        /** Whether the boards themselves are to be asked. */
        boolean asksBoards();

        /** Says HELLO at a bay; a board that answers does so within a second. */
        BoardReport hello(BayPlace place) throws FotaException;

        /** Whether to stop. */
        boolean isInterrupted();
    }

    /** @param file the station.yaml */
    public StationDoctor(Path file, Surroundings surroundings) {
        this.file = file;
        this.surroundings = surroundings;
        examination = new Examination(surroundings::isInterrupted);
    }

    /**
     * Examines; blocks for a few seconds, or for some more with each board that does not answer.
     *
     * @throws FotaException INTERRUPTED
     */
    public Diagnosis examine(Instant now) throws FotaException {
        Prerequisite<StationConfig> read = examination.run("configuration", new StationFileCheck(file));
        config = read.result().value();
        if (config.isPresent()) {
            examine(config.get(), now);
        }
        return examination.diagnosis();
    }

    private void examine(StationConfig station, Instant now) throws FotaException {
        examination.run("state directory", StateDirectoryCheck.ofStation(station.stateDirectory()));
        examination.run("clock", new ClockCheck(now, station));
        Optional<Release> release = release(station);
        if (!station.hooks().isEmpty()) {
            examination.run("hooks", new HooksCheck(station.hooks()));
        }
        List<PortReport> ports = surroundings.ports();
        PlaceScanner scanner = new PlaceScanner(station.bays(), () -> ports);
        examination.run("ports", new PlacesCheck(station.bays(), scanner.scan(), scanner.devices()));
        examination.run("serial numbers", new SharedProbesCheck(ports));
        for (UsbController controller : UsbController.list(surroundings.sys())) {
            examination.run("USB " + controller.name(), new UsbEndpointsCheck(controller, station.bays()));
        }
        if (surroundings.asksBoards()) {
            boards(station, scanner, release);
        }
    }

    private Optional<Release> release(StationConfig station) throws FotaException {
        return station.source() instanceof ImageSource.ReleaseFolder folder
                ? examination
                        .run("release", new ReleaseCheck(folder.directory()))
                        .result()
                        .value()
                : Optional.empty();
    }

    private void boards(StationConfig station, PlaceScanner scanner, Optional<Release> release) throws FotaException {
        BoardsCheck check =
                new BoardsCheck(station.bays(), scanner.scan(), surroundings, release.flatMap(Release::board));
        var asked = examination.run("boards", check);
        examination.run(
                "identity",
                new IdentityOfBoardsCheck(
                        station.start(), asked.result().value().orElse(List.of())));
    }

    /** {@return the configuration; empty if it cannot be read, or before the examination} */
    public Optional<StationConfig> config() {
        return config;
    }
}
