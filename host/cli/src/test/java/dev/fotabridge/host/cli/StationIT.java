package dev.fotabridge.host.cli;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fotabridge.example.StationExample;
import dev.fotabridge.fixtures.cloud.CloudDirectory;
import dev.fotabridge.fixtures.cloud.CloudOptions;
import dev.fotabridge.fixtures.cloud.LocalCloud;
import dev.fotabridge.fixtures.device.VirtualDk;
import dev.fotabridge.fixtures.device.VirtualDkOptions;
import dev.fotabridge.fixtures.image.BuiltImage;
import dev.fotabridge.fixtures.jobs.ExecutionStatus;
import dev.fotabridge.fixtures.jobs.NewJob;
import dev.fotabridge.fixtures.jobs.Packet;
import dev.fotabridge.host.api.AwsFotaConfig;
import dev.fotabridge.host.api.AwsFotaEvent;
import dev.fotabridge.host.api.AwsFotaStation;
import dev.fotabridge.host.api.ClientFiles;
import dev.fotabridge.host.api.FotaBridge;
import dev.fotabridge.host.tls.ClientIdentity;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.SSLContext;
import org.eclipse.paho.client.mqttv3.MqttAsyncClient;
import org.eclipse.paho.client.mqttv3.MqttConnectOptions;
import org.eclipse.paho.client.mqttv3.persist.MemoryPersistence;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two boards, one station, one connection: both get their image, and one that fails leaves the other alone. */
@Tag("real")
final class StationIT {
    private static final Duration LIMIT = Duration.ofSeconds(120);
    private static final String STATION = "station-1";

    @TempDir
    Path directory;

    private final List<String> log = new CopyOnWriteArrayList<>();
    private LocalCloud cloud;
    private VirtualDk first;
    private VirtualDk second;
    private BuiltImage image;

    @BeforeEach
    void start() throws Exception {
        cloud = LocalCloud.start(CloudOptions.in(directory.resolve("cloud"), "stranger")
                .withStations(Map.of(STATION, List.of("LINE1-*"))));
        first = board("first");
        second = board("second");
        image = World.image().build();
        image.writeTo(cloud.directory().bucket().resolve("app.bin"));
    }

    @AfterEach
    void stop() throws Exception {
        first.close();
        second.close();
        cloud.close();
    }

    private VirtualDk board(String name) throws Exception {
        Path home = Files.createDirectory(directory.resolve(name));
        return VirtualDk.start(VirtualDkOptions.in(home).withoutTiming().with("--swap-time", "short"));
    }

    @Test
    void twoBoardsAreUpdatedAtTheSameTimeOverOneConnection() throws Exception {
        createJob("LINE1-a", "app.bin");
        createJob("LINE1-b", "app.bin");
        List<AwsFotaConfig> boards = List.of(config("LINE1-a", first), config("LINE1-b", second));
        StationExample station = new StationExample("localhost", cloud.mqttPort(), identity(), boards, log::add);
        try {
            awaitLine("LINE1-a DONE");
            awaitLine("LINE1-b DONE");
        } finally {
            station.close();
        }
        for (String thing : List.of("LINE1-a", "LINE1-b")) {
            assertEquals(ExecutionStatus.SUCCEEDED, status(thing));
            assertTrue(log.contains(thing + " START "), log::toString);
        }
        assertTrue(runs(first) && runs(second), log::toString);
        assertEquals(List.of(STATION), connects());
    }

    /** The same over a client that an application has; the second thing's job is bad, and a third may not do anything. */
    @Test
    void whatGoesWrongWithOneThingIsItsOwnAffair() throws Exception {
        createJob("LINE1-a", "app.bin");
        createJob("LINE1-b", "nothing.bin");
        try (VirtualDk third = board("third");
                MqttAsyncClient client = client()) {
            try (AwsFotaStation station = AwsFotaStation.attach(FotaBridge.attach(client), this::note)) {
                station.add(config("LINE1-b", second));
                station.add(config("stranger", third));
                station.add(config("LINE1-a", first));
                awaitLine("LINE1-b ERROR DOWNLOAD_NOT_FOUND");
                awaitLine("stranger ERROR CLOUD_POLICY");
                awaitLine("LINE1-a DONE");
                station.remove("LINE1-a");
                assertEquals(Set.of("LINE1-b"), station.things());
            }
            assertTrue(client.isConnected(), "the client is the application's");
            client.disconnectForcibly();
        }
        assertTrue(runs(first));
        assertFalse(runs(second));
        assertEquals(ExecutionStatus.SUCCEEDED, status("LINE1-a"));
        assertEquals(ExecutionStatus.FAILED, status("LINE1-b"));
        assertEquals(List.of(STATION), connects());
    }

    private MqttAsyncClient client() throws Exception {
        MqttAsyncClient client =
                new MqttAsyncClient("ssl://localhost:" + cloud.mqttPort(), STATION, new MemoryPersistence());
        MqttConnectOptions options = new MqttConnectOptions();
        options.setSocketFactory(identity().getSocketFactory());
        client.connect(options).waitForCompletion(LIMIT.toMillis());
        return client;
    }

    private boolean runs(VirtualDk board) {
        return Arrays.equals(image.bytes(), board.slot0(image.bytes().length));
    }

    private void note(String thing, AwsFotaEvent event) {
        String reason = event.reason().map(Enum::name).orElse("-");
        log.add(thing + " " + event.type() + " " + reason);
    }

    private List<String> connects() {
        return cloud.broker().received().stream()
                .filter(packet -> packet.type().equals("CONNECT"))
                .map(Packet::clientId)
                .toList();
    }

    private ExecutionStatus status(String thing) throws Exception {
        return cloud.jobs().show(thing, "job-" + thing).status();
    }

    private void createJob(String thing, String key) throws Exception {
        ObjectNode document = new ObjectMapper().createObjectNode();
        document.putObject("location").put("url", "https://localhost:" + cloud.httpsPort() + "/" + key);
        cloud.jobs().create(NewJob.of("job-" + thing, thing, document));
    }

    private AwsFotaConfig config(String thing, VirtualDk board) {
        String port = board.link().toString();
        return AwsFotaConfig.of("localhost", cloud.mqttPort(), thing, port, directory.resolve("state"))
                .withBaud(1_000_000)
                .withCa(cloud.directory().rootCertificate());
    }

    private SSLContext identity() throws Exception {
        CloudDirectory files = cloud.directory();
        ClientFiles named = new ClientFiles(
                files.certificate(STATION),
                files.privateKey(STATION),
                Optional.empty(),
                Optional.of(files.rootCertificate()));
        return ClientIdentity.read(named, Instant.now()).context();
    }

    private void awaitLine(String start) {
        await(start).atMost(LIMIT).until(() -> log.stream().anyMatch(line -> line.startsWith(start)));
    }
}
