package dev.fotabridge.station.live;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fotabridge.fixtures.cloud.CloudOptions;
import dev.fotabridge.fixtures.cloud.LocalCloud;
import dev.fotabridge.fixtures.device.VirtualDk;
import dev.fotabridge.fixtures.device.VirtualDkOptions;
import dev.fotabridge.fixtures.image.BuiltImage;
import dev.fotabridge.fixtures.image.ImageBuilder;
import dev.fotabridge.fixtures.jobs.NewJob;
import dev.fotabridge.station.config.StationFile;
import dev.fotabridge.station.control.RecordQuery;
import dev.fotabridge.station.control.StationRecord;
import dev.fotabridge.station.verdict.Verdict;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A station that works on jobs of the local AWS, with real processes as boards. */
@Tag("real")
final class StationAwsIT {
    private static final Duration LIMIT = Duration.ofSeconds(120);
    private static final int BAYS = 4;
    private static final String STATION = "line-1";

    @TempDir
    Path directory;

    private final BuiltImage image =
            new ImageBuilder().size(120_000).version("2.0.0").seed(11).build();
    private final List<VirtualDk> boards = new ArrayList<>();
    private LocalCloud aws;
    private LiveStation station;

    @BeforeEach
    void world() throws Exception {
        aws = LocalCloud.start(
                CloudOptions.in(directory.resolve("cloud"), "nobody").withStations(Map.of(STATION, List.of("dk-*"))));
        image.writeTo(aws.directory().bucket().resolve("app.bin"));
        for (int bay = 1; bay <= BAYS; bay++) {
            Path home = Files.createDirectories(directory.resolve("board-" + bay));
            boards.add(VirtualDk.start(
                    VirtualDkOptions.in(home).with("--swap-time", "short", "--unit-id", "unit-" + bay)));
        }
    }

    @AfterEach
    void end() {
        if (station != null) {
            station.close();
        }
        boards.forEach(VirtualDk::close);
        aws.close();
    }

    private void create(int board) throws Exception {
        ObjectNode document = JsonNodeFactory.instance.objectNode().put("operation", "app_fw_update");
        document.putObject("location").put("url", "https://localhost:" + aws.httpsPort() + "/app.bin");
        aws.jobs().create(NewJob.of("job-" + board, thing(board), document));
    }

    private static String thing(int board) {
        return "dk-unit-" + board;
    }

    private String status(int board) throws Exception {
        return aws.jobs().show(thing(board), "job-" + board).status().name();
    }

    private void open() throws Exception {
        List<String> lines = new ArrayList<>(List.of(
                "station: " + STATION,
                "listen: 127.0.0.1:0",
                "stateDirectory: state",
                "aws:",
                "  endpoint: localhost:" + aws.mqttPort(),
                "  certificate: " + aws.directory().certificate(STATION),
                "  key: " + aws.directory().privateKey(STATION),
                "  ca: " + aws.directory().rootCertificate(),
                "  thing: dk-{unit}",
                "start: job",
                "bays:"));
        for (int bay = 1; bay <= BAYS; bay++) {
            lines.add("  - {bay: " + bay + ", port: " + boards.get(bay - 1).link() + "}");
        }
        station = LiveStation.open(StationFile.read(Files.write(directory.resolve("station.yaml"), lines)), "test");
    }

    private List<StationRecord> records() throws Exception {
        return station.control().records(RecordQuery.NEWEST).records();
    }

    private long passed() throws Exception {
        return records().stream()
                .filter(record -> record.isFinal()
                        && record.verdict().equals(Optional.of(Verdict.PASS))
                        && record.cloudAnswered().equals("SUCCEEDED"))
                .count();
    }

    /** The station ends in the middle, and is started again. */
    @Test
    void eachBoardsJobSucceedsThereAndPassesHere() throws Exception {
        for (int board = 1; board <= BAYS; board++) {
            create(board);
        }
        open();
        await().atMost(LIMIT)
                .until(() -> station.control().bays().stream()
                        .anyMatch(view -> view.percent().orElse(0) > 10));
        station.close();
        open();
        await().atMost(LIMIT).until(() -> passed() == BAYS);
        await().atMost(LIMIT)
                .until(() -> station.control().bays().stream()
                        .allMatch(view -> view.cloud().equals("AWS has SUCCEEDED.")));
        assertEquals(0, station.control().station().figures().untoldOldestSeconds());

        for (int board = 1; board <= BAYS; board++) {
            assertEquals("SUCCEEDED", status(board));
            String job = "job-" + board;
            StationRecord record = records().stream()
                    .filter(row -> row.jobId().equals(job) && row.verdict().equals(Optional.of(Verdict.PASS)))
                    .findFirst()
                    .orElseThrow();
            assertEquals("unit-" + board, record.unit());
            assertEquals(thing(board), record.thing());
            assertEquals(image.imageHash(), record.imageHashObserved());
        }
        assertTrue(records().stream().allMatch(record -> record.verdict().isPresent()), "each run has its end");
    }

    @Test
    void aJobThatIsCancelledInTheMiddleIsTakenBack() throws Exception {
        create(1);
        open();
        await().atMost(LIMIT)
                .until(() -> station.control().bays().get(0).percent().orElse(0) > 10);
        assertEquals("2.0.0", station.control().bays().get(0).to(), "a run shows what it brings");
        aws.jobs().cancel(thing(1), "job-1", true);
        await().atMost(LIMIT)
                .until(() -> !records().isEmpty() && records().get(0).verdict().isPresent());

        assertEquals(
                Optional.of(Verdict.ABORTED),
                records().get(0).verdict(),
                records().toString());
        assertEquals("CANCELED", status(1));
        assertEquals("", records().get(0).imageHashObserved());
    }
}
