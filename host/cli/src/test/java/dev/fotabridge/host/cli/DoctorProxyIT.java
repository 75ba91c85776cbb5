package dev.fotabridge.host.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fotabridge.fixtures.cloud.CloudDirectory;
import dev.fotabridge.fixtures.cloud.LocalCloud;
import dev.fotabridge.fixtures.http.FaultRule;
import dev.fotabridge.fixtures.http.ForwardProxy;
import dev.fotabridge.fixtures.http.RangeFault;
import dev.fotabridge.host.api.Reason;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The doctor behind a proxy: which step of the way fails, in the first line; and redirects, as a download follows them. */
@Tag("real")
final class DoctorProxyIT {
    @TempDir
    Path directory;

    private LocalCloud cloud;
    private ForwardProxy proxy;

    @BeforeEach
    void start() throws Exception {
        cloud = LocalCloud.start(directory.resolve("cloud"), List.of("dk-1"));
        Files.write(cloud.directory().bucket().resolve("fw.bin"), new byte[1_000]);
        proxy = ForwardProxy.start()
                .leads("localhost:443", cloud.mqttPort())
                .leads("localhost:8443", cloud.httpsPort());
    }

    @AfterEach
    void stop() {
        proxy.close();
        cloud.close();
    }

    /** What a run printed and how it ended. */
    private record Run(int exitCode, String text) {
        void names(Reason reason, String part) {
            assertEquals(reason.exitCode(), exitCode, text);
            assertTrue(text.lines().findFirst().orElse("").contains(part), () -> "no '" + part + "' first in\n" + text);
        }
    }

    private Run doctor(Map<String, String> environment, String endpoint, String... more) {
        CloudDirectory files = cloud.directory();
        List<String> arguments = new ArrayList<>(List.of("doctor", "--no-board", "--endpoint", endpoint));
        arguments.addAll(
                List.of("--thing", "dk-1", "--cert", files.certificate().toString()));
        arguments.addAll(List.of("--key", files.privateKey().toString()));
        arguments.addAll(List.of("--ca", files.rootCertificate().toString()));
        arguments.addAll(List.of("--state-dir", directory.resolve("state").toString()));
        arguments.addAll(List.of(more));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        PrintStream stream = new PrintStream(out, true, StandardCharsets.UTF_8);
        int exitCode = Main.run(arguments.toArray(String[]::new), environment, new Streams(stream, stream));
        return new Run(exitCode, out.toString(StandardCharsets.UTF_8));
    }

    private Run through(String... more) {
        List<String> arguments = new ArrayList<>(List.of("--proxy", proxy.url()));
        arguments.addAll(List.of(more));
        return doctor(Map.of(), "localhost:443", arguments.toArray(String[]::new));
    }

    @Test
    void theWholeWayIsWalkedThroughTheProxy() {
        Run run = through("--url", "https://localhost:8443/fw.bin");
        run.names(Reason.SUCCEEDED, "All is well");
        String name = "the proxy 127.0.0.1:" + proxy.port() + " of --proxy, which is 127.0.0.1";
        assertTrue(run.text().contains(name), run.text());
        assertTrue(run.text().contains("leads to localhost:443."), run.text());
        assertTrue(run.text().contains("fw.bin has 1000 bytes"), run.text());
        // TCP, TLS, MQTT with ALPN, and the object.
        assertEquals(4, proxy.requests().size(), () -> "" + proxy.requests());
        assertEquals(3, proxy.count("CONNECT localhost:443 "));
    }

    @ParameterizedTest
    @CsvSource({
        "'HTTP/1.1 407 x\r\n\r\n', PROXY_REFUSED, wants a user and a password",
        "'HTTP/1.1 403 x\r\n\r\n', PROXY_REFUSED, does not let us connect to localhost:443",
        "'HTTP/1.1 502 x\r\n\r\n', CLOUD_UNREACHABLE, finds no way to localhost:443",
        "'SSH-2.0-OpenSSH\r\n', PROXY_UNREACHABLE, does not answer as an HTTP proxy does"
    })
    void whatAProxyMayAnswerIsNamed(String answer, Reason reason, String part) {
        proxy.answers(answer);
        Run run = through();
        run.names(reason, part);
        assertEquals(
                1, run.text().lines().filter(line -> line.startsWith("  FAIL")).count(), run.text());
    }

    @Test
    void aProxyThatIsNotThereIsNamedWithTheVariableItComesFrom() {
        proxy.close();
        through().names(Reason.PROXY_UNREACHABLE, "No connection to the proxy 127.0.0.1:" + proxy.port());
        doctor(Map.of("HTTPS_PROXY", "http://nowhere.invalid:3128"), "a.iot.example")
                .names(Reason.PROXY_UNREACHABLE, "DNS does not know the proxy nowhere.invalid:3128 of HTTPS_PROXY");
    }

    @Test
    void theEnvironmentIsReadAndCanBeOverruled() {
        Map<String, String> environment = Map.of("https_proxy", "http://user:hidden-word@127.0.0.1:" + proxy.port());
        Run run = doctor(environment, "a.iot.example:443");
        run.names(Reason.CLOUD_UNREACHABLE, "finds no way to a.iot.example:443");
        assertFalse(run.text().contains("hidden-word"), run.text());
        doctor(environment, "a.iot.invalid", "--no-proxy")
                .names(Reason.CLOUD_UNREACHABLE, "DNS does not know the endpoint");
        doctor(environment, "a.iot.invalid", "--no-proxy", "iot.invalid")
                .names(Reason.CLOUD_UNREACHABLE, "DNS does not know the endpoint");
        assertEquals(1, proxy.requests().size());
    }

    @Test
    void aProxyThatCannotBeOneIsAMatterOfConfiguration() {
        Run run = doctor(Map.of("ALL_PROXY", "socks5://user:hidden-word@p.example:1080"), "a.iot.example");
        run.names(Reason.CONFIGURATION, "The proxy of ALL_PROXY cannot be used: socks5 is not served");
        assertFalse(run.text().contains("hidden-word"), run.text());
    }

    @Test
    void redirectsAreFollowedAsADownloadFollowsThem() throws Exception {
        Files.write(cloud.directory().bucket().resolve("here.bin"), new byte[2_000]);
        cloud.store().fault("fw.bin", FaultRule.always(new RangeFault.Redirect(302, "/here.bin")));
        Run followed = through("--url", "https://localhost:8443/fw.bin");
        followed.names(Reason.SUCCEEDED, "All is well");
        assertTrue(
                followed.text()
                        .contains("https://localhost:8443/here.bin, where https://localhost:8443/fw.bin redirects to,"
                                + " has 2000 bytes"),
                followed.text());
        cloud.store()
                .fault("fw.bin", FaultRule.always(new RangeFault.Redirect(302, "https://inside.example/x?SECRET")));
        Run inside = through("--url", "https://localhost:8443/fw.bin");
        inside.names(Reason.DOWNLOAD_HOST_NOT_ALLOWED, "inside.example, whose address nobody can check");
        assertFalse(inside.text().contains("SECRET"), inside.text());
        assertEquals(0, proxy.count("CONNECT inside.example"));
        cloud.store().fault("fw.bin", FaultRule.always(new RangeFault.Redirect(302, "http://localhost:1/x")));
        through("--url", "https://localhost:8443/fw.bin").names(Reason.DOWNLOAD_FAILED, "from https to http");
        cloud.store().fault("fw.bin", FaultRule.always(new RangeFault.Redirect(302, "")));
        through("--url", "https://localhost:8443/fw.bin").names(Reason.DOWNLOAD_FAILED, "more than 5 times");
    }
}
