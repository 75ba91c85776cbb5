package dev.fotabridge.host.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fotabridge.fixtures.image.BuiltImage;
import dev.fotabridge.fixtures.jobs.Execution;
import dev.fotabridge.fixtures.jobs.ExecutionStatus;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A job from AWS to the board and back, with real processes. */
@Tag("real")
final class AgentIT {
    private static final int LIMIT_SECONDS = 90;

    @TempDir
    Path directory;

    @Test
    void aJobUpdatesTheBoardAndEndsSucceeded() throws Exception {
        BuiltImage image = World.image().build();
        try (World world = new World(directory)) {
            world.createJob("j1", image);
            try (HostProcess host = world.agent()) {
                assertEquals(0, host.await(LIMIT_SECONDS), host::toString);
                JsonNode result = host.result();
                assertEquals("SUCCEEDED", result.get("outcome").asText(), host::toString);
                assertEquals("j1", result.get("jobId").asText());
                assertEquals(image.imageHash(), result.get("imageHash").asText());
                assertEquals(image.fileSha256(), result.get("fileSha256").asText());
                assertEquals("1.0.0", result.get("from").asText());
                assertEquals("2.0.0", result.get("to").asText());
                assertEquals(25, result.at("/wire/pagesSent").asInt());
                assertEquals(1, host.count("START"));
                assertEquals(1, host.count("DONE"));
                assertEquals(0, host.count("ERROR"));
            }
            Execution execution = world.execution("j1");
            assertEquals(ExecutionStatus.SUCCEEDED, execution.status());
            assertDetails(execution.statusDetails(), image);
            assertPhases(execution);
            assertTrue(world.runs(image));
        }
    }

    private static void assertDetails(Map<String, String> details, BuiltImage image) {
        assertEquals("SUCCEEDED", details.get("reason"));
        assertEquals("100", details.get("progress"));
        assertEquals(image.imageHash(), details.get("imageHash"));
        assertEquals("1.0.0", details.get("from"));
        assertEquals("2.0.0", details.get("to"));
    }

    /** AWS has seen the boot id and the attempt, and the phases; of those that pass within one of its answers only the last. */
    private static void assertPhases(Execution execution) {
        List<String> phases = execution.history().stream()
                .map(change -> change.statusDetails().getOrDefault("phase", ""))
                .distinct()
                .toList();
        assertTrue(phases.containsAll(List.of("DOWNLOAD", "TRANSFER", "CONFIRM")), phases::toString);
        assertTrue(execution.history().stream()
                .anyMatch(change -> change.statusDetails()
                                .getOrDefault("attempt", "")
                                .equals("1")
                        && change.statusDetails().getOrDefault("bootId", "").length() == 16));
    }

    @Test
    void theSameImageInASecondJobIsUpToDateWithoutATransfer() throws Exception {
        BuiltImage image = World.image().build();
        try (World world = new World(directory)) {
            try (HostProcess host = world.flash(image)) {
                assertEquals(0, host.await(LIMIT_SECONDS), host::toString);
            }
            world.createJob("j2", image);
            try (HostProcess host = world.agent()) {
                assertEquals(0, host.await(LIMIT_SECONDS), host::toString);
                assertEquals("UP_TO_DATE", host.result().get("outcome").asText());
                assertEquals(0, host.result().at("/wire/pagesSent").asInt());
            }
            assertEquals(ExecutionStatus.SUCCEEDED, world.execution("j2").status());
        }
    }

    @Test
    void aCancelledJobLeavesTheBoardOnItsOldImage() throws Exception {
        BuiltImage image = World.image().size(300_000).build();
        try (World world = new World(directory, "--timing", "nrf9160")) {
            world.createJob("j3", image);
            try (HostProcess host = world.agent()) {
                host.awaitEvent(LIMIT_SECONDS, e -> e.path("percent").asInt() >= 10);
                world.cloud.jobs().cancel(World.THING, "j3", true);
                assertEquals(15, host.await(LIMIT_SECONDS), host::toString);
                assertEquals("CANCELED", host.result().get("outcome").asText());
                assertEquals("JOB_CANCELED", host.result().get("reason").asText());
            }
            world.restartBoard();
            try (HostProcess host = world.flash(image, "--timeout", "20")) {
                assertEquals(0, host.await(LIMIT_SECONDS), host::toString);
                assertTrue(host.result().at("/wire/pagesSkipped").asInt() > 0, host::toString);
            }
        }
    }

    @Test
    void interruptedTheJobStaysInProgressAndTheNextStartGoesOn() throws Exception {
        BuiltImage image = World.image().size(300_000).build();
        try (World world = new World(directory, "--timing", "nrf9160")) {
            world.createJob("j4", image);
            try (HostProcess host = world.agent()) {
                host.awaitEvent(LIMIT_SECONDS, e -> e.path("percent").asInt() >= 10);
                host.terminate();
                assertEquals(130, host.await(LIMIT_SECONDS), host::toString);
                assertEquals("INTERRUPTED", host.result().get("outcome").asText());
            }
            assertEquals(ExecutionStatus.IN_PROGRESS, world.execution("j4").status());
            try (HostProcess host = world.agent()) {
                assertEquals(0, host.await(LIMIT_SECONDS), host::toString);
                assertTrue(host.result().at("/wire/pagesSkipped").asInt() >= 6, host::toString);
            }
            assertTrue(world.runs(image));
        }
    }

    @Test
    void withoutOnceOneJobFollowsAnother() throws Exception {
        BuiltImage first = World.image().build();
        BuiltImage second = World.image().version("3.0.0").seed(3).build();
        try (World world = new World(directory);
                HostProcess host = world.service()) {
            world.createJob("j1", first);
            host.awaitEvent(LIMIT_SECONDS, e -> e.path("jobId").asText().equals("j1"));
            world.createJob("j2", second);
            JsonNode result =
                    host.awaitEvent(LIMIT_SECONDS, e -> e.path("jobId").asText().equals("j2"));
            assertEquals("SUCCEEDED", result.get("outcome").asText(), host::toString);
            assertEquals(25, result.at("/wire/pagesSent").asInt(), host::toString);
            host.terminate();
            assertEquals(130, host.await(LIMIT_SECONDS), host::toString);
            assertTrue(world.runs(second));
        }
    }

    @Test
    void withoutAJobOnceEndsAfterItsTime() throws Exception {
        try (World world = new World(directory);
                HostProcess host = world.agent("--timeout", "1s")) {
            assertEquals(10, host.await(LIMIT_SECONDS), host::toString);
            assertEquals("NO_JOB", host.result().get("outcome").asText());
        }
    }
}
