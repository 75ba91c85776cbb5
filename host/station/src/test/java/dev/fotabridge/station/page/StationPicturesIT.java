package dev.fotabridge.station.page;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fotabridge.fixtures.cloud.CloudOptions;
import dev.fotabridge.fixtures.cloud.LocalCloud;
import dev.fotabridge.fixtures.image.ImageBuilder;
import dev.fotabridge.fixtures.jobs.NewJob;
import dev.fotabridge.station.bay.BayState;
import dev.fotabridge.station.control.BayView;
import dev.fotabridge.station.control.StartRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.AnnotatedElementContext;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.io.TempDirFactory;
import org.openqa.selenium.OutputType;

/**
 * Makes the pictures of docs/operator.md, from a real station, a local AWS and virtual boards. {@code ./check --screenshots} runs it; the
 * property is the directory of the pictures.
 */
@Tag("real")
@EnabledIfSystemProperty(named = StationPicturesIT.PLACE, matches = ".+")
final class StationPicturesIT {
    static final String PLACE = "fota.pictures";

    private static final Duration PATIENCE = Duration.ofSeconds(120);
    private static final int BAYS = 8;
    private static final int SLOW = 2;
    private static final int LOCKED = 3;
    private static final int WITHOUT_IMAGE = 4;
    private static final int NOT_SCANNED = 5;
    private static final int IN_DOUBT = 6;
    private static final int ABORTED = 7;
    private static final int WAITING = 8;

    private final Path pictures = Path.of(System.getProperty(PLACE, "target"));

    /** A path that is read on the pictures. */
    @TempDir(factory = ShortName.class)
    private Path directory;

    static final class ShortName implements TempDirFactory {
        @Override
        public Path createTempDirectory(AnnotatedElementContext place, ExtensionContext test) throws IOException {
            return Files.createTempDirectory("station");
        }
    }

    private LocalCloud aws;
    private RealStation station;
    private Browser browser;

    @BeforeEach
    void open() throws Exception {
        aws = LocalCloud.start(
                CloudOptions.in(directory.resolve("aws"), "nobody").withStations(Map.of("line-1", List.of("dk-*"))));
        new ImageBuilder()
                .size(200_000)
                .version("2.0.0")
                .seed(11)
                .build()
                .writeTo(aws.directory().bucket().resolve("app.bin"));
        station = new RealStation(
                directory,
                BAYS,
                "aws:",
                "  endpoint: localhost:" + aws.mqttPort(),
                "  certificate: " + aws.directory().certificate("line-1"),
                "  key: " + aws.directory().privateKey("line-1"),
                "  ca: " + aws.directory().rootCertificate(),
                "  thing: dk-{unit}",
                "start: scan",
                "attempts: 1",
                "lockAfter: 2",
                "running: 1");
        station.open();
        browser = new Browser();
        browser.open(station.url(), 1024, 768);
    }

    @AfterEach
    void close() {
        browser.close();
        station.close();
        aws.close();
    }

    private void job(int bay, String id, String object) throws Exception {
        ObjectNode document = JsonNodeFactory.instance
                .objectNode()
                .put("operation", "app_fw_update")
                .put("fwversion", "2.0.0");
        document.putObject("location").put("url", "https://localhost:" + aws.httpsPort() + "/" + object);
        aws.jobs().create(NewJob.of(id + "-" + bay, "dk-unit-" + bay, document));
    }

    private BayView awaitBay(int bay, Predicate<BayView> wanted) {
        Awaitility.await("bay " + bay).atMost(PATIENCE).until(() -> wanted.test(view(bay)));
        return view(bay);
    }

    private BayView view(int bay) {
        return station.control().bays().get(bay - 1);
    }

    private void scan(int bay) {
        awaitBay(bay, view -> view.state() == BayState.NEEDS_SCAN);
        station.control().scan("SN-" + (1000 + bay), Optional.of(bay));
    }

    private void picture(String name) throws Exception {
        Files.write(pictures.resolve(name + ".png"), browser.driver().getScreenshotAs(OutputType.BYTES));
    }

    /** A tile, once it shows the word. */
    private void tile(int bay, String word, String name) throws Exception {
        browser.awaitThat(
                "bay " + bay + " shows " + word, () -> browser.word(bay).equals(word));
        Files.write(
                pictures.resolve("tile-" + name + ".png"),
                browser.find("[data-bay='" + bay + "']").getScreenshotAs(OutputType.BYTES));
    }

    private void ends(int bay, String word) {
        awaitBay(bay, view -> view.state() == BayState.ENDED);
        browser.awaitThat(
                "bay " + bay + " shows " + word, () -> browser.word(bay).equals(word));
    }

    @Test
    void pictures() throws Exception {
        Files.createDirectories(pictures);
        good();
        locked();
        withoutImage();
        aborted();
        inDoubt();
        station.plugIn(NOT_SCANNED, "--swap-time", "short");
        tile(NOT_SCANNED, "SCAN", "scan");
        wallWhileOneRuns();
        stale();
    }

    private void good() throws Exception {
        tile(1, "EMPTY", "empty");
        station.plugIn(1, "--swap-time", "short");
        scan(1);
        tile(1, "READY", "ready");
        job(1, "update", "app.bin");
        ends(1, "PASS");
        tile(1, "PASS", "pass");
    }

    /** The same board twice, so that the bay is locked. */
    private void locked() throws Exception {
        station.plugIn(LOCKED, "--swap-time", "short", "--new-image", "crash");
        job(LOCKED, "update", "app.bin");
        scan(LOCKED);
        ends(LOCKED, "FAIL");
        tile(LOCKED, "FAIL", "fail");
        job(LOCKED, "update-again", "app.bin");
        awaitBay(LOCKED, view -> view.jobId().equals("update-again-" + LOCKED));
        String before = view(LOCKED).runId();
        station.control().start(new StartRequest(LOCKED, "again", Optional.of(before), false));
        awaitBay(LOCKED, BayView::locked);
        tile(LOCKED, "FAIL", "locked");
    }

    private void withoutImage() throws Exception {
        station.plugIn(WITHOUT_IMAGE, "--swap-time", "short");
        job(WITHOUT_IMAGE, "update", "missing.bin");
        scan(WITHOUT_IMAGE);
        ends(WITHOUT_IMAGE, "ERROR");
        tile(WITHOUT_IMAGE, "ERROR", "error");
    }

    private void aborted() throws Exception {
        station.plugIn(ABORTED, "--rates", "none");
        job(ABORTED, "update", "app.bin");
        scan(ABORTED);
        BayView running = awaitBay(ABORTED, view -> view.percent().orElse(0) > 5);
        station.control().abort(ABORTED, running.runId());
        ends(ABORTED, "ABORTED");
        tile(ABORTED, "ABORTED", "aborted");
    }

    /** Pulled out while it swaps: nobody knows what it runs. */
    private void inDoubt() throws Exception {
        station.plugIn(IN_DOUBT, "--swap-time", "real");
        job(IN_DOUBT, "update", "app.bin");
        scan(IN_DOUBT);
        awaitBay(
                IN_DOUBT,
                view -> view.phase()
                        .filter(phase -> phase.name().equals("SWAP"))
                        .isPresent());
        station.pull(IN_DOUBT);
        ends(IN_DOUBT, "UNKNOWN");
        tile(IN_DOUBT, "UNKNOWN", "unknown");
    }

    private void wallWhileOneRuns() throws Exception {
        station.plugIn(SLOW, "--rates", "none");
        station.plugIn(WAITING, "--swap-time", "short");
        job(SLOW, "update", "app.bin");
        job(WAITING, "update", "app.bin");
        scan(SLOW);
        awaitBay(SLOW, view -> view.percent().orElse(0) > 10);
        scan(WAITING);
        tile(WAITING, "WAITING", "waiting");
        tile(SLOW, "TRANSFER", "transfer");
        picture("station-wall");
        browser.open(station.url() + "bays/" + SLOW, 1280, 900);
        browser.awaitThat("the story", () -> browser.all("#story li").size() > 0);
        browser.awaitThat("its tile", () -> browser.word(SLOW).equals("TRANSFER"));
        picture("station-bay");
        browser.open(station.url() + "records", 1280, 900);
        browser.awaitThat("the records", () -> browser.all("tbody tr").size() > 5);
        picture("station-records");
    }

    private void stale() throws Exception {
        browser.open(station.url(), 1024, 768);
        browser.awaitThat("the wall", () -> browser.word(1).equals("PASS"));
        station.stop();
        browser.awaitThat("the overlay", () -> browser.isShown("#stale"));
        browser.awaitThat(
                "it says what to do", () -> browser.text("#stale-check").contains("cannot be reached"));
        picture("station-stale");
    }
}
