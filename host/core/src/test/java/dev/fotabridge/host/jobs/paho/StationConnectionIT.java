package dev.fotabridge.host.jobs.paho;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fotabridge.fixtures.cloud.CloudOptions;
import dev.fotabridge.fixtures.cloud.LocalCloud;
import dev.fotabridge.fixtures.jobs.BrokerOptions;
import dev.fotabridge.fixtures.jobs.NewJob;
import dev.fotabridge.fixtures.jobs.Packet;
import dev.fotabridge.host.api.ClientFiles;
import dev.fotabridge.host.api.JobsTransport;
import dev.fotabridge.host.api.Reason;
import dev.fotabridge.host.jobs.JobStatus;
import dev.fotabridge.host.jobs.JobsEvent.Connected;
import dev.fotabridge.host.jobs.JobsEvent.ConnectionLost;
import dev.fotabridge.host.jobs.JobsEvent.JobOffered;
import dev.fotabridge.host.jobs.JobsEvent.QueueEmpty;
import dev.fotabridge.host.jobs.JobsEvent.UpdateAccepted;
import dev.fotabridge.host.jobs.shared.StationConnection;
import dev.fotabridge.host.jobs.shared.StationConnections;
import dev.fotabridge.host.tls.ClientIdentity;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Several things on a connection to the local AWS, with a station's certificate that is good for LINE1-… only. */
@Tag("real")
final class StationConnectionIT {
    private static final String STATION = "station-1";
    private static final Duration LIMIT = Duration.ofSeconds(30);

    @TempDir
    Path directory;

    private final List<ClientRig> rigs = new ArrayList<>();
    private LocalCloud cloud;
    private StationConnections station;

    @BeforeEach
    void start() throws Exception {
        cloud = LocalCloud.start(CloudOptions.in(directory.resolve("cloud"), "stranger")
                .withStations(Map.of(STATION, List.of("LINE1-*"))));
        SSLContext tls = identity();
        station = new StationConnections(
                number -> new PahoJobsTransport(
                        MqttSettings.of("localhost", cloud.mqttPort(), StationConnections.clientId(STATION, number)),
                        tls),
                ClientRig::quickly);
    }

    @AfterEach
    void stop() {
        rigs.forEach(ClientRig::close);
        station.close();
        cloud.close();
    }

    private ClientRig rig(String thing) throws Exception {
        ClientRig rig = new ClientRig(station.join(thing), thing);
        rigs.add(rig);
        return rig;
    }

    @Test
    void twoThingsWorkAtTheSameTimeOnOneConnection() throws Exception {
        createJob("LINE1-a");
        createJob("LINE1-b");
        ClientRig first = rig("LINE1-a");
        ClientRig second = rig("LINE1-b");
        first.await(JobOffered.class);
        second.await(JobOffered.class);
        first.report("ONE");
        second.report("ONE");
        assertEquals(JobStatus.IN_PROGRESS, first.await(UpdateAccepted.class).status());
        assertEquals(JobStatus.IN_PROGRESS, second.await(UpdateAccepted.class).status());
        succeed(second);
        succeed(first);
        assertEquals("SUCCEEDED", statusOf("LINE1-a"));
        assertEquals("SUCCEEDED", statusOf("LINE1-b"));
        assertEquals(1, packets("CONNECT").size());
    }

    /** An execution that is QUEUED still is set IN_PROGRESS first. */
    private static void succeed(ClientRig rig) throws Exception {
        rig.succeed();
        JobStatus accepted = rig.await(UpdateAccepted.class).status();
        if (accepted == JobStatus.IN_PROGRESS) {
            accepted = rig.await(UpdateAccepted.class).status();
        }
        assertEquals(JobStatus.SUCCEEDED, accepted);
    }

    @Test
    void tenThingsEndTheirJobs() throws Exception {
        List<String> names = names(10);
        for (String name : names) {
            createJob(name);
            rig(name);
        }
        for (ClientRig rig : rigs) {
            rig.await(JobOffered.class);
        }
        for (ClientRig rig : rigs) {
            succeed(rig);
        }
        for (String name : names) {
            assertEquals("SUCCEEDED", statusOf(name));
        }
        assertEquals(1, packets("CONNECT").size());
    }

    @Test
    void aCutConnectionIsMadeOnceAndSubscribesEverythingInPacketsOfEight() throws Exception {
        for (String name : names(10)) {
            rig(name).await(QueueEmpty.class);
        }
        int before = packets("SUBSCRIBE").size();
        cloud.broker().cut(STATION);
        for (ClientRig rig : rigs) {
            rig.await(ConnectionLost.class);
        }
        for (ClientRig rig : rigs) {
            rig.await(QueueEmpty.class);
        }
        assertEquals(2, packets("CONNECT").size());
        List<Packet> again =
                packets("SUBSCRIBE").subList(before, packets("SUBSCRIBE").size());
        assertEquals(20, filters(again).size());
        assertTrue(again.stream().allMatch(packet -> filters(List.of(packet)).size() <= 8), again::toString);
        createJob("LINE1-10");
        rigs.get(9).await(JobOffered.class);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aThingThatThePolicyDoesNotCoverIsNamedAndTheOthersWork(boolean disconnects) throws Exception {
        cloud.broker().options(BrokerOptions.DEFAULT.withForbidden(true, disconnects));
        ClientRig good = rig("LINE1-a");
        good.await(QueueEmpty.class);
        ClientRig stranger = rig("stranger");
        ConnectionLost lost = stranger.await(ConnectionLost.class);
        while (lost.cause().reason() != Reason.CLOUD_POLICY) {
            lost = stranger.await(ConnectionLost.class);
        }
        String sentence = lost.cause().getMessage();
        assertTrue(sentence.contains("stranger"), sentence);
        assertTrue(sentence.contains("iot:Subscribe on topicfilter/$aws/things/stranger/jobs/+"), sentence);
        createJob("LINE1-a");
        good.await(JobOffered.class);
        succeed(good);
        assertFalse(
                good.seen.stream()
                        .anyMatch(event -> event instanceof ConnectionLost lostEvent
                                && lostEvent.cause().reason() == Reason.CLOUD_POLICY),
                good.seen::toString);
    }

    @Test
    void aThingComesAndAnotherGoesWhileConnected() throws Exception {
        ClientRig leaving = rig("LINE1-a");
        leaving.await(QueueEmpty.class);
        ClientRig coming = rig("LINE1-b");
        coming.await(QueueEmpty.class);
        leaving.close();
        await().atMost(LIMIT)
                .untilAsserted(
                        () -> assertEquals(2, filters(packets("UNSUBSCRIBE")).size()));
        createJob("LINE1-b");
        coming.await(JobOffered.class);
        assertEquals(1, packets("CONNECT").size());
        rig("LINE1-a").await(QueueEmpty.class);
        assertEquals(1, packets("CONNECT").size());
    }

    /** At AWS the 51st subscription ends the connection, and here too. */
    @Test
    void theTwentySixthThingGetsAConnectionOfItsOwn() throws Exception {
        for (String name : names(26)) {
            rig(name);
        }
        for (ClientRig rig : rigs) {
            rig.await(Connected.class);
            rig.await(QueueEmpty.class);
        }
        assertEquals(
                Set.of("station-1", "station-1-2"), new TreeSet<>(cloud.broker().connectedClients()));
        assertEquals(2, packets("CONNECT").size());
        List<Packet> first = packets("SUBSCRIBE").stream()
                .filter(packet -> packet.clientId().equals(STATION))
                .toList();
        assertEquals(50, filters(first).size());
        createJob("LINE1-26");
        rigs.get(25).await(JobOffered.class);
    }

    @Test
    void aFullConnectionSaysSoWhenThereIsNoOther() throws Exception {
        try (StationConnections one = StationConnections.single(transport("alone"), ClientRig::quickly)) {
            for (String name : names(StationConnection.capacity())) {
                one.join(name);
            }
            String sentence = assertThrows(IllegalStateException.class, () -> one.join("LINE1-x"))
                    .getMessage();
            assertTrue(sentence.contains("50 subscriptions, enough for 25 things"), sentence);
            assertTrue(sentence.contains("further connection"), sentence);
        }
    }

    @Test
    void aThingHasOnePlaceInAStation() {
        station.join("LINE1-a");
        assertThrows(IllegalStateException.class, () -> station.join("LINE1-a"));
        assertThrows(IllegalArgumentException.class, () -> station.join("no thing"));
    }

    @Test
    void whatIsClosedTakesNobodyIn() throws Exception {
        StationConnection one = new StationConnection(transport("alone"), ClientRig.quickly());
        JobsTransport place = one.join("LINE1-a");
        one.close();
        place.close();
        assertThrows(IllegalStateException.class, () -> one.join("LINE1-b"));
    }

    private JobsTransport transport(String clientId) throws Exception {
        return new PahoJobsTransport(MqttSettings.of("localhost", cloud.mqttPort(), clientId), identity());
    }

    private static List<String> names(int count) {
        return IntStream.rangeClosed(1, count).mapToObj(i -> "LINE1-" + i).toList();
    }

    private List<Packet> packets(String type) {
        return cloud.broker().received().stream()
                .filter(packet -> packet.type().equals(type))
                .toList();
    }

    private static List<String> filters(List<Packet> packets) {
        return packets.stream()
                .flatMap(packet -> List.of(packet.topic().split(" ")).stream())
                .toList();
    }

    private SSLContext identity() throws Exception {
        ClientFiles files = new ClientFiles(
                cloud.directory().certificate(STATION),
                cloud.directory().privateKey(STATION),
                Optional.empty(),
                Optional.of(cloud.directory().rootCertificate()));
        return ClientIdentity.read(files, Instant.now()).context();
    }

    private void createJob(String thing) throws Exception {
        ObjectNode document =
                (ObjectNode) new ObjectMapper().readTree("{\"location\":{\"url\":\"https://localhost/fw.bin\"}}");
        cloud.jobs().create(NewJob.of("job-of-" + thing, thing, document));
    }

    private String statusOf(String thing) throws Exception {
        return cloud.jobs()
                .toJson(cloud.jobs().show(thing, "job-of-" + thing))
                .path("status")
                .asText();
    }
}
