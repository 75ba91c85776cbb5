package dev.fotabridge.host.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each option's value and origin are those that the command would use; no secret is printed. */
final class ConfigShowTest {
    @TempDir
    Path directory;

    private final Map<String, String> environment = new HashMap<>();
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private Path file;

    @BeforeEach
    void write() throws Exception {
        environment.put("HOME", directory.toString());
        environment.put("FOTA_BRIDGE_START_BAUD", "57600");
        file = Files.writeString(directory.resolve("c.yaml"), "baud: 9600\nthing: from-file\nallow-host: [a, b]\n");
    }

    private int run(String... args) {
        return Main.run(
                args,
                environment,
                new Streams(
                        new PrintStream(out, true, StandardCharsets.UTF_8),
                        new PrintStream(err, true, StandardCharsets.UTF_8)));
    }

    private String said() {
        return out.toString(StandardCharsets.UTF_8) + err.toString(StandardCharsets.UTF_8);
    }

    private void assertShown(String name, String value, String from) {
        assertTrue(
                out.toString(StandardCharsets.UTF_8)
                        .lines()
                        .map(line -> line.replaceAll(" +", " "))
                        .anyMatch((name + " " + value + " " + from)::equals),
                this::said);
    }

    @Test
    void eachOptionIsShownWithItsOrigin() {
        assertEquals(
                0,
                run("config", "show", "--config", file.toString(), "agent", "--once", "--port", "/dev/x"),
                this::said);
        assertShown("--port", "/dev/x", "command line");
        assertShown("--once", "true", "command line");
        assertShown("--start-baud", "57600", "environment: FOTA_BRIDGE_START_BAUD");
        assertShown("--baud", "9600", "file: " + file);
        assertShown("--allow-host", "a,b", "file: " + file);
        assertShown("--config", file.toString(), "command line");
        assertShown("--complete-on", "confirmed", "default");
        assertShown("--quiet", "false", "default");
        assertShown("--endpoint", "-", "default");
    }

    @Test
    void theCommandLineComesFirst() {
        environment.put("FOTA_BRIDGE_BAUD", "2000");
        assertEquals(0, run("config", "show", "device", "info", "--config", file.toString(), "-b", "3000"), this::said);
        assertShown("--baud", "3000", "command line");
        out.reset();
        assertEquals(0, run("config", "show", "device", "info", "--config", file.toString()), this::said);
        assertShown("--baud", "2000", "environment: FOTA_BRIDGE_BAUD");
    }

    @Test
    void withoutACommandWhatIsSetIsShown() {
        environment.put("FOTA_BRIDGE_CONFIG", file.toString());
        assertEquals(0, run("config", "show"), this::said);
        assertEquals(
                List.of("--allow-host", "--baud", "--config", "--start-baud", "--thing"),
                out.toString(StandardCharsets.UTF_8)
                        .lines()
                        .map(line -> line.split(" ")[0])
                        .toList());
        assertShown("--config", file.toString(), "environment: FOTA_BRIDGE_CONFIG");
    }

    @Test
    void noSecretIsShown() {
        environment.put("FOTA_BRIDGE_PROXY", "http://user:se@cr/e?t@proxy.example:1");
        environment.put("FOTA_BRIDGE_KEY_PASSWORD", "secret-of-key");
        environment.put("FOTA_BRIDGE_PROXY_PASSWORD", "secret-of-proxy");
        String url = "https://bucket.example/app.bin?X-Amz-Signature=secret";
        for (String json : List.of("--json", "--quiet")) {
            assertEquals(0, run("config", "show", json, "doctor", "--url", url), this::said);
            assertEquals(0, run("config", "show", json), this::said);
        }
        assertShown("--proxy", "http://***@proxy.example:1", "environment: FOTA_BRIDGE_PROXY");
        assertShown("--url", "https://bucket.example/app.bin?***", "command line");
        assertShown("FOTA_BRIDGE_KEY_PASSWORD", "(set, not shown)", "environment: FOTA_BRIDGE_KEY_PASSWORD");
        for (String secret : List.of("secret", "cr/e", "se@", "user")) {
            assertFalse(said().contains(secret), this::said);
        }
    }

    @Test
    void jsonHasOneLineForEachOption() {
        assertEquals(0, run("config", "show", "--json", "port", "list"), this::said);
        String lines = out.toString(StandardCharsets.UTF_8);
        assertTrue(
                lines.contains(
                        "\"type\":\"OPTION\",\"name\":\"--state-dir\",\"value\":\"~/.local/state/fota-bridge\",\"origin\":\"DEFAULT\",\"source\":null"),
                lines);
        assertTrue(lines.lines().reduce((a, b) -> b).orElseThrow().contains("\"type\":\"RESULT\""), lines);
    }

    @Test
    void whatTheCommandWouldRefuseIsRefused() {
        assertEquals(2, run("config", "show", "agent", "--bawd", "1"));
        assertTrue(said().contains("--bawd"), this::said);
        assertEquals(2, run("config", "show", "device"));
        assertTrue(said().contains("No command given"), this::said);
        assertEquals(2, run("config", "show", "nothing"));
    }
}
