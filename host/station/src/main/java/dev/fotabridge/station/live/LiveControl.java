package dev.fotabridge.station.live;

import dev.fotabridge.host.api.FotaException;
import dev.fotabridge.host.api.Reason;
import dev.fotabridge.station.bay.BayState;
import dev.fotabridge.station.bay.StartGate;
import dev.fotabridge.station.bay.StartKind;
import dev.fotabridge.station.config.StationConfig;
import dev.fotabridge.station.control.BayLine;
import dev.fotabridge.station.control.BayView;
import dev.fotabridge.station.control.CommandAnswer;
import dev.fotabridge.station.control.RecordCorrection;
import dev.fotabridge.station.control.RecordPage;
import dev.fotabridge.station.control.RecordQuery;
import dev.fotabridge.station.control.RecordSink;
import dev.fotabridge.station.control.StartRequest;
import dev.fotabridge.station.control.StationControl;
import dev.fotabridge.station.control.StationCounts;
import dev.fotabridge.station.control.StationListener;
import dev.fotabridge.station.control.StationRecord;
import dev.fotabridge.station.control.StationView;
import dev.fotabridge.station.ledger.FreeSpace;
import dev.fotabridge.station.ledger.Ledger;
import dev.fotabridge.station.ledger.LedgerFile;
import dev.fotabridge.station.ledger.NewRun;
import dev.fotabridge.station.place.UnmappedPort;
import dev.fotabridge.station.records.CorrectionRule;
import dev.fotabridge.station.records.StationRecords;
import dev.fotabridge.station.run.StartAsked;
import dev.fotabridge.station.run.Station;
import dev.fotabridge.station.run.StationAnswer;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The station for its API and page. Any thread may call. Tested by LiveStationIT. */
final class LiveControl implements StationControl {
    /** Who an engineer is, is not known to the station: the token is shared. */
    private static final String ENGINEER = "engineer";

    private static final String OPERATOR = "OP:";
    private static final int MAX_OPERATOR = 64;

    private final StationConfig config;
    private final String software;
    private final StationLoop loop;
    private final Ledger ledger;
    private final LedgerFile file;
    private final StationRecords records;
    private final Source source;
    private final Operator operator;
    private final Instant started = Instant.now();

    LiveControl(
            StationConfig config,
            String software,
            StationLoop loop,
            Ledger ledger,
            LedgerFile file,
            StationRecords records,
            Source source,
            Operator operator) {
        this.config = config;
        this.software = software;
        this.loop = loop;
        this.ledger = ledger;
        this.file = file;
        this.records = records;
        this.source = source;
        this.operator = operator;
    }

    @Override
    public StationView station() {
        boolean isStopped = loop.look(Station::isStopped);
        return new StationView(
                config.station(),
                config.columns().line(),
                software,
                started,
                config.start(),
                source.words(),
                operator.name(),
                isStopped ? "Units did not start the image one after the other: look at the release, then resume." : "",
                troubles(),
                figures());
    }

    private List<String> troubles() {
        List<String> troubles = new ArrayList<>();
        if (!FreeSpace.isEnough(config.stateDirectory())) {
            troubles.add(
                    "Less than 256 MiB are free for records in " + config.stateDirectory() + ": no run is started.");
        }
        file.damage().ifPresent(troubles::add);
        source.change().ifPresent(troubles::add);
        return troubles;
    }

    private StationCounts figures() {
        return new StationCounts(
                loop.storing(),
                loop.look(Station::untold),
                loop.look(Station::oldestUntold)
                        .map(ended -> Math.max(
                                0, Duration.between(ended, Instant.now()).toSeconds()))
                        .orElse(0L),
                config.stateDirectory().toFile().getUsableSpace(),
                loop.firstYield(),
                loop.lastYield());
    }

    @Override
    public List<BayView> bays() {
        return loop.views();
    }

    @Override
    public List<BayLine> lines(int bay) {
        return loop.lines(bay);
    }

    @Override
    public CommandAnswer start(StartRequest request) {
        return answer(request.bay(), loop.with(station -> start(station, request)));
    }

    private StationAnswer start(Station station, StartRequest request) {
        Optional<NewRun.What> what = source.what(request.bay());
        if (what.isEmpty()) {
            return new StationAnswer(409, "NO_JOB", "No job of AWS waits for the board at this bay.", "");
        }
        StartAsked asked = new StartAsked(
                request.bay(), StartKind.BUTTON, request.key(), request.after(), request.isEngineer(), what.get());
        return station.start(asked, loop.now());
    }

    @Override
    public CommandAnswer abort(int bay, String run) {
        return answer(
                bay,
                loop.with(station -> isOther(station, bay, run)
                        ? new StationAnswer(409, "NOT_RUNNING", "That run does not run.", run)
                        : station.abort(bay, loop.now())));
    }

    private static boolean isOther(Station station, int bay, String run) {
        return !run.isEmpty() && station.has(bay) && !station.tile(bay).run().equals(run);
    }

    @Override
    public CommandAnswer unlock(int bay) {
        return answer(bay, loop.with(station -> station.unlock(bay, ENGINEER, loop.now())));
    }

    @Override
    public CommandAnswer scan(String text, Optional<Integer> bay) {
        String label = text.strip();
        if (label.toUpperCase(Locale.ROOT).startsWith(OPERATOR)) {
            return operator(label.substring(OPERATOR.length()).strip());
        } else if (bay.isPresent()) {
            return scan(label, bay.get());
        }
        List<Integer> waiting = loop.views().stream()
                .filter(view -> view.state() == BayState.NEEDS_SCAN)
                .map(BayView::bay)
                .toList();
        if (waiting.size() != 1) {
            return CommandAnswer.of(
                    409,
                    waiting.isEmpty() ? "NOTHING_TO_SCAN" : "SEVERAL_BAYS",
                    waiting.isEmpty()
                            ? "No bay waits for a label."
                            : "The bays " + waiting + " wait for a label: say for which one this is.");
        }
        return scan(label, waiting.get(0));
    }

    private CommandAnswer operator(String name) {
        if (name.isEmpty() || name.length() > MAX_OPERATOR) {
            return CommandAnswer.of(422, "OPERATOR", "An operator's name has 1 to " + MAX_OPERATOR + " characters.");
        }
        operator.is(name);
        return CommandAnswer.of(200, "OPERATOR", name + " works here now.");
    }

    private CommandAnswer scan(String label, int bay) {
        return answer(bay, loop.with(station -> station.scan(bay, label, loop.now())));
    }

    @Override
    public CommandAnswer resume() {
        return answer(loop.with(station -> station.isStopped()
                ? station.resume(ENGINEER)
                : new StationAnswer(409, "NOT_STOPPED", "Starts are not stopped.", "")));
    }

    @Override
    public CommandAnswer reload() {
        boolean runs = loop.views().stream().anyMatch(BayView::isRunning);
        if (runs) {
            return CommandAnswer.of(409, "BUSY", "A bay runs: wait until all runs have ended.");
        }
        try {
            String words = source.reload(ledger, ENGINEER);
            loop.restartYields();
            return CommandAnswer.of(200, "RELOADED", words);
        } catch (FotaException e) {
            return CommandAnswer.of(422, e.reason().name(), e.getMessage());
        }
    }

    @Override
    public CommandAnswer correct(RecordCorrection correction) throws IOException {
        try {
            Optional<StationRecord> record = records.numbered(correction.seq());
            if (record.isEmpty()) {
                return CommandAnswer.of(404, "NO_RECORD", "There is no record " + correction.seq() + ".");
            }
            ledger.correct(CorrectionRule.of(record.get(), correction, Instant.now()));
            return CommandAnswer.of(200, "CORRECTED", "The correction is stored beside the record.");
        } catch (FotaException e) {
            if (e.reason() == Reason.USAGE) {
                return CommandAnswer.of(422, "FIELD", e.getMessage());
            }
            throw new IOException(e.getMessage(), e);
        }
    }

    @Override
    public List<UnmappedPort> unmapped() {
        return loop.unmapped();
    }

    @Override
    public RecordPage records(RecordQuery query) throws IOException {
        try {
            return records.page(query);
        } catch (FotaException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    @Override
    public void export(RecordSink sink) throws IOException {
        try {
            records.export(sink);
        } catch (FotaException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    @Override
    public List<BayView> listen(StationListener listener) {
        return loop.listen(listener);
    }

    private CommandAnswer answer(int bay, StationAnswer answer) {
        return new CommandAnswer(answer.status(), answer.code(), words(answer), Optional.of(bay), answer.run());
    }

    private CommandAnswer answer(StationAnswer answer) {
        return CommandAnswer.of(answer.status(), answer.code(), words(answer));
    }

    /** A damaged ledger has a sentence of its own, with the backup. */
    private String words(StationAnswer answer) {
        if (!answer.message().isEmpty()) {
            return answer.message();
        }
        String words = AnswerWords.of(answer.code());
        return answer.code().equals(StartGate.Check.NOT_STORABLE.name())
                ? file.damage().orElse(words)
                : words;
    }
}
