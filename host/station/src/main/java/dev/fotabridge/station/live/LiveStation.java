package dev.fotabridge.station.live;

import dev.fotabridge.host.api.Bays;
import dev.fotabridge.host.api.FotaBridge;
import dev.fotabridge.host.api.FotaException;
import dev.fotabridge.host.api.Reason;
import dev.fotabridge.station.bay.AttemptRule;
import dev.fotabridge.station.bay.LockRule;
import dev.fotabridge.station.bay.RetestRule;
import dev.fotabridge.station.bay.StopRule;
import dev.fotabridge.station.config.ImageSource;
import dev.fotabridge.station.config.ProductionColumns;
import dev.fotabridge.station.config.StationConfig;
import dev.fotabridge.station.control.StationControl;
import dev.fotabridge.station.hook.Hooks;
import dev.fotabridge.station.ledger.FreeSpace;
import dev.fotabridge.station.ledger.Ledger;
import dev.fotabridge.station.ledger.LedgerFile;
import dev.fotabridge.station.ledger.NewRun;
import dev.fotabridge.station.ledger.OpenRun;
import dev.fotabridge.station.ledger.RecordId;
import dev.fotabridge.station.place.BayPlace;
import dev.fotabridge.station.place.PlaceClash;
import dev.fotabridge.station.place.PlaceScanner;
import dev.fotabridge.station.records.StationRecords;
import dev.fotabridge.station.run.Station;
import dev.fotabridge.station.run.StationSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** A station at work. {@link #open} starts it, {@link #close} ends it in order. Thread-safe. */
public final class LiveStation implements AutoCloseable {
    private final LedgerFile file;
    private final Bays bays;
    private final StationLoop loop;
    private LiveBoards boards;
    private Source source;
    private Hooks hooks;
    private StationControl control;

    private LiveStation(StationConfig config, String software, LedgerFile file) {
        this.file = file;
        bays = FotaBridge.open(config.stateDirectory().resolve("boards"), software);
        loop = new StationLoop(
                config.bays(), new PlaceScanner(config.bays(), bays::ports), new StationRecords(file.records()));
    }

    /**
     * Opens a station: loads its release, ends what an earlier run of it was killed in, restores what the bays showed, and begins to look
     * at the places.
     *
     * @param software name and version of the program
     * @throws FotaException CONFIGURATION if two bays stand at one device, another station has the state directory, or the release is
     *     none; STORAGE_FULL or STORAGE_UNWRITABLE if the ledger cannot be used
     */
    public static LiveStation open(StationConfig config, String software) throws FotaException {
        LedgerFile file = LedgerFile.open(config.stateDirectory());
        LiveStation station = new LiveStation(config, software, file);
        boolean opened = false;
        try {
            station.begin(config, software);
            opened = true;
            return station;
        } finally {
            if (!opened) {
                station.close();
            }
        }
    }

    private void begin(StationConfig config, String software) throws FotaException {
        requireApart(config);
        Ledger ledger = file.ledger(new LockRule(config.lockAfter()), new StopRule(config.stopAfter()));
        source = source(config, ledger);
        Operator operator = new Operator(config.columns().operator());
        boards = new LiveBoards(config.bays(), bays, loop, source::firmware, loop::now);
        Station.Surroundings around = new Station.Surroundings(
                boards,
                source.port(),
                loop,
                Instant::now,
                RecordIds::next,
                source::what,
                () -> new Station.MayStart(
                        FreeSpace.isEnough(config.stateDirectory())
                                && file.damage().isEmpty(),
                        source.change().isPresent()),
                loop::sharedProbe,
                labels(config, software, operator));
        StationRecords records = new StationRecords(file.records());
        hooks = hooks(config);
        List<String> cutOff = ledger.open().stream().map(OpenRun::run).toList();
        synchronized (loop) {
            // AWS may speak already; it waits until the station is open.
            loop.start(boards, Station.open(settings(config), ledger, around), source, new Yields(ledger));
            loop.listen(hooks);
        }
        loop.lastAttempts(cutOff).forEach(hooks::attemptStored);
        control = new LiveControl(config, software, loop, ledger, file, records, source, operator);
        loop.watch(control::station);
    }

    private void requireApart(StationConfig config) throws FotaException {
        Optional<String> clash = PlaceClash.find(config.bays(), new PlaceScanner(config.bays(), bays::ports).devices());
        if (clash.isPresent()) {
            throw new FotaException(Reason.CONFIGURATION, clash.get());
        }
    }

    private Source source(StationConfig config, Ledger ledger) throws FotaException {
        if (config.source() instanceof ImageSource.ReleaseFolder folder) {
            return ReleaseSource.approved(folder.directory(), ledger);
        }
        return new JobSource(
                config, (ImageSource.AwsJobs) config.source(), bays, loop::later, loop::now, RecordIds::next);
    }

    private Hooks hooks(StationConfig config) throws FotaException {
        Map<Integer, String> places =
                config.bays().stream().collect(Collectors.toMap(BayPlace::bay, BayPlace::address));
        Path directory = config.stateDirectory().resolve("hooks");
        try {
            return Hooks.open(config.hooks(), places, directory, loop::hookFailed);
        } catch (IOException e) {
            throw FotaBridge.unwritable(directory, e);
        }
    }

    private static StationSettings settings(StationConfig config) {
        return new StationSettings(
                config.bays().stream().map(BayPlace::bay).toList(),
                config.start(),
                config.scan(),
                new AttemptRule(config.attempts()),
                new RetestRule(config.retest()),
                config.running());
    }

    private static Function<Integer, NewRun.Labels> labels(StationConfig config, String software, Operator operator) {
        Map<Integer, String> fixtures =
                config.bays().stream().collect(Collectors.toMap(BayPlace::bay, BayPlace::fixture));
        ProductionColumns columns = config.columns();
        return bay -> new NewRun.Labels(
                config.station(),
                columns.line(),
                fixtures.get(bay),
                operator.name(),
                columns.part(),
                columns.revision(),
                columns.workOrder(),
                columns.lot(),
                software);
    }

    /** Ids by the time and a secure random source. */
    private static final class RecordIds {
        private static final SecureRandom RANDOM = new SecureRandom();

        static String next() {
            return RecordId.of(System.currentTimeMillis(), RANDOM);
        }
    }

    /** {@return what the API and the page see and order} */
    public StationControl control() {
        return control;
    }

    /**
     * Ends what runs, and gives ports and ledger back. The runs end ABORTED at the next start, as those of a killed station. Blocks for up to
     * 20 s a bay that does not end, and for up to 10 s for hooks.
     */
    @Override
    public void close() {
        loop.close();
        bays.interrupt();
        if (boards != null) {
            boards.close();
        }
        if (hooks != null) {
            hooks.close();
        }
        if (source != null) {
            source.close();
        }
        bays.close();
        file.close();
    }
}
