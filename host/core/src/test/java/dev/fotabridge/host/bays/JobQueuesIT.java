package dev.fotabridge.host.bays;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fotabridge.fixtures.cloud.CloudOptions;
import dev.fotabridge.fixtures.cloud.LocalCloud;
import dev.fotabridge.fixtures.image.BuiltImage;
import dev.fotabridge.fixtures.image.ImageBuilder;
import dev.fotabridge.fixtures.jobs.ExecutionStatus;
import dev.fotabridge.fixtures.jobs.NewJob;
import dev.fotabridge.host.api.AtAws;
import dev.fotabridge.host.api.Bays;
import dev.fotabridge.host.api.ClientFiles;
import dev.fotabridge.host.api.CompleteOn;
import dev.fotabridge.host.api.ExecutionKey;
import dev.fotabridge.host.api.FotaBridge;
import dev.fotabridge.host.api.FotaException;
import dev.fotabridge.host.api.JobEnd;
import dev.fotabridge.host.api.JobProgress;
import dev.fotabridge.host.api.JobQueue;
import dev.fotabridge.host.api.JobQueueEvent;
import dev.fotabridge.host.api.JobQueues;
import dev.fotabridge.host.api.JobsEndpoint;
import dev.fotabridge.host.api.JobsTransport;
import dev.fotabridge.host.api.Phase;
import dev.fotabridge.host.api.ProxySettings;
import dev.fotabridge.host.api.Reason;
import dev.fotabridge.host.api.UpdateImage;
import dev.fotabridge.host.api.UpdateOptions;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Queues of things at the local AWS: real broker and object store over TLS. */
@Tag("real")
final class JobQueuesIT {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final String STATION = "station-1";
    private static final JobProgress BEGIN = new JobProgress(Phase.CONNECT, 0, 0, 1, "", "2.0.0", "");

    @TempDir
    Path directory;

    private record Told(String thing, JobQueueEvent event) {}

    private final List<Told> told = new CopyOnWriteArrayList<>();
    private final LateClock clock = new LateClock();
    private LocalCloud cloud;
    private BuiltImage image;
    private Bays bays;
    private JobQueues queues;

    @BeforeEach
    void start() throws Exception {
        cloud = LocalCloud.start(CloudOptions.in(directory.resolve("cloud"), "stranger")
                .withClock(clock)
                .withStations(Map.of(STATION, List.of("LINE1-*"))));
        image = new ImageBuilder().build();
        image.writeTo(cloud.directory().bucket().resolve("app.bin"));
        open();
    }

    private void open() throws FotaException {
        bays = FotaBridge.open(directory.resolve("state"), "test");
        JobsEndpoint endpoint = new JobsEndpoint(
                "localhost",
                cloud.mqttPort(),
                Optional.of(cloud.directory().rootCertificate()),
                List.of("localhost"),
                ProxySettings.NONE);
        queues = bays.queues(endpoint, this::connection, (thing, event) -> told.add(new Told(thing, event)));
    }

    private JobsTransport connection(int number) {
        try {
            ClientFiles files = new ClientFiles(
                    cloud.directory().certificate(STATION),
                    cloud.directory().privateKey(STATION),
                    Optional.empty(),
                    Optional.of(cloud.directory().rootCertificate()));
            return FotaBridge.connection("localhost", cloud.mqttPort(), FotaBridge.clientId(STATION, number), files);
        } catch (FotaException e) {
            throw new IllegalStateException(e);
        }
    }

    @AfterEach
    void stop() {
        bays.close();
        cloud.close();
    }

    /** The clock of AWS; it can be set forward. */
    private static final class LateClock extends Clock {
        private final AtomicLong seconds = new AtomicLong();

        @Override
        public Instant instant() {
            return Instant.now().plusSeconds(seconds.get());
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }

    private void createJob(String thing) throws Exception {
        ObjectNode document = JsonNodeFactory.instance.objectNode().put("operation", "app_fw_update");
        document.putObject("location")
                .put("url", "${aws:iot:s3-presigned-url:https://localhost:" + cloud.httpsPort() + "/app.bin}");
        cloud.jobs().create(NewJob.of("job-of-" + thing, thing, document).withPresignSeconds(60));
    }

    private ExecutionStatus status(String thing) throws Exception {
        return cloud.jobs().show(thing, "job-of-" + thing).status();
    }

    private <T extends JobQueueEvent> T await1(String thing, Class<T> kind) {
        return await().atMost(LIMIT)
                .until(
                        () -> told.stream()
                                .filter(one -> one.thing().equals(thing) && kind.isInstance(one.event()))
                                .map(one -> kind.cast(one.event()))
                                .reduce((older, newer) -> newer),
                        Optional::isPresent)
                .orElseThrow();
    }

    private ExecutionKey offered(String thing) {
        return await1(thing, JobQueueEvent.Offered.class).offer().execution();
    }

    private static UpdateOptions options() {
        return new UpdateOptions(Optional.empty(), CompleteOn.CONFIRMED, Optional.empty(), false, Optional.empty());
    }

    private static JobEnd end(ExecutionKey key) {
        return new JobEnd(key, AtAws.SUCCEEDED, Reason.SUCCEEDED, "It runs.", "1.0.0", "2.0.0", "", 1);
    }

    @Test
    void twoThingsOnOneConnectionShareOneDownload() throws Exception {
        createJob("LINE1-a");
        createJob("LINE1-b");
        JobQueue first = queues.join("LINE1-a", List.of());
        JobQueue second = queues.join("LINE1-b", List.of());
        for (JobQueue queue : List.of(first, second)) {
            queue.fetch(offered(queue.thing()), options());
        }
        for (JobQueue queue : List.of(first, second)) {
            UpdateImage fetched =
                    await1(queue.thing(), JobQueueEvent.Fetched.class).image();
            assertEquals(image.fileSha256(), fetched.fileSha256());
            assertEquals(ExecutionStatus.QUEUED, status(queue.thing()), "fetched is not taken");
            queue.take(offered(queue.thing()), BEGIN);
            await1(queue.thing(), JobQueueEvent.Taken.class);
            queue.finish(end(offered(queue.thing())));
            await1(queue.thing(), JobQueueEvent.Answered.class);
            assertEquals(ExecutionStatus.SUCCEEDED, status(queue.thing()));
        }
        assertEquals(
                1,
                cloud.broker().received().stream()
                        .filter(packet -> packet.type().equals("CONNECT"))
                        .count());
    }

    @Test
    void aUrlThatExpiredWhileTheJobWasQueuedIsAskedForAnew() throws Exception {
        createJob("LINE1-a");
        JobQueue queue = queues.join("LINE1-a", List.of());
        ExecutionKey key = offered("LINE1-a");
        clock.seconds.addAndGet(3600);
        queue.fetch(key, options());
        UpdateImage fetched = await1("LINE1-a", JobQueueEvent.Fetched.class).image();
        assertArrayEquals(image.bytes(), ((LoadedImage) fetched).file());
        assertEquals(ExecutionStatus.QUEUED, status("LINE1-a"));
    }

    @Test
    void anEndOutlivesItsProcess() throws Exception {
        createJob("LINE1-a");
        JobQueue queue = queues.join("LINE1-a", List.of());
        ExecutionKey key = offered("LINE1-a");
        queue.take(key, BEGIN);
        await1("LINE1-a", JobQueueEvent.Taken.class);
        bays.close();
        told.clear();
        open();
        queues.join("LINE1-a", List.of(end(key)));
        JobQueueEvent.Answered answered = await1("LINE1-a", JobQueueEvent.Answered.class);
        assertEquals(Optional.of("SUCCEEDED"), answered.answer().answered());
        assertEquals(ExecutionStatus.SUCCEEDED, status("LINE1-a"));
    }

    @Test
    void aThingThatHasLeftHearsNothingAndMayComeBack() throws Exception {
        JobQueue queue = queues.join("LINE1-a", List.of());
        await1("LINE1-a", JobQueueEvent.NothingOffered.class);
        assertThrows(IllegalStateException.class, () -> queues.join("LINE1-a", List.of()));
        queue.close();
        int before = told.size();
        createJob("LINE1-a");
        JobQueue again = queues.join("LINE1-a", List.of());
        offered("LINE1-a");
        assertTrue(told.size() > before);
        again.close();
        again.close();
    }

    /** Another process of this computer works for it, which is the same as another Bays here. */
    @Test
    void aThingThatIsWorkedForElsewhereIsRefused() throws Exception {
        queues.join("LINE1-a", List.of());
        try (Bays others = FotaBridge.open(directory.resolve("other"), "test")) {
            JobsEndpoint endpoint =
                    new JobsEndpoint("localhost", cloud.mqttPort(), Optional.empty(), List.of(), ProxySettings.NONE);
            JobQueues elsewhere = others.queues(endpoint, this::connection, (thing, event) -> {});
            assertEquals(
                    Reason.THING_BUSY,
                    assertThrows(FotaException.class, () -> elsewhere.join("LINE1-a", List.of()))
                            .reason());
        }
    }

    @Test
    void whatIsClosedTakesNoThing() throws Exception {
        queues.close();
        assertThrows(IllegalStateException.class, () -> queues.join("LINE1-a", List.of()));
        bays.close();
        assertThrows(IllegalStateException.class, this::reopen);
    }

    private void reopen() throws FotaException {
        bays.queues(
                new JobsEndpoint("localhost", 1, Optional.empty(), List.of(), ProxySettings.NONE),
                this::connection,
                (thing, event) -> {});
    }
}
