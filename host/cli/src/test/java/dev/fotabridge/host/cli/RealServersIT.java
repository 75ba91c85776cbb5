package dev.fotabridge.host.cli;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fotabridge.fixtures.image.BuiltImage;
import dev.fotabridge.fixtures.jobs.Execution;
import dev.fotabridge.fixtures.jobs.ExecutionStatus;
import dev.fotabridge.fixtures.real.Nginx;
import dev.fotabridge.fixtures.real.RealCertificates;
import dev.fotabridge.fixtures.real.Tinyproxy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The flow of {@link AgentIT} with mosquitto, nginx and tinyproxy, which are not ours, and what happens when they are killed. */
@Timeout(180)
@Tag("real")
final class RealServersIT {
    private static final int LIMIT_SECONDS = 120;
    private static final BuiltImage IMAGE = World.image().build();

    @TempDir
    Path directory;

    @Test
    void aJobUpdatesTheBoardAndEndsSucceeded() throws Exception {
        try (RealWorld world = new RealWorld(directory, IMAGE, 0);
                HostProcess host = world.agent()) {
            assertUpdated(world, host);
            List<Nginx.Access> accesses = world.cloud.nginx().accesses();
            assertTrue(accesses.stream().allMatch(access -> access.status() == 206), accesses::toString);
            assertEquals(
                    IMAGE.bytes().length,
                    accesses.stream().mapToLong(Nginx.Access::bodyBytes).sum());
        }
    }

    @Test
    void theSameHoldsThroughAProxy() throws Exception {
        try (RealWorld world = new RealWorld(directory, IMAGE, 0)) {
            int broker = world.cloud.mosquitto().port();
            int server = world.cloud.nginx().port();
            try (Tinyproxy proxy = proxy("narrow", List.of(server));
                    HostProcess host = world.agent("--proxy", url(proxy))) {
                assertEquals(14, host.await(LIMIT_SECONDS), host::toString);
                assertTrue(host.errorText().contains("does not let us connect to localhost:" + broker), host::toString);
            }
            try (Tinyproxy proxy = proxy("wide", List.of(broker, server));
                    HostProcess host = world.agent("--proxy", url(proxy))) {
                assertUpdated(world, host);
                assertTrue(proxy.log().contains("CONNECT localhost:" + broker + " "), proxy.log());
                assertTrue(proxy.log().contains("CONNECT localhost:" + server + " "), proxy.log());
            }
        }
    }

    private Tinyproxy proxy(String name, List<Integer> ports) throws Exception {
        return Tinyproxy.start(directory.resolve(name), "user", "hidden-word", ports);
    }

    private static String url(Tinyproxy proxy) {
        return "http://user:hidden-word@127.0.0.1:" + proxy.port();
    }

    @Test
    void aStrangersCertificateIsRefusedByTheHandshake() throws Exception {
        RealCertificates strangers = RealCertificates.issue(directory.resolve("strangers"), RealWorld.THING);
        try (RealWorld world = new RealWorld(directory, IMAGE, 0);
                HostProcess host = world.agentWith(strangers, RealWorld.THING)) {
            assertEquals(14, host.await(LIMIT_SECONDS), host::toString);
            assertEquals("CLOUD_REFUSED", host.result().get("reason").asText(), host::toString);
            assertTrue(host.errorText().contains("Try: "), host::toString);
            assertEquals(ExecutionStatus.QUEUED, world.execution().status());
            assertTrue(world.cloud.nginx().accesses().isEmpty());
        }
    }

    /** mosquitto grants the subscriptions and drops the messages; the agent must not wait for ever. */
    @Test
    void anotherThingsCertificateNeverGetsTheJob() throws Exception {
        RealCertificates certificates = RealCertificates.issue(directory.resolve("cloud/certs"), "dk-2");
        try (RealWorld world = new RealWorld(directory, IMAGE, 0);
                HostProcess host = world.agentWith(certificates, "dk-2", "--timeout", "5s")) {
            assertEquals(14, host.await(LIMIT_SECONDS), host::toString);
            assertEquals("CLOUD_UNREACHABLE", host.result().get("reason").asText(), host::toString);
            assertTrue(
                    world.cloud.mosquitto().log().contains("Denied PUBLISH"),
                    world.cloud.mosquitto().log());
            assertEquals(ExecutionStatus.QUEUED, world.execution().status());
        }
    }

    @Test
    void aBrokerKilledInMidTransferIsFoundAgain() throws Exception {
        BuiltImage large = World.image().size(200_000).build();
        try (RealWorld world = new RealWorld(directory, large, 0, "--timing", "nrf9160");
                HostProcess host = world.agent()) {
            host.awaitEvent(LIMIT_SECONDS, e -> e.path("percent").asInt() >= 20);
            world.cloud.mosquitto().kill();
            host.awaitEvent(LIMIT_SECONDS, e -> e.path("percent").asInt() >= 60);
            world.cloud.mosquitto().restart();
            assertUpdated(world, host);
        }
    }

    @Test
    void aServerKilledInMidDownloadIsAskedForTheRestOnly() throws Exception {
        BuiltImage large = World.image().size(300_000).build();
        try (RealWorld world = new RealWorld(directory, large, 100_000);
                HostProcess host = world.agent()) {
            await().atMost(Duration.ofSeconds(LIMIT_SECONDS)).until(() -> world.partBytes() > 0);
            world.cloud.nginx().kill();
            long kept = settledPart(world);
            assertTrue(kept > 0 && kept < large.bytes().length, () -> kept + " bytes");
            world.cloud.nginx().restart();
            assertUpdated(world, host);
            Nginx.Access rest = world.cloud.nginx().accesses().get(0);
            assertEquals(206, rest.status());
            assertTrue(rest.range().startsWith("bytes=" + kept + "-"), rest + ", not from " + kept);
            assertEquals(large.bytes().length - kept, rest.bodyBytes());
            assertTrue(rest.ifRange().matches("\"[^\"]+\""), rest::toString);
            assertEquals(1, world.cloud.nginx().accesses().size());
        }
    }

    /** What was on its way when the server died still arrives. */
    private static long settledPart(RealWorld world) throws Exception {
        long[] seen = {-1};
        await().pollDelay(Duration.ofMillis(300))
                .pollInterval(Duration.ofMillis(300))
                .atMost(Duration.ofSeconds(10))
                .until(() -> {
                    long before = seen[0];
                    seen[0] = world.partBytes();
                    return before == seen[0];
                });
        return seen[0];
    }

    private static void assertUpdated(RealWorld world, HostProcess host) throws Exception {
        assertEquals(0, host.await(LIMIT_SECONDS), host::toString);
        assertEquals("SUCCEEDED", host.result().get("outcome").asText(), host::toString);
        assertTrue(world.runsTheImage());
        Execution execution = world.execution();
        assertEquals(ExecutionStatus.SUCCEEDED, execution.status());
        assertEquals("SUCCEEDED", execution.statusDetails().get("reason"));
        assertEquals(
                1,
                execution.history().stream()
                        .filter(change -> change.status().isTerminal())
                        .count());
        assertFalse(host.errorText().contains("Exception"), host::toString);
    }
}
