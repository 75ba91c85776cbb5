package dev.fotabridge.station.live;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A station that works on a job of the local AWS, with a real process as board. Many of both: StationJobsRunIT. */
@Tag("real")
final class StationAwsIT {
    private static final Duration LIMIT = Duration.ofSeconds(120);
    private static final String STATION = "line-1";
    private static final String THING = "dk-unit-1";
    private static final String JOB = "job-1";

    @TempDir
    Path directory;

    private final BuiltImage image =
            new ImageBuilder().size(120_000).version("2.0.0").seed(11).build();
    private VirtualDk board;
    private LocalCloud aws;
    private LiveStation station;

    @BeforeEach
    void world() throws Exception {
        aws = LocalCloud.start(
                CloudOptions.in(directory.resolve("cloud"), "nobody").withStations(Map.of(STATION, List.of("dk-*"))));
        image.writeTo(aws.directory().bucket().resolve("app.bin"));
        Path home = Files.createDirectories(directory.resolve("board"));
        board = VirtualDk.start(VirtualDkOptions.in(home).with("--swap-time", "short", "--unit-id", "unit-1"));
    }

    @AfterEach
    void end() {
        if (station != null) {
            station.close();
        }
        board.close();
        aws.close();
    }

    private void create() throws Exception {
        ObjectNode document = JsonNodeFactory.instance.objectNode().put("operation", "app_fw_update");
        document.putObject("location").put("url", "https://localhost:" + aws.httpsPort() + "/app.bin");
        aws.jobs().create(NewJob.of(JOB, THING, document));
    }

    private String status() throws Exception {
        return aws.jobs().show(THING, JOB).status().name();
    }

    private void open() throws Exception {
        List<String> lines = List.of(
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
                "bays:",
                "  - {bay: 1, port: " + board.link() + "}");
        station = LiveStation.open(StationFile.read(Files.write(directory.resolve("station.yaml"), lines)), "test");
    }

    private List<StationRecord> records() throws Exception {
        return station.control().records(RecordQuery.NEWEST).records();
    }

    @Test
    void aJobThatIsCancelledInTheMiddleIsTakenBack() throws Exception {
        create();
        open();
        await().atMost(LIMIT)
                .until(() -> station.control().bays().get(0).percent().orElse(0) > 10);
        assertEquals("2.0.0", station.control().bays().get(0).to(), "a run shows what it brings");
        aws.jobs().cancel(THING, JOB, true);
        await().atMost(LIMIT)
                .until(() -> !records().isEmpty() && records().get(0).verdict().isPresent());

        assertEquals(
                Optional.of(Verdict.ABORTED),
                records().get(0).verdict(),
                records().toString());
        assertEquals("CANCELED", status());
        assertEquals("", records().get(0).imageHashObserved());
    }
}
