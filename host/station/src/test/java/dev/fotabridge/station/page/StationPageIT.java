package dev.fotabridge.station.page;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fotabridge.fixtures.image.ImageBuilder;
import dev.fotabridge.host.api.Reason;
import dev.fotabridge.station.release.ReleaseFolderWriter;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.Keys;

/** What a worker does at the page, on a real station with a release and virtual boards. WallIT tries what no board does on demand. */
@Tag("real")
final class StationPageIT {
    @TempDir
    private Path directory;

    private RealStation station;
    private Browser browser;

    @BeforeEach
    void open() throws Exception {
        Path image = directory.resolve("app_update.bin");
        new ImageBuilder().size(120_000).version("2.0.0").seed(11).build().writeTo(image);
        ReleaseFolderWriter.create(
                new ReleaseFolderWriter.Approval(image, "2.0.0", Optional.empty(), Optional.empty()),
                directory.resolve("release"));
        station = new RealStation(directory, 2, "release: release", "start: button", "scan: {prefix: SN-, length: 4}");
        station.plugIn(1, "--swap-time", "short");
        station.plugIn(2, "--swap-time", "short", "--new-image", "crash");
        station.open();
        browser = new Browser();
        browser.open(station.url(), 1024, 768);
    }

    @AfterEach
    void close() {
        browser.close();
        station.close();
    }

    private void awaitWord(int bay, String word) {
        browser.awaitThat(
                "bay " + bay + " shows " + word, () -> browser.word(bay).equals(word));
    }

    /** Chooses the bay, scans the label and presses Start. */
    private void scanAndStart(int bay, Keys arrow) {
        browser.press(arrow);
        browser.awaitThat(
                "bay " + bay + " is chosen", () -> browser.text("#chosen").equals("Bay " + bay));
        browser.type("SN-000" + bay, Keys.ENTER);
        awaitWord(bay, "READY");
        browser.press(Keys.F2);
    }

    @Test
    void aWorkersMorning() throws Exception {
        awaitWord(1, "SCAN");
        awaitWord(2, "SCAN");
        browser.press(Keys.ARROW_RIGHT);
        browser.type("X-1", Keys.ENTER);
        browser.awaitThat(
                "a wrong label is refused", () -> !browser.text("#answer").isEmpty());
        assertEquals("SCAN", browser.word(1));
        browser.press(Keys.ARROW_LEFT);
        scanAndStart(1, Keys.ARROW_LEFT);
        browser.awaitThat("the bar", () -> browser.isShown("[data-bay='1'] .bar"));
        scanAndStart(2, Keys.ARROW_RIGHT);
        awaitWord(1, "PASS");
        awaitWord(2, "FAIL");
        String failed = browser.text("[data-bay='2']");
        assertTrue(failed.contains("REVERTED") && failed.contains(Reason.REVERTED.whatToTry()), failed);

        browser.driver().navigate().refresh();
        awaitWord(1, "PASS");
        awaitWord(2, "FAIL");

        theFailedBoardComesBack();

        station.stop();
        browser.awaitThat("the overlay", () -> browser.isShown("#stale"));
        assertEquals("PASS", browser.word(1), "what was there stays to be seen");
        station.open();
        browser.awaitThat("the overlay is gone", () -> !browser.isShown("#stale"));
        awaitWord(1, "PASS");
        awaitWord(2, "FAIL");

        browser.open(station.url() + "records", 1280, 900);
        browser.awaitThat("all records", () -> browser.all("tbody tr").size() == 3);
        assertTrue(browser.text("tbody").contains("SN-0001")
                || browser.text("tbody").contains("unit-1"));
    }

    /** It shows its verdict, and its label is asked for when somebody starts it again. */
    private void theFailedBoardComesBack() throws Exception {
        station.pull(2);
        browser.awaitThat("it has left", () -> browser.text("[data-bay='2']").contains("board taken out"));
        station.plugIn(2, "--swap-time", "short", "--new-image", "crash");
        browser.awaitThat("it is back", () -> !browser.text("[data-bay='2']").contains("board taken out"));
        assertEquals("FAIL", browser.word(2));
        browser.find("[data-bay='2']").click();
        browser.press(Keys.F2);
        browser.awaitThat("its label", () -> browser.text("#answer").equals("Scan the label first."));
        browser.type("SN-0002", Keys.ENTER);
        browser.awaitThat("it is taken", () -> !browser.text("#answer").equals("Scan the label first."));
        browser.press(Keys.F2);
        browser.awaitThat("it runs", () -> !browser.word(2).equals("FAIL"));
        awaitWord(2, "FAIL");
    }
}
