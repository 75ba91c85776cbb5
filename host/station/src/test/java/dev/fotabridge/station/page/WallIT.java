package dev.fotabridge.station.page;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.deque.html.axecore.results.Rule;
import com.deque.html.axecore.selenium.AxeBuilder;
import dev.fotabridge.host.api.Phase;
import dev.fotabridge.host.api.Reason;
import dev.fotabridge.station.bay.BayState;
import dev.fotabridge.station.control.FakeStation;
import dev.fotabridge.station.http.HttpSettings;
import dev.fotabridge.station.http.StationServer;
import dev.fotabridge.station.verdict.Verdict;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WindowType;

/**
 * The page in a real browser, on the real server, with a station that has no boards. Needs Debian's packages {@code chromium} and
 * {@code chromium-driver}, which {@code ./check} installs. Writes what it sees to {@code target/screenshots}.
 */
@Tag("real")
final class WallIT {
    private static final String TOKEN = "a-token-of-a-test";
    /** A 15-inch screen of 1024 × 768 has pixels of 0.30 mm, one of 24 inches and 1920 × 1080 of 0.277 mm: 15 mm high. */
    private static final double LETTERS_1024 = 50;

    private static final double LETTERS_1920 = 54;

    private static Browser browser;

    private FakeStation station;
    private StationServer server;

    @BeforeAll
    static void startBrowser() {
        browser = new Browser();
    }

    @AfterAll
    static void stopBrowser() {
        browser.close();
    }

    @AfterEach
    void stop() {
        browser.driver().get("about:blank");
        server.close();
    }

    private void start(int bays) throws IOException {
        station = new FakeStation(bays);
        server = StationServer.start(station, HttpSettings.local(0).withToken(TOKEN));
    }

    private void openWall(int width, int height) {
        open("", width, height);
        browser.awaitThat(
                "all tiles", () -> browser.all(".tile").size() == station.bays().size());
    }

    private void open(String path, int width, int height) {
        browser.open(server.url() + path, width, height);
    }

    private void awaitWord(int bay, String word) {
        browser.awaitThat(
                "bay " + bay + " shows " + word, () -> browser.word(bay).equals(word));
    }

    @Test
    void aWorkerScansStartsAndSeesTheVerdict() throws Exception {
        start(4);
        station.change(2, bay -> bay.ready("A-2").state = BayState.NEEDS_SCAN);
        openWall(1024, 768);
        awaitWord(2, "SCAN");
        assertEquals("scan-box", browser.focused());
        // A bay that was chosen long ago must not get another board's label.
        browser.press(Keys.ARROW_RIGHT);
        browser.awaitThat("bay 1 is chosen", () -> browser.text("#chosen").equals("Bay 1"));
        browser.type("SN-0002", Keys.ENTER);
        awaitWord(2, "READY");
        assertEquals(List.of("scan SN-0002 Optional.empty"), station.asked);
        browser.awaitThat("the bay is chosen", () -> browser.text("#chosen").equals("Bay 2"));
        assertEquals("scan-box", browser.focused());
        browser.press(Keys.F2);
        awaitWord(2, "CONNECT");
        assertEquals("Bay 2: start taken.", browser.text("#answer"));
        assertTrue(station.asked.get(1).contains("after=Optional[]"), "the page says that it has seen no run there");
        station.change(2, bay -> bay.running(Phase.TRANSFER, 45));
        awaitWord(2, "TRANSFER");
        assertTrue(browser.text("[data-bay='2'] .facts").startsWith("45 %"));
        station.change(2, bay -> bay.ended(Verdict.PASS, Reason.SUCCEEDED).percent = Optional.of(100));
        awaitWord(2, "PASS");
        assertEquals("#shape-PASS", browser.find("[data-bay='2'] .shape use").getDomAttribute("href"));
        browser.driver().navigate().refresh();
        awaitWord(2, "PASS");
    }

    @Test
    void aFailedBaySaysWhyAndWhatToTry() throws Exception {
        start(4);
        station.change(1, bay -> bay.ready("A-1").ended(Verdict.PASS, Reason.SUCCEEDED));
        station.change(3, bay -> {
            bay.ready("A-3").ended(Verdict.FAIL, Reason.REVERTED).message = "The board runs 1.9.0 again.";
            bay.locked = true;
            bay.needsHands = true;
        });
        openWall(1024, 768);
        awaitWord(3, "FAIL");
        String tile = browser.text("[data-bay='3']");
        assertTrue(tile.contains("REVERTED · The board runs 1.9.0 again. · " + Reason.REVERTED.whatToTry()), tile);
        assertTrue(tile.contains("locked"), tile);
        assertEquals("#shape-lock", browser.find("[data-bay='3'] .mark use").getDomAttribute("href"));
        assertEquals("Hands needed: 1", browser.text("#hands"));
        browser.find("[data-bay='3']").click();
        assertEquals("The board runs 1.9.0 again. " + Reason.REVERTED.whatToTry(), browser.text("#answer"));
        browser.press(Keys.F6);
        browser.awaitThat(
                "only the failed one is seen",
                () -> browser.driver()
                                .findElements(org.openqa.selenium.By.cssSelector("#wall li:not([hidden])"))
                                .size()
                        == 1);
        assertTrue(browser.isShown("[data-bay='3']"));
        browser.press(Keys.F6);
        browser.awaitThat("all are seen again", () -> browser.isShown("[data-bay='1']"));
    }

    /** The station goes away, a proxy answers in its place, and it comes back: the page says so, and follows again by itself. */
    @Test
    void whatIsOldIsHatchedUntilTheStationIsBack() throws Exception {
        start(4);
        station.change(1, bay -> bay.ready("A-1").running(Phase.TRANSFER, 30));
        openWall(1024, 768);
        awaitWord(1, "TRANSFER");
        int port = server.port();
        server.close();
        browser.awaitThat("the overlay", () -> browser.isShown("#stale"));
        assertTrue(browser.text("#stale-since").matches("No data since \\d\\d:\\d\\d:\\d\\d"), browser.text("#stale"));
        assertEquals("TRANSFER", browser.word(1), "what was there stays to be seen");
        browser.screenshot("stale");
        try (BadProxy proxy = new BadProxy(port)) {
            browser.awaitThat("it tries again after 502", () -> proxy.answered() >= 2);
            assertTrue(browser.isShown("#stale"));
        }
        station.change(1, bay -> bay.ended(Verdict.PASS, Reason.SUCCEEDED));
        server = StationServer.start(station, HttpSettings.local(port).withToken(TOKEN));
        browser.awaitThat("the overlay is gone", () -> !browser.isShown("#stale"));
        awaitWord(1, "PASS");
        station.change(1, bay -> bay.ready("A-9"));
        awaitWord(1, "READY");
    }

    /** A browser that slept keeps a dead stream. Its clock is what tells it. */
    @Test
    void aBrowserThatSleptForAnHourOpensTheStreamAgain() throws Exception {
        start(2);
        openWall(1024, 768);
        browser.run("new MutationObserver(() => { window.wasStale ||= !document.getElementById('stale').hidden; })"
                + ".observe(document.getElementById('stale'), {attributes: true});"
                + "const now = Date.now; Date.now = () => now() + 3_600_000;"
                + "document.dispatchEvent(new Event('visibilitychange'));");
        assertEquals(true, browser.run("return window.wasStale"), "it does not show old data as new");
        browser.awaitThat("the overlay is gone", () -> !browser.isShown("#stale"));
        station.change(1, bay -> bay.ready("A-1"));
        awaitWord(1, "READY");
    }

    @Test
    void aNewVersionOfTheStationBringsItsPage() throws Exception {
        start(2);
        openWall(1024, 768);
        browser.run("window.isOld = true");
        int port = server.port();
        server.close();
        station.version = "0.2.0";
        server = StationServer.start(station, HttpSettings.local(port));
        browser.awaitThat("the page is loaded again", () -> browser.run("return window.isOld") == null);
    }

    @Test
    void everythingIsDoneByKeys() throws Exception {
        start(16);
        station.change(6, bay -> bay.ready("A-6"));
        openWall(1024, 768);
        browser.press(Keys.ARROW_DOWN);
        browser.press(Keys.ARROW_RIGHT);
        browser.press(Keys.ARROW_DOWN);
        browser.awaitThat("bay 6 is chosen", () -> browser.text("#chosen").equals("Bay 6"));
        browser.press(Keys.F2);
        awaitWord(6, "CONNECT");
        browser.press(Keys.F8);
        browser.awaitThat("it asks", () -> browser.text("#answer").contains("press Abort again"));
        assertFalse(station.asked.toString().contains("abort"));
        browser.press(Keys.F8);
        awaitWord(6, "ABORTED");
        browser.run("document.querySelector(\"[data-bay='3']\").focus()");
        browser.type("SN");
        assertEquals("scan-box", browser.focused());
        assertEquals("SN", browser.run("return document.getElementById('scan-box').value"));
        browser.press(Keys.ESCAPE);
        browser.press(Keys.TAB);
        assertEquals("start", browser.focused());
        browser.press(Keys.F9);
        browser.awaitThat("the page of bay 6", () -> browser.text("h2").equals("Bay 6"));
    }

    /** Two people press start. The second one is told, and nothing starts twice. */
    @Test
    void twoTabsStartOnce() throws Exception {
        start(2);
        station.change(1, bay -> bay.ready("A-1"));
        openWall(1024, 768);
        String first = browser.driver().getWindowHandle();
        browser.driver().switchTo().newWindow(WindowType.TAB);
        openWall(1024, 768);
        browser.press(Keys.ARROW_DOWN);
        browser.press(Keys.F2);
        awaitWord(1, "CONNECT");
        browser.driver().close();
        browser.driver().switchTo().window(first);
        awaitWord(1, "CONNECT");
        browser.press(Keys.ARROW_DOWN);
        browser.press(Keys.F2);
        browser.awaitThat("it is told", () -> browser.text("#answer").contains("No board is in bay 1"));
        assertEquals("run-1-of-1", station.bays().get(0).runId());
    }

    @Test
    void anEngineerLogsInAndUnlocks() throws Exception {
        start(2);
        station.change(1, bay -> bay.ready("A-1").locked = true);
        open("login", 1024, 768);
        browser.awaitThat("the form", () -> browser.isShown("#login"));
        browser.find("#login input").sendKeys(TOKEN, Keys.ENTER);
        browser.awaitThat("the wall", () -> browser.isShown(".tile"));
        assertFalse(browser.driver().getCurrentUrl().contains(TOKEN));
        browser.find("[data-bay='1']").click();
        browser.awaitThat("unlock is offered", () -> browser.isShown("#unlock"));
        browser.find("#unlock").click();
        browser.awaitThat("it is unlocked", () -> station.asked.contains("unlock 1"));
        browser.awaitThat("it says so", () -> browser.text("#answer").equals("Bay 1 is unlocked."));
    }

    @Test
    void recordsAreFoundAndCorrected() throws Exception {
        start(2);
        for (int i = 1; i <= 60; i++) {
            station.store(i % 2 + 1, "A-" + i, i % 7 == 0 ? Verdict.FAIL : Verdict.PASS, Reason.SUCCEEDED);
        }
        open("login", 1024, 768);
        browser.awaitThat("the form", () -> browser.isShown("#login"));
        browser.find("#login input").sendKeys(TOKEN, Keys.ENTER);
        browser.awaitThat("the wall", () -> browser.isShown(".tile"));
        open("records", 1280, 900);
        browser.awaitThat("the newest fifty", () -> browser.all("tbody tr").size() == 50);
        browser.find("#older").click();
        browser.awaitThat("all", () -> browser.all("tbody tr").size() == 60);
        browser.find("#search input").sendKeys("A-14", Keys.ENTER);
        browser.awaitThat("one", () -> browser.all("tbody tr").size() == 1);
        assertEquals("FAIL", browser.text("tbody .badge"));
        browser.find("tbody button").click();
        browser.awaitThat("all of it", () -> browser.text("#record dl").contains("imageHashObserved"));
        browser.find("#correct [name=value]").sendKeys("A-15");
        browser.find("#correct [name=why]").sendKeys("label misread");
        browser.find("#correct [name=who]").sendKeys("N. N.", Keys.ENTER);
        browser.awaitThat("it is stored", () -> browser.text("#answer").equals("The correction is stored."));
        browser.screenshot("records");
    }

    @Test
    void oneBayHasItsStoryAndItsConsole() throws Exception {
        start(2);
        station.change(2, bay -> bay.ready("A-2").running(Phase.SWAP, 100));
        station.line(2, false, "The board restarts.");
        station.store(2, "A-1", Verdict.PASS, Reason.UP_TO_DATE);
        open("bays/2", 1280, 900);
        browser.awaitThat("the story", () -> browser.text("#story").contains("The board restarts."));
        station.line(2, true, "*** Booting <b>2.0.0</b> ***");
        browser.awaitThat("the console", () -> browser.text("#console").contains("*** Booting <b>2.0.0</b> ***"));
        browser.awaitThat("its last record", () -> browser.text("tbody").contains("UP_TO_DATE"));
        browser.screenshot("bay");
        open("bays/9", 1280, 900);
        browser.awaitThat("it is said", () -> browser.text("h2").equals("The station has no bay 9."));
    }

    /** Every look of a tile, over and over. */
    private void fill(int bays) {
        for (int i = 1; i <= bays; i++) {
            int number = i;
            station.change(i, bay -> {
                bay.ready("A-" + number);
                switch (number % 10) {
                    case 1 -> bay.ended(Verdict.PASS, Reason.SUCCEEDED).elapsedSeconds = Optional.of(41.0);
                    case 2 -> bay.running(Phase.TRANSFER, 40 + number % 60);
                    case 3 -> {
                        bay.ended(Verdict.FAIL, Reason.REVERTED).message = "The board runs 1.9.0 again.";
                        bay.locked = true;
                    }
                    case 4 ->
                        bay.ended(Verdict.ERROR, Reason.DOWNLOAD_TIMEOUT).message = "The server sent nothing for 30 s.";
                    case 5 -> bay.running(Phase.DOWNLOAD, 80);
                    case 6 -> bay.ended(Verdict.UNKNOWN, Reason.NOT_VERIFIED).message = "Unplugged after MARK.";
                    case 7 -> bay.state = BayState.NEEDS_SCAN;
                    case 8 -> bay.ended(Verdict.ABORTED, Reason.INTERRUPTED).needsHands = true;
                    case 9 -> {
                        bay.state = BayState.EMPTY;
                        bay.to = "";
                    }
                    default -> bay.state = BayState.READY;
                }
            });
        }
    }

    /** What does not lie within its tile, and the height of the smallest digit and the smallest word. */
    private static final String MEASURE = """
            const pen = document.createElement('canvas').getContext('2d');
            const height = (node, letter) => {
              const style = getComputedStyle(node);
              pen.font = `${style.fontWeight} ${style.fontSize} ${style.fontFamily}`;
              return pen.measureText(letter).actualBoundingBoxAscent;
            };
            const within = (inner, outer) => inner.left >= outer.left - 1 && inner.right <= outer.right + 1
                && inner.top >= outer.top - 1 && inner.bottom <= outer.bottom + 1;
            const view = new DOMRect(0, 0, innerWidth, innerHeight);
            const out = [];
            let numbers = 999, words = 999;
            document.querySelectorAll('.tile').forEach((tile) => {
              const box = tile.getBoundingClientRect();
              if (!within(box, view)) out.push(`tile ${tile.dataset.bay} of the screen`);
              tile.querySelectorAll('[data-field=number], [data-field=word], .shape:not([hidden]), .mark:not([hidden])').forEach((part) => {
                // A letter is as wide as its span, and as high as the line, whose height is that of capitals.
                const wide = part.getBoundingClientRect();
                const high = (part.dataset.field ? part.parentElement : part).getBoundingClientRect();
                const ink = {left: wide.left, right: wide.right, top: high.top, bottom: high.bottom};
                if (!within(ink, box)) out.push(`${part.dataset.field ?? part.getAttribute("class")} of tile ${tile.dataset.bay}`);
              });
              numbers = Math.min(numbers, height(tile.querySelector('.number'), '8'));
              words = Math.min(words, height(tile.querySelector('.word'), 'E'));
            });
            return {out: out.join(', '), numbers, words};
            """;

    private void measure(double smallest) {
        Map<?, ?> measured = (Map<?, ?>) browser.run(MEASURE);
        assertEquals("", measured.get("out"), "lies outside");
        assertTrue(((Number) measured.get("numbers")).doubleValue() >= smallest, measured::toString);
        assertTrue(((Number) measured.get("words")).doubleValue() >= smallest, measured::toString);
    }

    @Test
    void sixteenFullTilesAreReadAtThreeMetresOnASmallScreen() throws Exception {
        start(16);
        fill(16);
        openWall(1024, 768);
        awaitWord(16, "UNKNOWN");
        browser.screenshot("wall-16-at-1024x768");
        measure(LETTERS_1024);
        assertTrue(browser.isShown("[data-bay='3'] .reason"));
    }

    @Test
    void sixtyFourBaysAreReadAtThreeMetresOnALargeScreen() throws Exception {
        start(64);
        fill(64);
        openWall(1920, 1080);
        awaitWord(61, "PASS");
        browser.screenshot("wall-64-at-1920x1080");
        measure(LETTERS_1920);
        assertFalse(browser.isShown("[data-bay='3'] .reason"), "word and shape alone");
    }

    @Test
    void eightBaysFillTheScreen() throws Exception {
        start(8);
        fill(8);
        openWall(1920, 1080);
        awaitWord(8, "ABORTED");
        browser.screenshot("wall-8-at-1920x1080");
        measure(LETTERS_1920);
    }

    @Test
    void whatStopsTheStationIsSeen() throws Exception {
        start(4);
        openWall(1024, 768);
        station.stopped = "three units in a row did not start the image";
        station.stationChanged();
        browser.awaitThat("the banner", () -> browser.text("#banner").contains("three units in a row"));
        station.stopped = "";
        station.stationChanged();
        browser.awaitThat("it goes", () -> !browser.isShown("#banner"));
    }

    @Test
    void axeFindsNothingToMend() throws Exception {
        start(16);
        fill(16);
        station.store(1, "A-1", Verdict.PASS, Reason.SUCCEEDED);
        station.line(2, true, "hello");
        openWall(1024, 768);
        awaitWord(16, "UNKNOWN");
        axe("the wall");
        for (String path : List.of("bays/3", "records", "login")) {
            open(path, 1280, 900);
            browser.awaitThat("a heading", () -> !browser.text("h2").isEmpty());
            browser.awaitThat("a table", () -> browser.all("tbody td").size() > 0);
            axe(path);
        }
    }

    private static void axe(String where) {
        List<Rule> violations = new AxeBuilder().analyze(browser.driver()).getViolations();
        assertEquals(
                List.of(),
                violations.stream()
                        .map(rule -> where + ": " + rule.getId() + " "
                                + rule.getNodes().get(0).getHtml())
                        .toList());
    }
}
