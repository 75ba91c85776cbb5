package dev.fotabridge.host.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fotabridge.fixtures.image.SignatureKind;
import dev.fotabridge.fixtures.image.SigningKey;
import dev.fotabridge.host.bay.BayConfig;
import dev.fotabridge.host.bay.EventSink;
import dev.fotabridge.host.bay.UpdateOptions;
import dev.fotabridge.host.bay.UpdateResult;
import dev.fotabridge.host.outcome.Reason;
import dev.fotabridge.host.proxy.ProxyRules;
import dev.fotabridge.host.station.Station;
import dev.fotabridge.host.store.ProcessLock;
import dev.fotabridge.host.store.StateDirectory;
import dev.fotabridge.host.tls.ClientFiles;
import dev.fotabridge.host.update.CompleteOn;
import dev.fotabridge.host.update.UpdateEvent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is wrong is found at the start, not when a job has come. */
final class AgentStartTest implements EventSink {
    @TempDir
    Path directory;

    private UpdateResult start(Path publicKey) {
        Path none = directory.resolve("none.pem");
        ClientFiles files = new ClientFiles(none, none, Optional.empty(), Optional.empty());
        AgentConfig config = new AgentConfig("localhost", 1, "thing", "thing", files, true, List.of(), ProxyRules.NONE);
        UpdateOptions options = new UpdateOptions(
                Optional.of(publicKey), CompleteOn.CONFIRMED, Optional.empty(), false, Optional.empty());
        BayConfig bay = new BayConfig(Optional.of(directory.resolve("port").toString()), Optional.empty(), 115_200);
        return new Station(new StateDirectory(directory), "test", "s1").agent(config, options, bay, this);
    }

    @Test
    void aPublicKeyThatIsNotThereIsNamed() {
        UpdateResult result = start(directory.resolve("key.pem"));

        assertEquals(Reason.CONFIGURATION, result.reason());
        assertTrue(result.message().contains("key.pem"), result.message());
    }

    @Test
    void aPrivateKeyInItsPlaceIsRefused() throws Exception {
        Path file = Files.writeString(directory.resolve("key.pem"), "-----BEGIN PRIVATE KEY-----");
        UpdateResult result = start(file);

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
            UpdateResult result = start(file);

            assertEquals(Reason.THING_BUSY, result.reason());
            assertTrue(result.message().contains("thing"), result.message());
        }
    }

    @Override
    public void board(String name) {}

    @Override
    public void event(UpdateEvent event) {}

    @Override
    public void result(UpdateResult result) {}
}
