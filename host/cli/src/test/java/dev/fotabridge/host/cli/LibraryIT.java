package dev.fotabridge.host.cli;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fotabridge.example.FotaExample;
import dev.fotabridge.fixtures.cloud.CloudDirectory;
import dev.fotabridge.fixtures.image.BuiltImage;
import dev.fotabridge.fixtures.jobs.ExecutionStatus;
import dev.fotabridge.fixtures.jobs.Packet;
import dev.fotabridge.fixtures.policy.StandardPolicies;
import dev.fotabridge.host.api.AwsFotaConfig;
import dev.fotabridge.host.api.ClientFiles;
import dev.fotabridge.host.tls.ClientIdentity;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.eclipse.paho.client.mqttv3.IMqttDeliveryToken;
import org.eclipse.paho.client.mqttv3.MqttAsyncClient;
import org.eclipse.paho.client.mqttv3.MqttCallback;
import org.eclipse.paho.client.mqttv3.MqttConnectOptions;
import org.eclipse.paho.client.mqttv3.MqttMessage;
import org.eclipse.paho.client.mqttv3.persist.MemoryPersistence;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The example of docs/library.md does what it says: jobs are done, and the application keeps its own messages. */
@Tag("real")
final class LibraryIT {
    private static final Duration LIMIT = Duration.ofSeconds(90);
    private static final String CLIENT_ID = "the-application";

    @TempDir
    Path directory;

    private final List<String> log = new CopyOnWriteArrayList<>();

    @Test
    void anApplicationKeepsItsClientAndItsMessages() throws Exception {
        try (World world = new World(directory);
                MqttAsyncClient client = client(world)) {
            // Its topics and its client id are more than what a board's own certificate may use.
            Files.writeString(world.cloud.directory().policy(World.THING), StandardPolicies.EVERYTHING);
            FotaExample example = new FotaExample(client, new Mine(), config(world), log::add);
            try {
                client.connect(options(world)).waitForCompletion(LIMIT.toMillis());
                client.subscribe("lab/#", 1).waitForCompletion(LIMIT.toMillis());
                aJobIsDoneBesideTheApplicationsMessages(world, client);
                aCutConnectionIsSubscribedAnew(world);
            } finally {
                example.close();
            }
            assertTrue(client.isConnected(), "the client is the application's");
            assertFalse(log.stream().anyMatch(line -> line.startsWith("mine $aws")), log::toString);
            client.disconnectForcibly();
        }
    }

    /** The application's own. */
    private final class Mine implements MqttCallback {
        @Override
        public void messageArrived(String topic, MqttMessage message) {
            log.add("mine " + topic + " " + message);
        }

        @Override
        public void connectionLost(Throwable cause) {
            log.add("offline");
        }

        @Override
        public void deliveryComplete(IMqttDeliveryToken token) {}
    }

    private void aJobIsDoneBesideTheApplicationsMessages(World world, MqttAsyncClient client) throws Exception {
        BuiltImage image = World.image().build();
        world.createJob("j1", image);
        greet(client, "hello");
        awaitLine("DONE j1");
        awaitLine("mine lab/greeting hello");
        assertTrue(world.runs(image));
        assertEquals(ExecutionStatus.SUCCEEDED, world.execution("j1").status());
        assertTrue(log.contains("START j1"), log::toString);
        assertTrue(log.contains("progress 100"), log::toString);
    }

    private void aCutConnectionIsSubscribedAnew(World world) throws Exception {
        world.cloud.broker().cut(CLIENT_ID);
        awaitLine("offline");
        await("asked anew").atMost(LIMIT).until(() -> hasAskedAnew(world));
        // The broker runs this after its answer that nothing is queued: only a subscription can bring the job.
        world.cloud.broker().connectedClients();
        world.createJob("j2", World.image().build());
        awaitLine("DONE j2");
        world.createJob("j3", "nothing.bin", document -> {});
        awaitLine("ERROR DOWNLOAD_NOT_FOUND");
    }

    private static boolean hasAskedAnew(World world) {
        int connects = 0;
        boolean asked = false;
        for (Packet packet : world.cloud.broker().received()) {
            boolean connect = packet.type().equals("CONNECT");
            connects += connect ? 1 : 0;
            asked = !connect && (asked || packet.topic().endsWith("$next/get"));
        }
        return connects == 2 && asked;
    }

    private static void greet(MqttAsyncClient client, String text) throws Exception {
        client.publish("lab/greeting", text.getBytes(StandardCharsets.UTF_8), 1, false);
    }

    private void awaitLine(String start) {
        await(start).atMost(LIMIT).until(() -> log.stream().anyMatch(line -> line.startsWith(start)));
    }

    private static MqttAsyncClient client(World world) throws Exception {
        return new MqttAsyncClient("ssl://localhost:" + world.cloud.mqttPort(), CLIENT_ID, new MemoryPersistence());
    }

    private AwsFotaConfig config(World world) {
        return AwsFotaConfig.of(
                        "localhost",
                        world.cloud.mqttPort(),
                        World.THING,
                        world.board.link().toString(),
                        directory.resolve("state"))
                .withBaud(1_000_000)
                .withCa(world.cloud.directory().rootCertificate());
    }

    private static MqttConnectOptions options(World world) throws Exception {
        CloudDirectory files = world.cloud.directory();
        ClientIdentity identity = ClientIdentity.read(
                new ClientFiles(
                        files.certificate(),
                        files.privateKey(),
                        Optional.empty(),
                        Optional.of(files.rootCertificate())),
                Instant.now());
        MqttConnectOptions options = new MqttConnectOptions();
        options.setSocketFactory(identity.context().getSocketFactory());
        options.setAutomaticReconnect(true);
        return options;
    }
}
