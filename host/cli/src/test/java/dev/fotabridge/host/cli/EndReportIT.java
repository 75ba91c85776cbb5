package dev.fotabridge.host.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fotabridge.fixtures.device.VirtualDkOptions;
import dev.fotabridge.fixtures.image.BuiltImage;
import dev.fotabridge.fixtures.jobs.ExecutionStatus;
import dev.fotabridge.fixtures.jobs.FaultPlan;
import dev.fotabridge.fixtures.jobs.RejectCode;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How a job ended reaches AWS also when AWS dislikes it or the disk fails; if it cannot, the run says so at once. */
@Tag("real")
final class EndReportIT {
    private static final int LIMIT_SECONDS = 50;
    private static final int ALWAYS = 1_000;
    private static final BuiltImage IMAGE = World.image().build();

    @TempDir
    Path directory;

    @Test
    void anEndThatAwsRefusesIsSaidAtOnceAndToldByTheNextRun() throws Exception {
        try (World world = new World(directory)) {
            world.cloud.broker().faults(new FaultPlan().refuse("/update", RejectCode.INVALID_REQUEST, ALWAYS));
            world.createJob("j1", "nothing.bin", document -> {});
            try (HostProcess host = world.agent()) {
                assertEquals(14, host.await(LIMIT_SECONDS), host::toString);
                JsonNode result = host.result();
                assertEquals("REPORT_REFUSED", result.get("reason").asText());
                String message = result.get("message").asText();
                assertTrue(message.contains("FAILED") && message.contains("InvalidRequest"), message);
            }
            assertEquals(ExecutionStatus.QUEUED, world.execution("j1").status());
            world.cloud.broker().faults(new FaultPlan());
            try (HostProcess host = world.agent()) {
                assertEquals(9, host.await(LIMIT_SECONDS), host::toString);
            }
            assertEquals(ExecutionStatus.FAILED, world.execution("j1").status());
        }
    }

    @Test
    void aDiskThatTakesNoJournalFailsTheJobBeforeAnythingIsMarked() throws Exception {
        try (World world = new World(directory)) {
            world.createJob("j1", IMAGE);
            // Counts as no journal, and none can take its place.
            Files.createDirectories(directory.resolve("state/journal/thing%0020dk-1.json/in the way"));
            try (HostProcess host = world.agent()) {
                assertEquals(16, host.await(LIMIT_SECONDS), host::toString);
                assertEquals("STORAGE_UNWRITABLE", host.result().get("reason").asText());
            }
            assertEquals(ExecutionStatus.FAILED, world.execution("j1").status());
            assertEquals(
                    "STORAGE_UNWRITABLE", world.execution("j1").statusDetails().get("reason"));
            world.restartBoard();
            assertTrue(world.runs(VirtualDkOptions.factoryImage()));
        }
    }

    @Test
    void anEndThatCannotBeKeptIsToldAllTheSame() throws Exception {
        try (World world = new World(directory)) {
            world.createJob("j1", "nothing.bin", document -> {});
            Files.createDirectories(directory.resolve("state/outbox"));
            Files.writeString(directory.resolve("state/outbox").resolve(World.THING), "in the way");
            try (HostProcess host = world.agent()) {
                assertEquals(9, host.await(LIMIT_SECONDS), host::toString);
                assertTrue(host.toString().contains("is told to AWS now, or lost"), host::toString);
            }
            assertEquals(ExecutionStatus.FAILED, world.execution("j1").status());
        }
    }

    @Test
    void anEndThatIsNeitherKeptNorToldIsAStorageFailure() throws Exception {
        try (World world = new World(directory)) {
            world.cloud.broker().faults(new FaultPlan().refuse("/update", RejectCode.INTERNAL_ERROR, ALWAYS));
            world.createJob("j1", "nothing.bin", document -> {});
            Files.createDirectories(directory.resolve("state/outbox"));
            Files.writeString(directory.resolve("state/outbox").resolve(World.THING), "in the way");
            try (HostProcess host = world.agent("--timeout", "8s")) {
                assertEquals(16, host.await(LIMIT_SECONDS), host::toString);
                assertEquals("STORAGE_UNWRITABLE", host.result().get("reason").asText());
            }
        }
    }
}
