package dev.fotabridge.host.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fotabridge.fixtures.image.BuiltImage;
import dev.fotabridge.fixtures.image.ModemDelta;
import dev.fotabridge.fixtures.jobs.Execution;
import dev.fotabridge.fixtures.jobs.ExecutionStatus;
import dev.fotabridge.host.api.Reason;
import dev.fotabridge.host.value.Sha256;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Modem deltas by real processes: host, board and AWS. */
@Tag("real")
final class ModemIT {
    private static final int LIMIT_SECONDS = 60;
    private static final String FROM = "mfw_nrf9160_1.3.5";
    private static final String TO = "mfw_nrf9160_1.3.6";

    @TempDir
    Path directory;

    private World world(String... more) throws Exception {
        String[] modem = {"--modem", FROM, "--modem-area", "dirty", "--modem-apply-ms", "1"};
        String[] all = Arrays.copyOf(modem, modem.length + more.length);
        System.arraycopy(more, 0, all, modem.length, more.length);
        return new World(directory, all);
    }

    private static BuiltImage delta(int size) {
        byte[] file = ModemDelta.between(FROM, TO).size(size).build();
        return new BuiltImage(file, "", Sha256.over(ByteBuffer.wrap(file)).hex(), TO);
    }

    private static void ended(HostProcess host, Reason reason, String modemResult) throws Exception {
        assertEquals(reason.exitCode(), host.await(LIMIT_SECONDS), host::toString);
        assertEquals(reason.name(), host.result().get("reason").asText(), host::toString);
        assertEquals(modemResult, host.result().get("modemResult").asText(), host::toString);
    }

    @Test
    void flashErasesWritesAndShowsTheModemsResult() throws Exception {
        try (World world = world();
                HostProcess host = world.flash(delta(20_000))) {
            ended(host, Reason.SUCCEEDED, "OK");
            assertEquals(FROM, host.result().get("from").asText());
            assertEquals(TO, host.result().get("to").asText());
            assertTrue(host.result().get("imageHash").isNull());
            for (String event : new String[] {"START", "ERASE_PENDING", "ERASE_DONE", "DONE"}) {
                assertEquals(1, host.count(event), event);
            }
            assertTrue(host.count("DL_PROGRESS") >= 4, host::toString);
        }
    }

    /** The cut leaves what the modem has for good, and the next host goes on there without an erase. */
    @Test
    void aHostKilledInTheMiddleGoesOnWhereTheModemIs() throws Exception {
        try (World world = world("--timing", "nrf9160", "--baud", "1000000", "--modem-erase-ms", "500")) {
            world.createJob("j1", delta(60_000));
            try (HostProcess host = world.agent("--start-baud", "1000000")) {
                host.awaitEvent(
                        LIMIT_SECONDS,
                        e -> e.path("type").asText().equals("DL_PROGRESS")
                                && e.path("percent").asInt() >= 40);
                host.kill();
            }
            try (HostProcess host = world.agent("--start-baud", "1000000")) {
                ended(host, Reason.SUCCEEDED, "OK");
                assertEquals(0, host.count("ERASE_PENDING"), host::toString);
                int sent = host.result().at("/wire/sentBytes").asInt();
                assertTrue(sent > 20_000 && sent < 45_000, () -> sent + " bytes\n" + host);
            }
            Execution execution = world.execution("j1");
            assertEquals(ExecutionStatus.SUCCEEDED, execution.status());
            assertEquals("OK", execution.statusDetails().get("modemResult"));
            assertEquals(TO, execution.statusDetails().get("to"));
        }
    }

    @Test
    void anotherFirmwareIsRefusedBeforeTheErase() throws Exception {
        try (World world = world();
                HostProcess host = world.flash(delta(20_000), "--modem-uuid", ModemDelta.uuidOf(TO))) {
            assertEquals(8, host.await(LIMIT_SECONDS), host::toString);
            assertEquals("MODEM_BASE", host.result().get("reason").asText());
            assertFalse(world.board.log().contains("dk: modem erases its area"));
        }
    }

    @Test
    void aJobForAnotherFirmwareIsRejected() throws Exception {
        try (World world = new World(directory, "--modem", TO)) {
            delta(20_000).writeTo(world.cloud.directory().bucket().resolve("j1.bin"));
            world.createJob("j1", "j1.bin", document -> document.put("modemUuid", ModemDelta.uuidOf(FROM)));
            try (HostProcess host = world.agent()) {
                assertEquals(8, host.await(LIMIT_SECONDS), host::toString);
            }
            assertEquals(ExecutionStatus.REJECTED, world.execution("j1").status());
        }
    }

    @Test
    void theModemItselfKnowsForWhichFirmwareADeltaIs() throws Exception {
        try (World world = new World(directory, "--modem", TO);
                HostProcess host = world.flash(delta(20_000))) {
            ended(host, Reason.MODEM_BASE, "INVALID_UUID");
        }
    }

    @Test
    void aBoardWithoutAModemIsNotTouched() throws Exception {
        try (World world = new World(directory);
                HostProcess host = world.flash(delta(20_000))) {
            assertEquals(8, host.await(LIMIT_SECONDS), host::toString);
            assertEquals("BOARD_TYPE", host.result().get("reason").asText());
        }
    }

    @ParameterizedTest
    @CsvSource({
        "write:23, ok, MODEM_NOT_READY, NOT_ALLOWED_POFWARN_ON",
        "erase:13, ok, MODEM_FAILED, ERASE_ERROR",
        "schedule:19, ok, IMAGE_TRUNCATED, INCOMPLETE_DATA",
        "write:11:1, ok, SUCCEEDED, OK",
        "open:-110, ok, MODEM_NOT_READY, ESHUTDOWN",
        "write:1:0, voltage-low, MODEM_NOT_READY, VOLTAGE_LOW",
        "write:1:0, voltage-low-once, SUCCEEDED, OK",
        "write:1:0, auth, REVERTED, AUTH_ERROR",
        "write:1:0, uuid, REVERTED, UUID_ERROR",
        "write:1:0, internal, MODEM_FAILED, INTERNAL_ERROR",
        "write:1:0, hardware, MODEM_FAILED, HARDWARE_ERROR"
    })
    void everyAnswerOfTheModemHasItsEnd(String fault, String result, Reason reason, String name) throws Exception {
        try (World world = world("--modem-fault", fault, "--modem-result", result);
                HostProcess host = world.flash(delta(20_000))) {
            ended(host, reason, name);
        }
    }

    @Test
    void completeOnWrittenLeavesTheRestartToTheApplication() throws Exception {
        try (World world = world();
                HostProcess host = world.flash(delta(20_000), "--complete-on", "written")) {
            assertEquals(0, host.await(LIMIT_SECONDS), host::toString);
            assertFalse(world.board.log().contains("dk: reset"));
            assertTrue(world.board.log().contains("dk: modem will apply the delta at its next start"));
        }
    }
}
