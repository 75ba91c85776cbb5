package dev.fotabridge.station.cloud;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fotabridge.fixtures.cloud.CloudOptions;
import dev.fotabridge.fixtures.cloud.LocalCloud;
import dev.fotabridge.fixtures.image.BuiltImage;
import dev.fotabridge.fixtures.image.ImageBuilder;
import dev.fotabridge.fixtures.jobs.Execution;
import dev.fotabridge.fixtures.jobs.NewJob;
import dev.fotabridge.host.api.Bays;
import dev.fotabridge.host.api.CloudEnd;
import dev.fotabridge.host.api.CompleteOn;
import dev.fotabridge.host.api.ExecutionKey;
import dev.fotabridge.host.api.FotaBridge;
import dev.fotabridge.host.api.FotaException;
import dev.fotabridge.host.api.ProxySettings;
import dev.fotabridge.host.api.Reason;
import dev.fotabridge.host.api.UpdateOptions;
import dev.fotabridge.station.config.ImageSource;
import dev.fotabridge.station.config.ThingName;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** A local AWS and a station's AWS mode on a thread of its own, which can be killed and started again. */
final class CloudWorld implements AutoCloseable {
    static final Duration LIMIT = Duration.ofSeconds(90);
    private static final String STATION = "line-1";

    final List<String> news = new CopyOnWriteArrayList<>();
    final AtomicLong late = new AtomicLong();
    final BuiltImage image = new ImageBuilder().build();
    LocalCloud aws;
    private final Path directory;
    private final int[] ports;
    private Bays bays;
    private ScheduledExecutorService thread;
    private AwsMode mode;
    private StationCloud cloud;
    private Runnable turn = () -> {};

    CloudWorld(Path directory) throws Exception {
        this.directory = directory;
        aws = LocalCloud.start(options());
        ports = new int[] {aws.mqttPort(), aws.httpsPort(), aws.httpPort()};
        image.writeTo(aws.directory().bucket().resolve("app.bin"));
        start();
    }

    private CloudOptions options() {
        return CloudOptions.in(directory.resolve("cloud"), "nobody")
                .withClock(new LateClock())
                .withStations(Map.of(STATION, List.of("dk-*")));
    }

    /** The clock of AWS, which can be set forward. */
    private final class LateClock extends Clock {
        @Override
        public Instant instant() {
            return Instant.now().plusSeconds(late.get());
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

    // AWS.

    void goAway() {
        aws.close();
    }

    void comeBack() throws Exception {
        aws = LocalCloud.start(options().withPorts(ports[0], ports[1], ports[2]));
    }

    void create(String thing) throws Exception {
        ObjectNode document = JsonNodeFactory.instance
                .objectNode()
                .put("operation", "app_fw_update")
                .put("sha256", image.fileSha256());
        document.putObject("location")
                .put("url", "${aws:iot:s3-presigned-url:https://localhost:" + ports[1] + "/app.bin}");
        aws.jobs().create(NewJob.of(job(thing), thing, document).withPresignSeconds(60));
    }

    void cancel(String thing) throws Exception {
        aws.jobs().cancel(thing, job(thing), true);
    }

    void delete(String thing) throws Exception {
        aws.jobs().delete(thing, job(thing), true);
    }

    private static String job(String thing) {
        return "job-of-" + thing;
    }

    Execution execution(String thing) throws Exception {
        return aws.jobs().show(thing, job(thing));
    }

    void awaitStatus(String thing, String status) {
        await().atMost(LIMIT).until(() -> execution(thing).status().name().equals(status));
    }

    // The station.

    void start() throws Exception {
        thread = Executors.newSingleThreadScheduledExecutor();
        bays = FotaBridge.open(directory.resolve("state"), "test station");
        mode = mode("localhost:" + ports[0]);
        cloud = mode.cloud();
        turn = () -> cloud.tell(new Recorder());
        thread.scheduleWithFixedDelay(this::tick, 1, 1, TimeUnit.SECONDS);
    }

    AwsMode mode(String endpoint) throws FotaException {
        ImageSource.AwsJobs source = new ImageSource.AwsJobs(
                endpoint,
                aws.directory().certificate(STATION),
                aws.directory().privateKey(STATION),
                Optional.of(aws.directory().rootCertificate()),
                new ThingName("dk-{unit}"));
        UpdateOptions update =
                new UpdateOptions(Optional.empty(), CompleteOn.CONFIRMED, Optional.empty(), false, Optional.empty());
        AwsMode.Setup setup =
                new AwsMode.Setup(source, STATION, directory.resolve("state"), update, ProxySettings.NONE);
        ScheduledExecutorService mine = thread;
        return new AwsMode(
                setup,
                bays,
                work -> mine.execute(() -> {
                    work.run();
                    turn.run();
                }),
                System::nanoTime);
    }

    private void tick() {
        cloud.tick(System.nanoTime());
        turn.run();
    }

    /** What follows on the station's thread after each thing that has happened, in place of noting the news. */
    void also(Runnable other) throws Exception {
        ask(() -> {
            turn = other;
            return other;
        });
    }

    /** Ends without a word, as a killed process does. */
    void kill() {
        thread.shutdownNow();
        await().atMost(LIMIT).until(thread::isTerminated);
        bays.close();
        news.clear();
    }

    /** On the station's thread. */
    <T> T ask(Callable<T> question) throws Exception {
        Callable<T> told = () -> {
            T answer = question.call();
            turn.run();
            return answer;
        };
        return thread.submit(told).get(LIMIT.toSeconds(), TimeUnit.SECONDS);
    }

    StationCloud cloud() {
        return cloud;
    }

    StationCloudPort port() {
        return mode.port();
    }

    void awaitNews(String text) {
        await().atMost(LIMIT).until(() -> news.contains(text));
    }

    private final class Recorder implements CloudNews {
        @Override
        public void ready(int bay) {
            news.add("ready " + bay);
        }

        @Override
        public void taken(int bay, String run) {
            news.add("taken " + bay + " " + run);
        }

        @Override
        public void jobEnded(int bay, String thing, ExecutionKey execution, Reason reason) {
            news.add("ended " + bay + " " + reason);
        }

        @Override
        public void answered(long attempt, CloudEnd answer) {
            news.add("answered " + attempt + " " + answer.answered().orElse("?")
                    + answer.problem().map(problem -> " " + problem.reason()).orElse(""));
        }
    }

    @Override
    public void close() {
        kill();
        aws.close();
    }
}
