package dev.fotabridge.host.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fotabridge.fixtures.cloud.CloudDirectory;
import dev.fotabridge.fixtures.cloud.CloudOptions;
import dev.fotabridge.fixtures.cloud.LocalCloud;
import dev.fotabridge.fixtures.device.VirtualDk;
import dev.fotabridge.fixtures.device.VirtualDkOptions;
import dev.fotabridge.fixtures.image.BuiltImage;
import dev.fotabridge.fixtures.image.ImageBuilder;
import dev.fotabridge.fixtures.jobs.Execution;
import dev.fotabridge.fixtures.jobs.JobsException;
import dev.fotabridge.fixtures.jobs.NewJob;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A local AWS, one virtual DK and the host application, in one directory. */
final class World implements AutoCloseable {
    static final String THING = "dk-1";
    private static final ObjectMapper JSON = new ObjectMapper();

    final Path directory;
    final LocalCloud cloud;
    VirtualDkOptions boardOptions;
    VirtualDk board;

    /** @param boardOptions further options of the board's program */
    World(Path directory, String... boardOptions) throws IOException {
        this(directory, Clock.systemUTC(), boardOptions);
    }

    /** @param clock the cloud's */
    World(Path directory, Clock clock, String... boardOptions) throws IOException {
        this.directory = directory;
        this.cloud = LocalCloud.start(
                CloudOptions.in(directory.resolve("cloud"), THING).withClock(clock));
        this.boardOptions = VirtualDkOptions.in(directory)
                .withoutTiming()
                .with("--swap-time", "short")
                .with(boardOptions);
        this.board = VirtualDk.start(this.boardOptions);
    }

    static ImageBuilder image() {
        return new ImageBuilder().size(100_000).version("2.0.0").seed(2);
    }

    /** Puts an image into the bucket and makes a job for it. */
    void createJob(String id, BuiltImage image) throws IOException, JobsException {
        image.writeTo(cloud.directory().bucket().resolve(id + ".bin"));
        createJob(id, id + ".bin", json -> {});
    }

    void createJob(String id, String key, java.util.function.Consumer<ObjectNode> more) throws JobsException {
        ObjectNode document = JSON.createObjectNode();
        document.put("operation", "app_fw_update").put("fwversion", "v2.0.0");
        document.putObject("location")
                .put("protocol", "https:")
                .put("host", "localhost:" + cloud.httpsPort())
                .put("path", key);
        more.accept(document);
        cloud.jobs().create(NewJob.of(id, THING, document));
    }

    Execution execution(String id) throws JobsException {
        return cloud.jobs().show(THING, id);
    }

    HostProcess agent(String... more) throws IOException {
        return agentWith(cloud.directory(), more);
    }

    /** With the credentials that lie here, but the root of this cloud. */
    HostProcess agentWith(CloudDirectory credentials, String... more) throws IOException {
        List<String> arguments = service(credentials);
        arguments.add("--once");
        arguments.addAll(Arrays.asList(more));
        return host(arguments);
    }

    /** Without {@code --once}. */
    HostProcess service() throws IOException {
        return host(service(cloud.directory()));
    }

    private List<String> service(CloudDirectory credentials) {
        List<String> arguments = new ArrayList<>(List.of("agent"));
        arguments.addAll(List.of("--endpoint", "localhost:" + cloud.mqttPort(), "--thing", THING));
        arguments.addAll(List.of("--cert", credentials.certificate().toString()));
        arguments.addAll(List.of("--key", credentials.privateKey().toString()));
        arguments.addAll(List.of("--ca", cloud.directory().rootCertificate().toString()));
        return arguments;
    }

    HostProcess flash(BuiltImage image, String... more) throws IOException {
        Path file = Files.createTempFile(directory, "image", ".bin");
        List<String> arguments =
                new ArrayList<>(List.of("flash", image.writeTo(file).toString()));
        arguments.addAll(Arrays.asList(more));
        return host(arguments);
    }

    private HostProcess host(List<String> arguments) throws IOException {
        List<String> all = new ArrayList<>(arguments);
        if (!all.contains("--port")) {
            all.addAll(List.of("--port", board.link().toString()));
        }
        all.addAll(List.of("--json", "--state-dir", directory.resolve("state").toString()));
        return HostProcess.start(directory, all);
    }

    /** SIGKILL, and on again. */
    void restartBoard() throws IOException {
        board.kill();
        board = VirtualDk.start(boardOptions);
    }

    boolean runs(BuiltImage image) {
        return Arrays.equals(image.bytes(), board.slot0(image.bytes().length));
    }

    @Override
    public void close() {
        board.close();
        cloud.close();
    }
}
