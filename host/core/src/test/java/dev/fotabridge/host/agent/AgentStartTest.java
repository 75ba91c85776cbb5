package dev.fotabridge.host.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fotabridge.fixtures.image.SignatureKind;
import dev.fotabridge.fixtures.image.SigningKey;
import dev.fotabridge.host.api.BayConfig;
import dev.fotabridge.host.api.Bays;
import dev.fotabridge.host.api.ClientFiles;
import dev.fotabridge.host.api.CompleteOn;
import dev.fotabridge.host.api.FotaBridge;
import dev.fotabridge.host.api.ProxySettings;
import dev.fotabridge.host.api.Reason;
import dev.fotabridge.host.api.ThingJobs;
import dev.fotabridge.host.api.UpdateOptions;
import dev.fotabridge.host.api.UpdateRecord;
import dev.fotabridge.host.store.ProcessLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is wrong is found at the start, not when a job has come. */
final class AgentStartTest {
    @TempDir
    Path directory;

    private UpdateRecord start(Path publicKey) {
        Path none = directory.resolve("none.pem");
        ClientFiles files = new ClientFiles(none, none, Optional.empty(), Optional.empty());
        ThingJobs jobs = new ThingJobs(
                "localhost",
                1,
                "thing",
                new ThingJobs.Connection.Own("thing", files),
                ThingJobs.Until.ONE_JOB,
                Optional.empty(),
                List.of(),
                ProxySettings.NONE);
        UpdateOptions options = new UpdateOptions(
                Optional.of(publicKey), CompleteOn.CONFIRMED, Optional.empty(), false, Optional.empty());
        BayConfig bay = new BayConfig(Optional.of(directory.resolve("port").toString()), Optional.empty(), 115_200);
        try (Bays bays = FotaBridge.open(directory, "test")) {
            return bays.bay(bay).jobs(jobs, options);
        }
    }

    @Test
    void aPublicKeyThatIsNotThereIsNamed() {
        UpdateRecord result = start(directory.resolve("key.pem"));

        assertEquals(Reason.CONFIGURATION, result.reason());
        assertTrue(result.message().contains("key.pem"), result.message());
    }

    @Test
    void aPrivateKeyInItsPlaceIsRefused() throws Exception {
        Path file = Files.writeString(directory.resolve("key.pem"), "-----BEGIN PRIVATE KEY-----");
        UpdateRecord result = start(file);

        assertEquals(Reason.CONFIGURATION, result.reason());
        assertTrue(result.message().contains("private key"), result.message());
    }

    /** Two would end each other's connection for ever. */
    @Test
    void aSecondAgentForOneThingIsRefused() throws Exception {
        String pem = SigningKey.generate(SignatureKind.ECDSA_P256).publicPem();
        Path file = Files.writeString(directory.resolve("key.pem"), pem);
        ProcessLock lock = ProcessLock.ofThing("localhost:1", "thing");
        try (lock) {
            UpdateRecord result = start(file);

            assertEquals(Reason.THING_BUSY, result.reason());
            assertTrue(result.message().contains("thing"), result.message());
        }
    }
}
