package dev.fotabridge.station.live;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fotabridge.fixtures.device.VirtualDk;
import dev.fotabridge.fixtures.device.VirtualDkOptions;
import dev.fotabridge.fixtures.image.BuiltImage;
import dev.fotabridge.fixtures.image.ImageBuilder;
import dev.fotabridge.host.api.Reason;
import dev.fotabridge.station.bay.BayState;
import dev.fotabridge.station.config.StationConfig;
import dev.fotabridge.station.config.StationFile;
import dev.fotabridge.station.control.BayView;
import dev.fotabridge.station.control.CommandAnswer;
import dev.fotabridge.station.control.RecordQuery;
import dev.fotabridge.station.control.StartRequest;
import dev.fotabridge.station.control.StationListener;
import dev.fotabridge.station.control.StationRecord;
import dev.fotabridge.station.control.StationView;
import dev.fotabridge.station.release.ReleaseFolderWriter;
import dev.fotabridge.station.verdict.Verdict;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A station with a release and real processes as boards. */
@Tag("real")
final class LiveStationIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final BuiltImage IMAGE =
            new ImageBuilder().size(120_000).version("2.0.0").seed(11).build();

    @TempDir
    Path directory;

    private final Map<Integer, VirtualDk> boards = new TreeMap<>();
    private LiveStation station;

    @BeforeEach
    void release() throws Exception {
        Path image = directory.resolve("app_update.bin");
        IMAGE.writeTo(image);
        ReleaseFolderWriter.create(
                new ReleaseFolderWriter.Approval(image, "2.0.0", Optional.empty(), Optional.empty()),
                directory.resolve("release"));
    }

    @AfterEach
    void stop() {
        if (station != null) {
            station.close();
        }
        boards.values().forEach(VirtualDk::close);
    }

    private void board(int bay, String... more) throws Exception {
        Path home = Files.createDirectories(directory.resolve("board-" + bay));
        VirtualDkOptions options =
                VirtualDkOptions.in(home).with("--swap-time", "short").with("--unit-id", "unit-" + bay);
        for (int i = 0; i < more.length; i += 2) {
            options = options.with(more[i], more[i + 1]);
        }
        boards.put(bay, VirtualDk.start(options));
    }

    private void open(String... more) throws Exception {
        List<String> lines = new ArrayList<>(
                List.of("station: line-1", "listen: 127.0.0.1:0", "stateDirectory: state", "release: release"));
        lines.addAll(List.of(more));
        lines.add("bays:");
        for (int bay : List.of(1, 2)) {
            lines.add("  - {bay: " + bay + ", port: "
                    + directory.resolve("board-" + bay).resolve("port") + "}");
        }
        Path file = Files.write(directory.resolve("station.yaml"), lines);
        StationConfig config = StationFile.read(file);
        station = LiveStation.open(config, "test");
    }

    private String hook(String name, String... lines) throws Exception {
        List<String> all = new ArrayList<>(List.of("#!/bin/sh", "cd '" + directory + "'"));
        all.addAll(List.of(lines));
        Path script = Files.write(directory.resolve(name), all);
        Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
        return script.toString();
    }

    private void awaitHook(String text) {
        await().alias(text).atMost(PATIENCE).until(() -> {
            Path file = directory.resolve("hooked");
            return Files.exists(file) && Files.readString(file).contains(text);
        });
    }

    private BayView bay(int number) {
        return station.control().bays().get(number - 1);
    }

    private BayView awaitBay(int number, Predicate<BayView> wanted) {
        await().alias("bay " + number).atMost(PATIENCE).until(() -> {
            return wanted.test(bay(number));
        });
        return bay(number);
    }

    private CommandAnswer start(int bay, String key) {
        return station.control().start(new StartRequest(bay, key, Optional.empty(), false));
    }

    @Test
    void aBoardIsUpdatedByButtonAndItsVerdictOutlivesTheStation() throws Exception {
        board(1);
        open(
                "start: button",
                "hooks: [" + hook("lamp", "echo no lamp; exit 3") + ", " + hook("label", "cat > hooked") + "]");
        awaitBay(1, view -> view.state() == BayState.READY);
        CommandAnswer answer = start(1, "k1");
        assertEquals(202, answer.status(), answer.toString());
        assertEquals(answer.runId(), start(1, "k1").runId());
        BayView ended = awaitBay(1, view -> view.verdict().isPresent());

        assertEquals(Verdict.PASS, ended.verdict().get(), ended.toString());
        assertEquals(Reason.SUCCEEDED, ended.reason().get());
        assertEquals("2.0.0", ended.to());
        assertEquals("unit-1", ended.identity().unit());
        List<StationRecord> records =
                station.control().records(RecordQuery.NEWEST).records();
        assertEquals(1, records.size());
        assertEquals(IMAGE.imageHash(), records.get(0).imageHashObserved());
        assertTrue(records.get(0).isFinal() && records.get(0).bytes() > 0, records.toString());
        awaitHook("\"verdict\":\"PASS\"");
        awaitHook("\"place\":\"" + directory.resolve("board-1").resolve("port") + "\"}");
        String failure = "The hook " + directory.resolve("lamp") + " failed with exit code 3: no lamp";
        assertTrue(
                station.control().lines(1).stream().anyMatch(line -> line.text().equals(failure)),
                () -> station.control().lines(1).toString());
        assertEquals(Optional.of(1.0), station.control().station().figures().firstPassYield());

        station.close();
        open("start: button");
        assertEquals(Verdict.PASS, bay(1).verdict().get(), "restored before anybody looks");
        assertEquals(answer.runId(), bay(1).runId());
        assertEquals(answer.runId(), start(1, "k1").runId(), "the same key is the same run after a restart");
    }

    @Test
    void aBoardThatIsPluggedInStartsByItself() throws Exception {
        open("start: insert");
        board(2);
        BayView ended = awaitBay(2, view -> view.verdict().isPresent());
        assertEquals(Verdict.PASS, ended.verdict().get(), ended.toString());
        assertEquals(BayState.EMPTY, bay(1).state());
    }

    @Test
    void aBoardThatIsPulledInTheMiddleIsAborted() throws Exception {
        board(1);
        open("start: insert", "attempts: 1");
        awaitBay(1, view -> view.percent().orElse(0) > 5);
        boards.get(1).kill();
        BayView ended = awaitBay(1, view -> view.verdict().isPresent());
        assertEquals(Verdict.ABORTED, ended.verdict().get(), ended.toString());
        assertEquals(Reason.LINK_LOST, ended.reason().get(), ended.toString());
        StationRecord record =
                station.control().records(RecordQuery.NEWEST).records().get(0);
        assertTrue(record.isBoardGone() && record.bytes() > 0, record.toString());
        assertEquals(BayState.EMPTY, bay(1).state());
    }

    /** An open page shows what keeps the station from working. */
    @Test
    void listenersHearWhatChangesOfTheStationItself() throws Exception {
        open("start: button");
        List<StationView> heard = new CopyOnWriteArrayList<>();
        station.control().listen(new StationListener() {
            @Override
            public void stationChanged(StationView changed) {
                heard.add(changed);
            }
        });
        Files.delete(directory.resolve("release/image.bin"));
        await().atMost(PATIENCE)
                .until(() -> heard.stream()
                        .anyMatch(view -> !view.isReady() && !view.troubles().isEmpty()));
    }

    @Test
    void aPersonAbortsARun() throws Exception {
        board(1);
        open("start: insert");
        BayView running = awaitBay(1, view -> view.percent().orElse(0) > 5);
        assertEquals(202, station.control().abort(1, running.runId()).status());
        BayView ended = awaitBay(1, view -> view.verdict().isPresent());
        assertEquals(Verdict.ABORTED, ended.verdict().get(), ended.toString());
        assertEquals(202, start(1, "again").status());
        assertEquals(
                Verdict.PASS,
                awaitBay(
                                1,
                                view -> view.verdict()
                                        .filter(v -> v == Verdict.PASS)
                                        .isPresent())
                        .verdict()
                        .get());
    }

    @Test
    void aStationThatIsClosedInTheMiddleStoresWhatItWasAt() throws Exception {
        board(1);
        open("start: insert");
        awaitBay(1, view -> view.percent().orElse(0) > 5);
        station.close();
        open("start: insert", "hooks: [" + hook("lamp", "cat > hooked") + "]");
        awaitHook("\"verdict\":\"ABORTED\"");
        StationRecord record =
                station.control().records(RecordQuery.NEWEST).records().get(0);
        assertEquals(Optional.of(Verdict.ABORTED), record.verdict(), record.toString());
        assertTrue(
                record.evidence().matches("Stage SENDING, \\d+ pages durable, before it 1\\.0\\.0\\. .*"),
                record.evidence());
        awaitBay(1, view -> view.state() == BayState.ENDED);
        assertEquals(202, start(1, "go on").status());
        BayView ended = awaitBay(
                1, view -> view.verdict().filter(v -> v == Verdict.PASS).isPresent());
        assertEquals(Reason.SUCCEEDED, ended.reason().get());
    }
}
