package dev.fotabridge.host.jobs.paho;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fotabridge.fixtures.cloud.CertificateAuthority;
import dev.fotabridge.fixtures.cloud.KeyType;
import dev.fotabridge.fixtures.cloud.LocalCloud;
import dev.fotabridge.fixtures.jobs.FaultPlan;
import dev.fotabridge.fixtures.jobs.NewJob;
import dev.fotabridge.fixtures.jobs.RejectCode;
import dev.fotabridge.host.api.ClientFiles;
import dev.fotabridge.host.api.Reason;
import dev.fotabridge.host.jobs.JobStatus;
import dev.fotabridge.host.jobs.JobsEvent.ConnectionLost;
import dev.fotabridge.host.jobs.JobsEvent.JobGone;
import dev.fotabridge.host.jobs.JobsEvent.JobOffered;
import dev.fotabridge.host.jobs.JobsEvent.QueueEmpty;
import dev.fotabridge.host.jobs.JobsEvent.UpdateAccepted;
import dev.fotabridge.host.tls.ClientIdentity;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("real")
class PahoJobsTransportIT {
    @TempDir
    Path directory;

    private LocalCloud cloud;

    @BeforeEach
    void start() throws Exception {
        cloud = LocalCloud.start(directory.resolve("cloud"), List.of("dk-1", "dk-2"));
    }

    @AfterEach
    void stopAndLookForThreads() {
        cloud.close();
        // Paho's threads are called "MQTT …"; none may outlive the transport that made them.
        await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> assertEquals(List.of(), threadsOfPaho()));
    }

    private static List<String> threadsOfPaho() {
        return Thread.getAllStackTraces().entrySet().stream()
                .filter(entry -> entry.getKey().getName().startsWith("MQTT"))
                .map(entry -> entry.getKey().getName() + " " + List.of(entry.getValue()))
                .toList();
    }

    @Test
    void carriesAJobToItsEnd() throws Exception {
        createJob("job-1");
        try (ClientRig rig = rig("dk-1", "dk-1")) {
            rig.await(JobOffered.class);
            rig.report("DOWNLOAD");
            assertEquals(JobStatus.IN_PROGRESS, rig.await(UpdateAccepted.class).status());
            rig.succeed();
            assertEquals(JobStatus.SUCCEEDED, rig.await(UpdateAccepted.class).status());
        }
        assertEquals("SUCCEEDED", statusOf("job-1"));
    }

    @Test
    void hearsOfAJobThatIsMadeLater() throws Exception {
        try (ClientRig rig = rig("dk-1", "dk-1")) {
            rig.await(QueueEmpty.class);
            createJob("job-2");
            assertEquals("job-2", rig.await(JobOffered.class).execution().id().jobId());
        }
    }

    @Test
    void noticesThatAJobIsCancelled() throws Exception {
        createJob("job-1");
        try (ClientRig rig = rig("dk-1", "dk-1")) {
            rig.await(JobOffered.class);
            rig.report("ONE");
            rig.await(UpdateAccepted.class);
            cloud.jobs().cancel("dk-1", "job-1", true);
            assertEquals(Reason.JOB_CANCELED, rig.await(JobGone.class).reason());
        }
    }

    @Test
    void noticesThatAJobIsDeleted() throws Exception {
        createJob("job-1");
        try (ClientRig rig = rig("dk-1", "dk-1")) {
            rig.await(JobOffered.class);
            rig.report("ONE");
            rig.await(UpdateAccepted.class);
            cloud.jobs().delete("dk-1", "job-1", true);
            assertEquals(Reason.JOB_DELETED, rig.await(JobGone.class).reason());
        }
    }

    /** A clean session has no subscriptions left: without new ones, the second job would never be heard of. */
    @Test
    void comesBackAndSubscribesAgain() throws Exception {
        try (ClientRig rig = rig("dk-1", "dk-1")) {
            rig.await(QueueEmpty.class);
            cloud.broker().cut("dk-1");
            assertEquals(
                    Reason.CLOUD_UNREACHABLE,
                    rig.await(ConnectionLost.class).cause().reason());
            rig.await(QueueEmpty.class);
            createJob("job-3");
            rig.await(JobOffered.class);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
    void survivesACutAtAnyPacket(int packet) throws Exception {
        createJob("job-1");
        cloud.broker().faults(new FaultPlan().cutAtPacket(packet, 1));
        finishJob();
        assertEquals("SUCCEEDED", statusOf("job-1"));
    }

    @Test
    void survivesLostRepliesAndThrottling() throws Exception {
        createJob("job-1");
        cloud.broker()
                .faults(new FaultPlan()
                        .dropReply("$next/get", 1)
                        .dropReply("update", 1)
                        .refuse("update", RejectCode.REQUEST_THROTTLED, 1));
        finishJob();
        assertEquals("SUCCEEDED", statusOf("job-1"));
    }

    private void finishJob() throws Exception {
        try (ClientRig rig = rig("dk-1", "dk-1")) {
            rig.await(JobOffered.class);
            rig.report("ONE");
            rig.await(UpdateAccepted.class);
            rig.succeed();
            while (rig.await(UpdateAccepted.class).status() != JobStatus.SUCCEEDED) {}
        }
    }

    @Test
    void namesTheStatementThatThePolicyLacks() throws Exception {
        try (ClientRig rig = rig("dk-1", "dk-2")) {
            ConnectionLost lost = rig.await(ConnectionLost.class);
            assertEquals(Reason.CLOUD_POLICY, lost.cause().reason());
            assertTrue(
                    lost.cause()
                            .getMessage()
                            .contains("iot:Subscribe on topicfilter/$aws/things/dk-2/jobs/notify-next"),
                    lost.cause().getMessage());
        }
    }

    @Test
    void saysThatTheServerIsNotTrusted() throws Exception {
        Path other = directory.resolve("other.pem");
        CertificateAuthority.in(other, directory.resolve("other.key"));
        expect(Reason.CREDENTIALS, "--ca", settings("dk-1"), identity("dk-1", other));
    }

    @Test
    void saysThatOurCertificateIsRejected() throws Exception {
        Path certificate = directory.resolve("stranger.crt");
        Path key = directory.resolve("stranger.key");
        CertificateAuthority.in(directory.resolve("other.pem"), directory.resolve("other.key"))
                .issueDevice("dk-1", KeyType.EC, certificate, key);
        ClientFiles files = new ClientFiles(
                certificate,
                key,
                Optional.empty(),
                Optional.of(cloud.directory().rootCertificate()));
        SSLContext tls = ClientIdentity.read(files, Instant.now()).context();
        expect(Reason.CLOUD_REFUSED, "certificate", settings("dk-1"), tls);
    }

    @Test
    void saysThatNobodyIsThere() throws Exception {
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        expect(Reason.CLOUD_UNREACHABLE, "localhost:" + port, MqttSettings.of("localhost", port, "dk-1"), tls("dk-1"));
        expect(
                Reason.CLOUD_UNREACHABLE,
                "DNS does not know",
                MqttSettings.of("nowhere.invalid", 8883, "dk-1"),
                tls("dk-1"));
    }

    /** Paho would look into Java's own classes for them. */
    @ParameterizedTest
    @ValueSource(strings = {"my_broker", "0x7f.1", "a..b"})
    void saysThatAHostIsNone(String host) throws Exception {
        expect(Reason.CONFIGURATION, host + " is no name", MqttSettings.of(host, 8883, "dk-1"), tls("dk-1"));
    }

    @Test
    void doesNotWaitForEverForASilentServer() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            MqttSettings settings =
                    new MqttSettings("localhost", silent.getLocalPort(), "dk-1", 1, 60, Optional.empty());
            expect(Reason.CLOUD_UNREACHABLE, "localhost", settings, tls("dk-1"));
        }
    }

    private void expect(Reason reason, String words, MqttSettings settings, SSLContext tls) throws Exception {
        try (ClientRig rig = new ClientRig(settings, tls, "dk-1")) {
            ConnectionLost lost = rig.await(ConnectionLost.class);
            assertEquals(reason, lost.cause().reason(), lost.cause().getMessage());
            assertTrue(lost.cause().getMessage().contains(words), lost.cause().getMessage());
        }
    }

    private ClientRig rig(String certificateOf, String thing) throws Exception {
        return new ClientRig(settings(certificateOf), tls(certificateOf), thing);
    }

    private MqttSettings settings(String clientId) {
        return MqttSettings.of("localhost", cloud.mqttPort(), clientId);
    }

    private SSLContext tls(String thing) throws Exception {
        return identity(thing, cloud.directory().rootCertificate());
    }

    private SSLContext identity(String thing, Path root) throws Exception {
        ClientFiles files = new ClientFiles(
                cloud.directory().certificate(thing),
                cloud.directory().privateKey(thing),
                Optional.empty(),
                Optional.of(root));
        return ClientIdentity.read(files, Instant.now()).context();
    }

    private void createJob(String id) throws Exception {
        ObjectNode document =
                (ObjectNode) new ObjectMapper().readTree("{\"location\":{\"url\":\"https://localhost/fw.bin\"}}");
        cloud.jobs().create(NewJob.of(id, "dk-1", document));
    }

    private String statusOf(String job) throws Exception {
        return cloud.jobs()
                .toJson(cloud.jobs().show("dk-1", job))
                .path("status")
                .asText();
    }
}
