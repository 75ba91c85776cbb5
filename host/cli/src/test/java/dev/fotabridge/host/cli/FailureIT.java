package dev.fotabridge.host.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fotabridge.fixtures.cloud.LocalCloud;
import dev.fotabridge.fixtures.device.VirtualDkOptions;
import dev.fotabridge.fixtures.http.FaultRule;
import dev.fotabridge.fixtures.http.RangeFault;
import dev.fotabridge.fixtures.image.BuiltImage;
import dev.fotabridge.fixtures.image.ImageDefect;
import dev.fotabridge.fixtures.image.SignatureKind;
import dev.fotabridge.fixtures.image.SigningKey;
import dev.fotabridge.fixtures.jobs.ExecutionStatus;
import dev.fotabridge.fixtures.jobs.FaultPlan;
import dev.fotabridge.host.api.Reason;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each way to fail has its exit code, its outcome, its state at AWS, and a sentence; the board keeps its old image. */
@Tag("real")
final class FailureIT {
    private static final int LIMIT_SECONDS = 120;

    /** Fits into the slot's 0x70000 bytes, but not with the two pages that a swap needs. */
    private static final int TOO_LARGE = 455_000;

    private static final BuiltImage GOOD = World.image().build();

    @TempDir
    Path directory;

    @Test
    void filesThatCanNeverRunAreRejectedAndTheBoardIsNotTouched() throws Exception {
        SigningKey signer = SigningKey.generate(SignatureKind.ECDSA_P256);
        SigningKey other = SigningKey.generate(SignatureKind.ECDSA_P256);
        Path key = Files.writeString(directory.resolve("key.pem"), other.publicPem());
        try (World world = new World(directory)) {
            rejected(world, "j1", World.image().defect(ImageDefect.TRUNCATED).build(), Reason.IMAGE_TRUNCATED);
            rejected(world, "j2", World.image().defect(ImageDefect.WRONG_HASH).build(), Reason.IMAGE_HASH);
            rejected(world, "j3", World.image().size(TOO_LARGE).build(), Reason.IMAGE_SIZE);
            rejected(world, "j4", World.image().marker(false).build(), Reason.NO_MARKER);
            rejected(world, "j5", World.image().defect(ImageDefect.BAD_MAGIC).build(), Reason.IMAGE_FORMAT);
            BuiltImage signed = World.image().key(signer).build();
            rejected(world, "j6", signed, Reason.IMAGE_SIGNATURE, "--public-key", key.toString());
            rejected(world, "j7", GOOD, Reason.BOARD_TYPE, "--board", "thingy91_nrf9160_ns");
            BuiltImage old = World.image().version("0.9.0").build();
            rejected(world, "j8", old, Reason.DOWNGRADE, "--no-downgrade");
            world.createJob("j9", "j7.bin", document -> document.put("targetBoard", "thingy91_nrf9160_ns"));
            ends(world, "j9", Reason.BOARD_TYPE, ExecutionStatus.REJECTED);
            assertFalse(
                    world.board.log().contains("dk: upload begun"),
                    () -> world.board.log().toString());
            assertTrue(world.runs(VirtualDkOptions.factoryImage()));
        }
    }

    private static void rejected(World world, String job, BuiltImage image, Reason reason, String... options)
            throws Exception {
        world.createJob(job, image);
        ends(world, job, reason, ExecutionStatus.REJECTED, options);
    }

    private static void ends(World world, String job, Reason reason, ExecutionStatus status, String... options)
            throws Exception {
        try (HostProcess host = world.agent(options)) {
            assertEquals(reason.exitCode(), host.await(LIMIT_SECONDS), host::toString);
            JsonNode result = host.result();
            assertEquals(reason.name(), result.get("reason").asText(), host::toString);
            assertEquals(reason.outcome().name(), result.get("outcome").asText());
            assertEquals(reason.exitCode(), result.get("exitCode").asInt());
            boolean failed = reason.exitCode() != 0;
            assertEquals(failed, host.errorText().contains("Try: "), host::toString);
        }
        assertEquals(status, world.execution(job).status());
        if (status.isTerminal()) {
            assertEquals(reason.name(), world.execution(job).statusDetails().get("reason"));
        }
    }

    @Test
    void downloadsThatFailAreFailed() throws Exception {
        try (World world = new World(directory)) {
            world.createJob("j1", "nothing.bin", document -> {});
            ends(world, "j1", Reason.DOWNLOAD_NOT_FOUND, ExecutionStatus.FAILED);
            world.cloud.store().fault("j2.bin", FaultRule.always(new RangeFault.NoContentRange()));
            world.createJob("j2", GOOD);
            ends(world, "j2", Reason.DOWNLOAD_NO_RANGE, ExecutionStatus.FAILED);
            world.cloud.store().fault("j3.bin", FaultRule.always(new RangeFault.Status(403)));
            world.createJob("j3", GOOD);
            ends(world, "j3", Reason.DOWNLOAD_FORBIDDEN, ExecutionStatus.FAILED);
            world.createJob("j4", "x.bin", document -> document.remove("location"));
            ends(world, "j4", Reason.BAD_DOCUMENT, ExecutionStatus.REJECTED);
            assertFalse(world.board.log().contains("dk: session opened"));
        }
    }

    @Test
    void anImageThatHangsIsReverted() throws Exception {
        try (World world = new World(directory, "--new-image", "hang", "--watchdog-ms", "300")) {
            world.createJob("j1", GOOD);
            ends(world, "j1", Reason.REVERTED, ExecutionStatus.FAILED);
            assertTrue(world.runs(VirtualDkOptions.factoryImage()));
        }
    }

    @Test
    void anImageThatCrashesIsReverted() throws Exception {
        try (World world = new World(directory, "--new-image", "crash")) {
            world.createJob("j1", GOOD);
            ends(world, "j1", Reason.REVERTED, ExecutionStatus.FAILED);
            assertTrue(world.runs(VirtualDkOptions.factoryImage()));
        }
    }

    /** Its stub answers, but the application, which is to confirm itself, does not go on. */
    @Test
    void anImageWhoseApplicationHangsIsReverted() throws Exception {
        try (World world = new World(directory, "--new-image", "stuck", "--watchdog-ms", "300")) {
            world.createJob("j1", GOOD);
            ends(world, "j1", Reason.REVERTED, ExecutionStatus.FAILED);
            assertTrue(world.runs(VirtualDkOptions.factoryImage()));
        }
    }

    @Test
    void anImageThatStaysSilentIsNotVerified() throws Exception {
        try (World world = new World(directory, "--new-image", "silent")) {
            world.createJob("j1", GOOD);
            ends(world, "j1", Reason.NOT_VERIFIED, ExecutionStatus.FAILED, "--timeout", "2s");
        }
    }

    @Test
    void anImageThatTheBootloaderRefusesIsReverted() throws Exception {
        SigningKey signer = SigningKey.generate(SignatureKind.ECDSA_P256);
        Path key = Files.writeString(directory.resolve("boot.pem"), signer.publicPem());
        try (World world = new World(directory, "--boot-key", key.toString())) {
            world.createJob("j1", GOOD);
            ends(world, "j1", Reason.REVERTED, ExecutionStatus.FAILED);
            assertTrue(world.runs(VirtualDkOptions.factoryImage()));
        }
    }

    @Test
    void anImageThatConfirmsItselfIsWaitedFor() throws Exception {
        try (World world = new World(directory, "--new-image", "self-confirm")) {
            world.createJob("j1", GOOD);
            ends(world, "j1", Reason.SUCCEEDED, ExecutionStatus.SUCCEEDED);
        }
    }

    @Test
    void aFlashThatWritesWrongIsFoundOutTwice() throws Exception {
        try (World world = new World(directory, "--silent-at", "60");
                HostProcess host = world.flash(GOOD)) {
            // One operation that does nothing is found by the read-back, and the second attempt mends it.
            assertEquals(0, host.await(LIMIT_SECONDS), host::toString);
        }
    }

    /** A word in the middle of slot 1 that keeps its erased value. */
    @Test
    void aFlashThatNeverWritesRightEndsAtTheSecondAttempt() throws Exception {
        try (World world = new World(directory, "--stuck-at", String.valueOf(0x80000 + 40_000))) {
            world.createJob("j1", GOOD);
            ends(world, "j1", Reason.WRITE_MISMATCH, ExecutionStatus.FAILED);
            long attempts = world.board.log().stream()
                    .filter(line -> line.startsWith("dk: upload begun"))
                    .count();
            assertEquals(2, attempts, () -> world.board.log().toString());
            assertTrue(world.runs(VirtualDkOptions.factoryImage()));
        }
    }

    @Test
    void aDeadPortAndAWrongCertificateNeverTakeTheJob() throws Exception {
        try (World world = new World(directory)) {
            world.createJob("j1", GOOD);
            String nowhere = directory.resolve("nowhere").toString();
            ends(world, "j1", Reason.PORT_MISSING, ExecutionStatus.QUEUED, "--port", nowhere);
            Path stranger = directory.resolve("stranger");
            try (LocalCloud other = LocalCloud.start(stranger, List.of(World.THING));
                    HostProcess host = world.agentWith(other.directory())) {
                assertEquals(14, host.await(LIMIT_SECONDS), host::toString);
                assertEquals("ERROR", host.result().get("outcome").asText());
            }
            assertEquals(ExecutionStatus.QUEUED, world.execution("j1").status());
        }
    }

    /** No job has come only when AWS has said so. */
    @Test
    void aCloudThatDoesNotAnswerIsNotOneWithoutJobs() throws Exception {
        try (World world = new World(directory)) {
            world.cloud.broker().faults(new FaultPlan().dropReply("$next/get", 1_000));
            world.createJob("j1", GOOD);
            ends(world, "j1", Reason.CLOUD_UNREACHABLE, ExecutionStatus.QUEUED, "--timeout", "2s");
        }
    }

    @Test
    void aBoardThatDiesForGoodIsALostLink() throws Exception {
        BuiltImage large = World.image().size(300_000).build();
        try (World world = new World(directory, "--timing", "nrf9160")) {
            world.createJob("j1", large);
            try (HostProcess host = world.agent("--timeout", "2s")) {
                host.awaitEvent(LIMIT_SECONDS, e -> e.path("percent").asInt() >= 5);
                world.board.kill();
                assertEquals(6, host.await(LIMIT_SECONDS), host::toString);
            }
            assertEquals(ExecutionStatus.FAILED, world.execution("j1").status());
        }
    }

    @Test
    void aPortWhereNobodyAnswersIsALostLinkAndTwoHostsDoNotShareOne() throws Exception {
        try (World world = new World(directory)) {
            world.board.freeze();
            try (HostProcess first = world.flash(GOOD, "--timeout", "4s")) {
                first.awaitEvent(LIMIT_SECONDS, e -> e.path("phase").asText().equals("CONNECT"));
                try (HostProcess second = world.flash(GOOD)) {
                    assertEquals(5, second.await(LIMIT_SECONDS), second::toString);
                    assertEquals("PORT_BUSY", second.result().get("reason").asText());
                }
                assertEquals(6, first.await(LIMIT_SECONDS), first::toString);
            }
        }
    }

    @Test
    void writtenAsksNothingOfTheNewImage() throws Exception {
        BuiltImage mute = World.image().marker(false).build();
        try (World world = new World(directory)) {
            world.createJob("j1", mute);
            ends(world, "j1", Reason.SUCCEEDED, ExecutionStatus.SUCCEEDED, "--complete-on", "written");
            assertTrue(world.runs(VirtualDkOptions.factoryImage()), "nobody has restarted the board");
            assertFalse(world.board.log().contains("dk: reset"));
        }
    }
}
