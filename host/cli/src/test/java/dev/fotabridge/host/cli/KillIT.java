package dev.fotabridge.host.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fotabridge.fixtures.device.VirtualDkOptions;
import dev.fotabridge.fixtures.image.BuiltImage;
import dev.fotabridge.fixtures.jobs.Execution;
import dev.fotabridge.fixtures.jobs.ExecutionStatus;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Host and board killed at moments of a transfer, and around MARK: the next start goes on, and nothing is done twice. */
@Tag("real")
final class KillIT {
    private static final int LIMIT_SECONDS = 120;
    private static final int PAGES = 75;
    private static final int MOMENTS = 10;

    /** The page at the frontier and its neighbours may be weak, and are written again; SPEC.md section 6.1. */
    private static final int REWRITTEN = 2;

    private final BuiltImage image = World.image().size(PAGES * 4096).build();

    @TempDir
    Path directory;

    @Test
    void aHostKilledTenTimesFinishesWithoutSendingAgain() throws Exception {
        try (World world = new World(directory, "--timing", "nrf9160")) {
            world.createJob("j1", image);
            for (int moment = 1; moment <= MOMENTS; moment++) {
                int percent = moment * 90 / MOMENTS;
                try (HostProcess host = world.agent()) {
                    host.awaitEvent(LIMIT_SECONDS, reached(percent));
                    host.kill();
                }
            }
            try (HostProcess host = world.agent()) {
                assertEquals(0, host.await(LIMIT_SECONDS), host::toString);
                int sent = host.result().at("/wire/pagesSent").asInt();
                assertTrue(sent <= PAGES / MOMENTS + REWRITTEN + 3, () -> sent + " pages\n" + host);
                assertEquals(
                        PAGES, sent + host.result().at("/wire/pagesSkipped").asInt());
            }
            assertFinalOnce(world.execution("j1"), ExecutionStatus.SUCCEEDED);
            assertTrue(world.runs(image));
        }
    }

    @Test
    void aBoardKilledTenTimesIsUpdatedByOneHostWithoutSendingAgain() throws Exception {
        try (World world = new World(directory, "--timing", "nrf9160")) {
            world.createJob("j1", image);
            try (HostProcess host = world.agent()) {
                for (int moment = 1; moment <= MOMENTS; moment++) {
                    host.awaitEvent(LIMIT_SECONDS, reached(moment * 90 / MOMENTS));
                    world.restartBoard();
                }
                assertEquals(0, host.await(LIMIT_SECONDS), host::toString);
                assertPlansShrink(host);
            }
            assertFinalOnce(world.execution("j1"), ExecutionStatus.SUCCEEDED);
            assertTrue(world.runs(image));
        }
    }

    /** What was durable at a cut is never planned again; what was on its way to the board's memory is lost with it. */
    private static void assertPlansShrink(HostProcess host) {
        List<Integer> planned = host.events().stream()
                .map(event -> event.path("line").asText())
                .filter(line -> line.endsWith("pages to send."))
                .map(line -> Integer.parseInt(line.substring(0, line.indexOf(' '))))
                .toList();
        assertEquals(MOMENTS + 1, planned.size(), host::toString);
        for (int moment = 0; moment <= MOMENTS; moment++) {
            int durable = PAGES * (moment * 90 / MOMENTS) / 100;
            assertTrue(planned.get(moment) <= PAGES - durable + REWRITTEN, () -> planned + "\n" + host);
        }
    }

    @Test
    void aHostKilledAfterMarkEndsTheJobOnceWithoutATransfer() throws Exception {
        try (World world = new World(directory)) {
            world.createJob("j1", image);
            killIn(world, "SWAP");
            try (HostProcess host = world.agent()) {
                assertEquals(0, host.await(LIMIT_SECONDS), host::toString);
                assertEquals("SUCCEEDED", host.result().get("outcome").asText());
                assertEquals(0, host.result().at("/wire/pagesSent").asInt());
            }
            assertFinalOnce(world.execution("j1"), ExecutionStatus.SUCCEEDED);
            assertTrue(world.runs(image));
        }
    }

    @Test
    void aHostKilledBeforeAwsKnowsTheEndTellsItAtTheNextStart() throws Exception {
        try (World world = new World(directory)) {
            world.createJob("j1", image);
            killIn(world, "REPORT");
            try (HostProcess host = world.agent()) {
                assertEquals(0, host.await(LIMIT_SECONDS), host::toString);
                assertEquals("j1", host.result().get("jobId").asText(), host::toString);
                assertEquals("SUCCEEDED", host.result().get("reason").asText());
                assertEquals(image.imageHash(), host.result().get("imageHash").asText());
            }
            assertFinalOnce(world.execution("j1"), ExecutionStatus.SUCCEEDED);
        }
    }

    @Test
    void aBoardThatRevertsWhileTheHostIsDeadFailsTheJobWithoutATransfer() throws Exception {
        try (World world = new World(directory)) {
            world.createJob("j1", image);
            killIn(world, "SWAP");
            // Killed before RESET or after it: nobody confirms, and the second boot at the latest goes back.
            bootAgain(world);
            bootAgain(world);
            assertTrue(world.runs(VirtualDkOptions.factoryImage()));
            try (HostProcess host = world.agent()) {
                assertEquals(13, host.await(LIMIT_SECONDS), host::toString);
                assertEquals("REVERTED", host.result().get("reason").asText(), host::toString);
                assertEquals(0, host.result().at("/wire/pagesSent").asInt());
            }
            assertFinalOnce(world.execution("j1"), ExecutionStatus.FAILED);
        }
    }

    /** With its swap or revert, if one is due. */
    private static void bootAgain(World world) throws Exception {
        world.restartBoard();
        Awaitility.await()
                .atMost(LIMIT_SECONDS, TimeUnit.SECONDS)
                .until(() -> world.board.log().stream().anyMatch(line -> line.startsWith("dk: booted")));
    }

    private void killIn(World world, String phase) throws Exception {
        try (HostProcess host = world.agent()) {
            host.awaitEvent(LIMIT_SECONDS, e -> e.path("phase").asText().equals(phase));
            host.kill();
        }
    }

    private static Predicate<JsonNode> reached(int percent) {
        return event -> event.path("type").asText().equals("DL_PROGRESS")
                && event.path("percent").asInt() >= percent;
    }

    private static void assertFinalOnce(Execution execution, ExecutionStatus status) {
        assertEquals(status, execution.status());
        long ends = execution.history().stream()
                .filter(change -> change.status().isTerminal())
                .count();
        assertEquals(1, ends);
    }
}
