package dev.fotabridge.host.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fotabridge.fixtures.device.VirtualDk;
import dev.fotabridge.fixtures.device.VirtualDkOptions;
import dev.fotabridge.fixtures.image.BuiltImage;
import dev.fotabridge.fixtures.jobs.Execution;
import dev.fotabridge.fixtures.jobs.NewJob;
import dev.fotabridge.fixtures.real.RealCertificates;
import dev.fotabridge.fixtures.real.RealCloud;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** Real servers, one virtual DK and the host application, in one directory; the job is {@value #JOB}. */
final class RealWorld implements AutoCloseable {
    static final String THING = "dk-1";
    static final String JOB = "j1";

    final RealCloud cloud;
    private final Path directory;
    private final VirtualDk board;
    private final BuiltImage image;

    /**
     * Starts everything and queues the job.
     *
     * @param bytesPerSecond of a download; 0 for as fast as it goes
     * @param boardOptions further options of the board's program
     */
    RealWorld(Path directory, BuiltImage image, int bytesPerSecond, String... boardOptions) throws Exception {
        this.directory = directory;
        this.image = image;
        cloud = new RealCloud(directory.resolve("cloud"), THING, bytesPerSecond);
        try {
            board = VirtualDk.start(VirtualDkOptions.in(directory)
                    .withoutTiming()
                    .with("--swap-time", "short")
                    .with(boardOptions));
            image.writeTo(cloud.nginx().root().resolve("app.bin"));
            cloud.jobs().create(NewJob.of(JOB, THING, document()));
        } catch (Exception e) {
            cloud.close();
            throw e;
        }
    }

    private ObjectNode document() {
        ObjectNode document = new ObjectMapper().createObjectNode();
        document.put("operation", "app_fw_update").put("fwversion", "v2.0.0");
        document.putObject("location")
                .put("protocol", "https:")
                .put("host", "localhost:" + cloud.nginx().port())
                .put("path", "app.bin");
        return document;
    }

    HostProcess agent(String... more) throws IOException {
        return agentWith(cloud.certificates(), THING, more);
    }

    /** With this client's certificate; the root is this cloud's. */
    HostProcess agentWith(RealCertificates credentials, String client, String... more) throws IOException {
        Stream<String> usual = Stream.of(
                "agent",
                "--once",
                "--json",
                "--endpoint",
                "localhost:" + cloud.mosquitto().port(),
                "--thing",
                THING,
                "--cert",
                credentials.certificate(client).toString(),
                "--key",
                credentials.key(client).toString(),
                "--ca",
                cloud.certificates().root().toString(),
                "--port",
                board.link().toString(),
                "--state-dir",
                state().toString());
        List<String> arguments = Stream.concat(usual, Arrays.stream(more)).toList();
        return HostProcess.start(directory, arguments);
    }

    Execution execution() throws Exception {
        return cloud.jobs().show(THING, JOB);
    }

    boolean runsTheImage() {
        return Arrays.equals(image.bytes(), board.slot0(image.bytes().length));
    }

    /** How much of the image the host has on its disk while it is still being fetched; 0 when nothing is. */
    long partBytes() throws IOException {
        if (!Files.isDirectory(state())) {
            return 0;
        }
        try (Stream<Path> files = Files.walk(state())) {
            return files.filter(file -> file.toString().endsWith(".part"))
                    .mapToLong(file -> file.toFile().length())
                    .sum();
        }
    }

    private Path state() {
        return directory.resolve("state");
    }

    @Override
    public void close() {
        board.close();
        cloud.close();
    }
}
