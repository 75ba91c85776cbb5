package dev.fotabridge.station.page;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.interactions.Actions;

/**
 * Chromium without a window, as Debian packages it. Needs {@code chromium} and {@code chromium-driver}; {@code ./check} installs
 * them.
 */
final class Browser implements AutoCloseable {
    private static final File PROGRAM = first("/usr/bin/chromium", "/usr/bin/chromium-browser", "/snap/bin/chromium");
    private static final File DRIVER = first("/usr/bin/chromedriver", "/snap/bin/chromium.chromedriver");
    private static final Path SCREENSHOTS = Path.of("target", "screenshots");
    /** Of a page that follows a station on the same computer; much longer than it takes. */
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final ChromeDriver driver;

    Browser() {
        if (!PROGRAM.canExecute() || !DRIVER.canExecute()) {
            throw new IllegalStateException(
                    "This test needs Chromium and its driver: apt-get install chromium chromium-driver.");
        }
        ChromeOptions options = new ChromeOptions();
        options.setBinary(PROGRAM);
        // Root may not have the sandbox, nor a container a large /dev/shm.
        options.addArguments("--headless=new", "--no-sandbox", "--disable-dev-shm-usage", "--hide-scrollbars");
        driver = new ChromeDriver(
                new ChromeDriverService.Builder().usingDriverExecutable(DRIVER).build(), options);
    }

    private static File first(String... paths) {
        return Stream.of(paths)
                .map(File::new)
                .filter(File::canExecute)
                .findFirst()
                .orElse(new File(paths[0]));
    }

    ChromeDriver driver() {
        return driver;
    }

    /** Opens an address in a viewport of exactly this size, in CSS pixels. */
    void open(String url, int width, int height) {
        driver.executeCdpCommand(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", false));
        driver.get(url);
    }

    /** Types where the focus is. */
    void type(CharSequence... keys) {
        new Actions(driver).sendKeys(keys).perform();
    }

    void press(Keys key) {
        type(key);
    }

    WebElement find(String css) {
        return driver.findElement(By.cssSelector(css));
    }

    List<WebElement> all(String css) {
        return driver.findElements(By.cssSelector(css));
    }

    /** {@return the text of the first element; empty if there is none} */
    String text(String css) {
        return String.valueOf(run("return document.querySelector(arguments[0])?.textContent.trim() ?? ''", css));
    }

    /** {@return the word of a tile} */
    String word(int bay) {
        return text("[data-bay='" + bay + "'] .word");
    }

    boolean isShown(String css) {
        return all(css).stream().anyMatch(WebElement::isDisplayed);
    }

    /** {@return the id of the element that has the focus} */
    String focused() {
        return String.valueOf(run("return document.activeElement.id"));
    }

    Object run(String script, Object... arguments) {
        return driver.executeScript(script, arguments);
    }

    void awaitThat(String what, Callable<Boolean> holds) {
        Awaitility.await(what)
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(50))
                .ignoreExceptions()
                .until(holds);
    }

    void screenshot(String name) throws IOException {
        Files.createDirectories(SCREENSHOTS);
        Files.write(SCREENSHOTS.resolve(name + ".png"), driver.getScreenshotAs(OutputType.BYTES));
    }

    @Override
    public void close() {
        driver.quit();
    }
}
