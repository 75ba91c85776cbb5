package dev.fotabridge.host.jobs.paho;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fotabridge.fixtures.cloud.CertificateAuthority;
import dev.fotabridge.host.api.ClientFiles;
import dev.fotabridge.host.api.FotaException;
import dev.fotabridge.host.api.JobsTransport;
import dev.fotabridge.host.jobs.ExecutionId;
import dev.fotabridge.host.jobs.JobsAgent;
import dev.fotabridge.host.jobs.JobsAgentConfig;
import dev.fotabridge.host.jobs.JobsClient;
import dev.fotabridge.host.jobs.Outbox;
import dev.fotabridge.host.jobs.OutboxStore;
import dev.fotabridge.host.jobs.ReconnectPolicy;
import dev.fotabridge.host.tls.ClientIdentity;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import org.eclipse.paho.client.mqttv3.MqttConnectOptions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What Paho 1.2.5 does when it is left to itself, and the guard against each. */
@Timeout(120)
@Tag("real")
class PahoGuardsIT {
    private static final int MANY = 60;
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @TempDir
    static Path directory;

    private static SSLContext tls;

    private static final byte PUBLISH_HEADER = 0x30;

    private MiniBroker broker;
    private PahoJobsTransport transport;

    /** One certificate for both ends. */
    @BeforeAll
    static void issue() throws Exception {
        Path root = directory.resolve("root.pem");
        Path certificate = directory.resolve("server.pem");
        Path key = directory.resolve("server.key");
        CertificateAuthority.in(root, directory.resolve("root.key"))
                .issueServer(List.of("localhost"), certificate, key);
        ClientFiles files = new ClientFiles(certificate, key, Optional.empty(), Optional.of(root));
        tls = ClientIdentity.read(files, Instant.now()).context();
    }

    private void start(boolean alpn, String... protocols) throws Exception {
        start(alpn, 60, protocols);
    }

    private void start(boolean alpn, int keepAliveSeconds, String... protocols) throws Exception {
        broker = new MiniBroker(tls, protocols);
        MqttSettings settings =
                new MqttSettings("localhost", broker.port(), "dk-1", 15, keepAliveSeconds, Optional.empty());
        transport = new PahoJobsTransport(settings, tls, alpn);
    }

    /** The server keeps its end open meanwhile: the threads end because the client is closed. */
    @AfterEach
    void stop() throws Exception {
        if (transport != null) {
            transport.close();
        }
        await().atMost(PATIENCE).until(() -> threadsOfPaho().findAny().isEmpty());
        if (broker != null) {
            broker.close();
        }
    }

    private static Stream<Thread> threadsOfPaho() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("MQTT"));
    }

    private RecordingListener connect() throws InterruptedException {
        RecordingListener listener = new RecordingListener();
        transport.connect(listener);
        listener.awaitConnected();
        return listener;
    }

    @Test
    void sendsFarMoreThanTenMessagesWithoutAnAcknowledgement() throws Exception {
        start(false);
        connect();
        for (int i = 0; i < MANY; i++) {
            transport.publish("t/" + i, new byte[] {1});
        }
        await().atMost(PATIENCE).until(() -> broker.count(MiniBroker.PUBLISH) == MANY);
    }

    @Test
    void publishesWithQos1NotRetainedInACleanSession() throws Exception {
        start(false);
        connect();
        transport.publish("t", new byte[] {1});
        await().atMost(PATIENCE).until(() -> broker.count(MiniBroker.PUBLISH) == 1);
        assertEquals(1 << 1, broker.first(MiniBroker.PUBLISH).flags());
        byte[] connect = broker.first(MiniBroker.CONNECT).body();
        assertEquals(4, connect[6], "MQTT 3.1.1");
        assertEquals(1 << 1, connect[7], "clean session, no will, no user");
    }

    /** Nobody steps the client, and its inbox is all that a message meets. */
    @Test
    void aFloodDoesNotStallTheReceiver() throws Exception {
        start(false);
        JobsAgent agent = new JobsAgent(JobsAgentConfig.of("dk-1", "rig"), new Outbox(new NoStore()));
        try (JobsClient client =
                new JobsClient(agent, transport, ReconnectPolicy.standard(new SplittableRandom(1)), () -> {})) {
            client.step(System.nanoTime());
            await().atMost(PATIENCE).until(() -> broker.count(MiniBroker.CONNECT) == 1);
            await().atMost(PATIENCE).until(() -> !broker.handshakes.isEmpty());
            for (int i = 1; i <= MANY; i++) {
                broker.deliver("$aws/things/dk-1/jobs/notify", i);
            }
            await().atMost(PATIENCE).until(() -> broker.count(MiniBroker.PUBACK) == MANY);
        }
    }

    /** Paho would reserve the length that a header names, 256 MiB, and wait for the bytes. */
    @Test
    void aHeaderOfAPacketThatAwsNeverSendsEndsTheConnection() throws Exception {
        start(false);
        RecordingListener listener = connect();
        broker.send(new byte[] {PUBLISH_HEADER, -1, -1, -1, 0x7F});
        assertTrue(listener.disconnected.await(PATIENCE.toSeconds(), TimeUnit.SECONDS), "disconnected");
    }

    /** As in Paho's own deadlocks: its callback thread never comes back. */
    @Test
    void aClientThatHangsIsLeftBehindInBoundedTime() throws Exception {
        start(false);
        RecordingListener hung = connect();
        hung.hold = new CountDownLatch(1);
        try {
            broker.deliver("t", 1);
            await().atMost(PATIENCE).until(() -> hung.isHeld);
            connect();
            assertEquals(2, broker.count(MiniBroker.CONNECT));
            assertTrue(
                    Thread.getAllStackTraces().keySet().stream()
                            .anyMatch(thread -> thread.getName().equals("mqtt-closer")),
                    "the old client is closed on a thread that nobody waits for");
            long start = System.nanoTime();
            transport.close();
            long seconds = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - start);
            assertTrue(seconds < 20, "closed after " + seconds + " s");
        } finally {
            hung.hold.countDown();
        }
    }

    /** A thread that Paho does not end must not keep the process. */
    @Test
    void allThreadsAreDaemons() throws Exception {
        start(false);
        connect();
        assertFalse(threadsOfPaho().findAny().isEmpty());
        assertTrue(threadsOfPaho().allMatch(Thread::isDaemon));
    }

    @Test
    void keepsAQuietConnectionAlive() throws Exception {
        start(false, 1);
        connect();
        await().atMost(PATIENCE).until(() -> broker.count(MiniBroker.PINGREQ) >= 2);
        assertEquals(1, broker.count(MiniBroker.CONNECT));
    }

    /** Paho's own delay is shared by all clients of a process, and its reconnect subscribes to nothing. */
    @Test
    void neverConnectsAgainByItself() {
        TlsSocket.Factory sockets = new TlsSocket.Factory(tls, "localhost", false, Optional.empty());
        MqttConnectOptions options = new PahoConnection(
                        MqttSettings.of("localhost", 8883, "dk-1"), sockets, new RecordingListener(), Runnable::run)
                .options();
        assertFalse(options.isAutomaticReconnect());
        assertTrue(options.isCleanSession());
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void offersAlpnAndServerNameOnTheWire(String protocol) throws Exception {
        start(true, protocol);
        connect();
        assertEquals(
                List.of(new MiniBroker.Handshake(protocol, List.of("x-amzn-mqtt-ca"), List.of("localhost"))),
                broker.handshakes);
    }

    @Test
    void offersAlpnOnPort443Only() throws Exception {
        assertTrue(MqttSettings.of("x", 443, "dk-1").needsAlpn());
        assertFalse(MqttSettings.of("x", 8883, "dk-1").needsAlpn());
        start(false);
        connect();
        assertEquals(List.of(), broker.handshakes.get(0).alpn());
    }

    /** Notes what it is told, and can be made to hang. */
    private static final class RecordingListener implements JobsTransport.Listener {
        private final CountDownLatch connected = new CountDownLatch(1);
        private final CountDownLatch disconnected = new CountDownLatch(1);
        volatile CountDownLatch hold = new CountDownLatch(0);
        volatile boolean isHeld;

        void awaitConnected() throws InterruptedException {
            assertTrue(connected.await(PATIENCE.toSeconds(), TimeUnit.SECONDS), "connected");
        }

        @Override
        public void connected() {
            connected.countDown();
        }

        @Override
        public void subscribed() {}

        @Override
        public void refused(List<String> filters, FotaException cause) {}

        @Override
        public void message(String topic, byte[] payload) {
            isHeld = true;
            boolean released = false;
            while (!released) {
                try {
                    hold.await();
                    released = true;
                } catch (InterruptedException e) {
                    // A thread in a deadlock does not hear this either.
                    continue;
                }
            }
        }

        @Override
        public void disconnected(FotaException cause) {
            disconnected.countDown();
        }
    }

    private static final class NoStore implements OutboxStore {
        @Override
        public List<FinalState> load() {
            return List.of();
        }

        @Override
        public void save(FinalState state) {}

        @Override
        public void remove(ExecutionId id) {}
    }
}
