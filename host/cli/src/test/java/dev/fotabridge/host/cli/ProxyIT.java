package dev.fotabridge.host.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fotabridge.fixtures.cloud.CloudDirectory;
import dev.fotabridge.fixtures.http.ForwardProxy;
import dev.fotabridge.fixtures.image.BuiltImage;
import dev.fotabridge.fixtures.jobs.ExecutionStatus;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The agent behind a proxy, with real processes and real TLS. The names and ports that it is given lead somewhere through
 * the proxy only, so that what arrives has come that way.
 */
@Timeout(180)
@Tag("real")
final class ProxyIT {
    private static final int LIMIT_SECONDS = 90;
    private static final BuiltImage IMAGE = World.image().build();

    @TempDir
    Path directory;

    private World world;
    private ForwardProxy proxy;

    @BeforeEach
    void start() throws Exception {
        world = new World(directory);
        proxy = ForwardProxy.start()
                .leads("localhost:443", world.cloud.mqttPort())
                .leads("localhost:8443", world.cloud.httpsPort())
                .leads("files.example:80", world.cloud.httpPort());
        IMAGE.writeTo(world.cloud.directory().bucket().resolve("app.bin"));
    }

    @AfterEach
    void stop() {
        proxy.close();
        world.close();
    }

    private void createJob(String id, String protocol, String host) throws Exception {
        world.createJob(
                id,
                "app.bin",
                document -> ((ObjectNode) document.get("location"))
                        .put("protocol", protocol)
                        .put("host", host));
    }

    private HostProcess agent(Map<String, String> environment, String... more) throws Exception {
        CloudDirectory files = world.cloud.directory();
        List<String> arguments =
                new ArrayList<>(List.of("agent", "--once", "--json", "-v", "--endpoint", "localhost:443"));
        arguments.addAll(
                List.of("--thing", World.THING, "--cert", files.certificate().toString()));
        arguments.addAll(List.of("--key", files.privateKey().toString()));
        arguments.addAll(List.of("--ca", files.rootCertificate().toString()));
        arguments.addAll(List.of("--port", world.board.link().toString()));
        arguments.addAll(List.of("--state-dir", directory.resolve("state").toString()));
        arguments.addAll(List.of(more));
        return HostProcess.start(directory, arguments, environment);
    }

    /** MQTT on port 443, which needs ALPN, and the download; the password is seen by the proxy and by nobody else. */
    @Test
    void aWholeUpdateGoesThroughTheProxy() throws Exception {
        proxy.wants("user", "hidden-word");
        createJob("j1", "https:", "localhost:8443");
        try (HostProcess host = agent(
                Map.of("FOTA_BRIDGE_PROXY_PASSWORD", "hidden-word"),
                "--proxy",
                "http://user@127.0.0.1:" + proxy.port())) {
            assertEquals(0, host.await(LIMIT_SECONDS), host::toString);
            assertEquals("SUCCEEDED", host.result().get("outcome").asText(), host::toString);
            assertFalse(host.toString().contains("hidden-word"), host::toString);
            assertFalse(host.toString().contains("Basic "), host::toString);
        }
        assertEquals(ExecutionStatus.SUCCEEDED, world.execution("j1").status());
        assertTrue(world.runs(IMAGE));
        assertEquals(1, proxy.count("CONNECT localhost:443 HTTP/1.1\r\n"), () -> "" + proxy.requests());
        assertEquals(1, proxy.count("CONNECT localhost:8443 HTTP/1.1\r\n"), () -> "" + proxy.requests());
        assertEquals(2, proxy.requests().size());
        assertTrue(proxy.openings().get(0).contains("x-amzn-mqtt-ca"), "ALPN on the wire");
        assertTrue(proxy.openings().get(0).contains("localhost"), "server name on the wire");
        assertFalse(proxy.openings().get(1).contains("x-amzn-mqtt-ca"));
    }

    @Test
    void withoutThePasswordItEndsAtOnceAndTheJobStays() throws Exception {
        proxy.wants("user", "hidden-word");
        createJob("j1", "https:", "localhost:8443");
        try (HostProcess host = agent(Map.of("FOTA_BRIDGE_PROXY", proxy.url()))) {
            assertEquals(14, host.await(LIMIT_SECONDS), host::toString);
            assertEquals("PROXY_REFUSED", host.result().get("reason").asText(), host::toString);
            assertTrue(host.errorText().contains("wants a user and a password"), host::toString);
            assertTrue(host.errorText().contains("FOTA_BRIDGE_PROXY=http://USER:PASSWORD@HOST:PORT"), host::toString);
        }
        assertEquals(ExecutionStatus.QUEUED, world.execution("j1").status());
        assertEquals(1, proxy.requests().size());
    }

    /** A job document is untrusted: it must not use the proxy to reach what the proxy reaches. */
    @Test
    void aHostThatTheJobNamesIsAllowedByTheUserOnly() throws Exception {
        createJob("j1", "http:", "files.example");
        try (HostProcess host = agent(Map.of(), "--proxy", proxy.url())) {
            assertEquals(9, host.await(LIMIT_SECONDS), host::toString);
            assertEquals(
                    "DOWNLOAD_HOST_NOT_ALLOWED", host.result().get("reason").asText(), host::toString);
        }
        assertEquals(ExecutionStatus.FAILED, world.execution("j1").status());
        assertEquals(0, proxy.count("GET"));
        createJob("j2", "http:", "files.example");
        try (HostProcess host = agent(Map.of(), "--proxy", proxy.url(), "--allow-host", "files.example")) {
            assertEquals(0, host.await(LIMIT_SECONDS), host::toString);
        }
        assertEquals(1, proxy.count("GET http://files.example/app.bin HTTP/1.1\r\n"));
        assertTrue(world.runs(IMAGE));
    }

    @Test
    void aPasswordOnTheCommandLineIsWarnedOf() throws Exception {
        proxy.wants("user", "hidden-word");
        createJob("j1", "https:", "localhost:8443");
        String url = "http://user:hidden-word@127.0.0.1:" + proxy.port();
        try (HostProcess host = agent(Map.of(), "--proxy", url)) {
            assertEquals(0, host.await(LIMIT_SECONDS), host::toString);
            assertTrue(host.errorText().contains("everybody on this machine can read"), host::toString);
            assertFalse(host.toString().contains("hidden-word"), host::toString);
        }
    }
}
