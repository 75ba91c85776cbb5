package dev.fotabridge.host.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.fotabridge.fixtures.cloud.CertificateAuthority;
import dev.fotabridge.fixtures.cloud.CloudDirectory;
import dev.fotabridge.fixtures.cloud.KeyType;
import dev.fotabridge.fixtures.http.FaultRule;
import dev.fotabridge.fixtures.http.RangeFault;
import dev.fotabridge.fixtures.jobs.ExecutionStatus;
import dev.fotabridge.fixtures.policy.StandardPolicies;
import dev.fotabridge.host.api.Reason;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each broken set-up is named in the first line; the exit code is its own; nothing is changed by looking. */
@Tag("real")
final class DoctorIT {
    private static final int LIMIT_SECONDS = 60;
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path directory;

    private World world;
    private CloudDirectory files;
    private String endpoint;
    private Path certificate;
    private Path key;
    private Path ca;
    private String port;

    @BeforeEach
    void start() throws IOException {
        world = new World(directory);
        files = world.cloud.directory();
        endpoint = "localhost:" + world.cloud.mqttPort();
        certificate = files.certificate();
        key = files.privateKey();
        ca = files.rootCertificate();
        port = world.board.link().toString();
    }

    @AfterEach
    void stop() {
        world.close();
    }

    /** What a run printed and how it ended. */
    private record Run(int exitCode, List<String> lines) {
        String first() {
            return lines.get(0);
        }

        @Override
        public String toString() {
            return "exit code " + exitCode + "\n" + String.join("\n", lines);
        }
    }

    private Run doctor(String... more) {
        List<String> arguments = new ArrayList<>(arguments());
        arguments.addAll(List.of(more));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        PrintStream stream = new PrintStream(out, true, StandardCharsets.UTF_8);
        int exitCode = Main.run(arguments.toArray(String[]::new), Map.of(), new Streams(stream, stream));
        return new Run(exitCode, out.toString(StandardCharsets.UTF_8).lines().toList());
    }

    private List<String> arguments() {
        List<String> arguments = new ArrayList<>(List.of("doctor", "--endpoint", endpoint, "--thing", World.THING));
        arguments.addAll(List.of("--cert", certificate.toString(), "--key", key.toString(), "--ca", ca.toString()));
        arguments.addAll(List.of("--port", port));
        arguments.addAll(List.of("--state-dir", directory.resolve("state").toString()));
        return arguments;
    }

    private void names(Reason reason, Run run, String... parts) {
        assertEquals(reason.exitCode(), run.exitCode(), run::toString);
        for (String part : parts) {
            assertTrue(run.first().contains(part), () -> "no '" + part + "' in the first line of\n" + run);
        }
        assertTrue(reason == Reason.SUCCEEDED || run.toString().contains("\n  FAIL  "), () -> "no FAIL in\n" + run);
    }

    @Test
    void aSetUpThatWorksIsSaidToAndLeftAsItWas() throws Exception {
        world.createJob("j1", World.image().build());
        Run run = doctor("--url", url("j1.bin"));
        names(Reason.SUCCEEDED, run, "All is well");
        assertTrue(run.toString().contains("The next job of dk-1 is j1, QUEUED."), run::toString);
        assertEquals(ExecutionStatus.QUEUED, world.execution("j1").status());
        assertEquals(1, world.execution("j1").versionNumber());
        assertFalse(Files.exists(directory.resolve("state")), "the state directory was made");
        assertFalse(world.board.log().contains("dk: upload begun"));
        assertEquals(1, world.cloud.store().requests().size());
    }

    private String url(String object) {
        return "https://localhost:" + world.cloud.httpsPort() + "/" + object;
    }

    @Test
    void aWrongCaFileIsNamed() throws IOException {
        ca = directory.resolve("other.pem");
        CertificateAuthority.in(ca, directory.resolve("other.key"));
        names(Reason.CREDENTIALS, doctor(), "The certificate of " + endpoint + " was issued by", "has another key");
        ca = certificate;
        names(Reason.CREDENTIALS, doctor(), "issued by 'FOTA Bridge test root'", "not in the CA file", "holds 'dk-1'");
    }

    @Test
    void aKeyOfAnotherCertificateIsNamed() throws IOException {
        key = directory.resolve("other.key");
        authority().issueDevice("dk-2", KeyType.RSA, directory.resolve("other.crt"), key);
        names(Reason.CREDENTIALS, doctor(), "other.key does not belong to the certificate");
    }

    private CertificateAuthority authority() throws IOException {
        return CertificateAuthority.in(directory.resolve("authority.pem"), directory.resolve("authority.key"));
    }

    @Test
    void anExpiredCertificateIsNamed() throws Exception {
        certificate = ExpiredCertificate.write(directory.resolve("expired.crt"));
        Run run = doctor();
        names(Reason.CREDENTIALS, run, "expired.crt expired on 20");
        // Reading certificate and key together finds it too, but later.
        assertTrue(run.toString().contains("\n  FAIL  certificate "), run::toString);
    }

    @Test
    void aKeyFileThatCannotBeReadIsNamed() throws IOException {
        key = directory.resolve("nowhere.key");
        names(Reason.CREDENTIALS, doctor(), "nowhere.key does not exist");
        key = Files.createDirectory(directory.resolve("key.d"));
        names(Reason.CREDENTIALS, doctor(), "key.d is a directory");
        key = Files.writeString(directory.resolve("closed.key"), Files.readString(files.privateKey()));
        assertTrue(key.toFile().setReadable(false));
        if (!Files.isReadable(key)) {
            names(Reason.CREDENTIALS, doctor(), "closed.key cannot be read by user");
        }
    }

    @Test
    void anotherThingsCertificateLacksEachStatement() throws IOException {
        CertificateAuthority known =
                CertificateAuthority.in(files.rootCertificate(), files.root().resolve("private/root-private.pem.key"));
        Files.createDirectories(files.certificate("dk-2").getParent());
        certificate = files.certificate("dk-2");
        key = files.privateKey("dk-2");
        known.issueDevice("dk-2", KeyType.RSA, certificate, key);
        String variable = "${iot:Connection.Thing.ThingName}";
        String anyClient = StandardPolicies.deviceText().replace("client/" + variable, "client/*");
        Files.writeString(files.policy("dk-2"), anyClient.replace(variable, "dk-2"));
        Run run = doctor();
        names(
                Reason.CLOUD_POLICY,
                run,
                "another thing's",
                "iot:Subscribe on arn:aws:iot:REGION:ACCOUNT:topicfilter/$aws/things/dk-1/jobs/notify-next",
                "topicfilter/$aws/things/dk-1/jobs/*/get/*");
        assertTrue(run.toString().contains("\"Action\": \"iot:Subscribe\""), run::toString);
    }

    @Test
    void aCertificateThatTheCloudDoesNotKnowIsNamed() throws IOException {
        certificate = directory.resolve("stranger.crt");
        key = directory.resolve("stranger.key");
        authority().issueDevice("dk-1", KeyType.RSA, certificate, key);
        names(Reason.CLOUD_REFUSED, doctor(), "certificate");
    }

    @Test
    void aWrongHostAndAWrongPortAreNamed() throws IOException {
        String right = endpoint;
        endpoint = "nowhere.invalid";
        names(Reason.CLOUD_UNREACHABLE, doctor(), "DNS does not know the endpoint nowhere.invalid");
        endpoint = "localhost:" + closedPort();
        names(Reason.CLOUD_UNREACHABLE, doctor(), endpoint + " refuses the connection");
        endpoint = "localhost:" + world.cloud.httpPort();
        names(Reason.CLOUD_UNREACHABLE, doctor(), "the port is another service's");
        endpoint = "https://" + right;
        names(Reason.CONFIGURATION, doctor(), "not a URL");
        endpoint = right.replace("localhost", "0.0.0.0");
        names(Reason.CREDENTIALS, doctor(), "names another host: it is for localhost");
    }

    private static int closedPort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    @Test
    void aServerWithoutRangeIsNamed() throws Exception {
        World.image().build().writeTo(files.bucket().resolve("app.bin"));
        world.cloud.store().fault("app.bin", FaultRule.always(new RangeFault.NoContentRange()));
        names(
                Reason.DOWNLOAD_NO_RANGE,
                doctor("--url", url("app.bin")),
                "answers a ranged request with 206, but without Content-Range");
        world.cloud.store().fault("app.bin", FaultRule.always(new RangeFault.IgnoreRange()));
        names(Reason.SUCCEEDED, doctor("--url", url("app.bin")), "Nothing fails, but", "ignores Range");
        world.cloud.store().fault("app.bin", FaultRule.always(new RangeFault.Status(403)));
        Run secret = doctor("--url", url("app.bin") + "?X-Amz-Signature=secret");
        names(Reason.DOWNLOAD_FORBIDDEN, secret, "status 403");
        assertFalse(secret.toString().contains("secret"), secret::toString);
        names(Reason.DOWNLOAD_NOT_FOUND, doctor("--url", url("nothing.bin")), "status 404");
    }

    @Test
    void aPortThatIsNotThereAndABoardThatIsSilentAreNamed() throws Exception {
        port = "/dev/nothing";
        names(Reason.PORT_MISSING, doctor(), "There is no port /dev/nothing");
        port = world.board.link().toString();
        // What it printed at its start is read by this one, and cannot be taken for an answer afterwards.
        names(Reason.SUCCEEDED, doctor(), "All is well");
        world.board.freeze();
        names(Reason.NO_ANSWER, doctor("--timeout", "1"), "The board at " + port);
        world.board.thaw();
        names(Reason.SUCCEEDED, doctor("--no-board"), "All is well");
    }

    @Test
    void aKeyThatOthersCanReadIsAWarning() throws IOException {
        key = Files.writeString(directory.resolve("open.key"), Files.readString(files.privateKey()));
        assertTrue(key.toFile().setReadable(true, false));
        names(Reason.SUCCEEDED, doctor(), "Nothing fails, but", "Others can read the private key");
    }

    @Test
    void aRunningAgentKeepsItsConnection() throws Exception {
        // The device policy knows one client id only.
        Files.writeString(files.policy(World.THING), StandardPolicies.EVERYTHING);
        try (HostProcess agent = world.agent()) {
            agent.awaitEvent(LIMIT_SECONDS, e -> e.path("line").asText().startsWith("Connected"));
            Run beside = process();
            names(Reason.SUCCEEDED, beside, "Nothing fails, but", "would end the agent's connection");
            assertTrue(beside.toString().contains("The board is left alone"), beside::toString);
            Run suffixed = process("--client-id-suffix", "-doctor");
            assertTrue(suffixed.toString().contains("All 4 filters are granted"), suffixed::toString);
            assertEquals(List.of(World.THING), world.cloud.broker().connectedClients());
            assertEquals(
                    1,
                    agent.events().stream()
                            .filter(e -> e.path("line").asText().startsWith("Connected"))
                            .count());
        }
    }

    /** Locks are shared by processes with the same directory for temporary files. */
    private Run process(String... more) throws Exception {
        List<String> arguments = new ArrayList<>(arguments());
        arguments.addAll(List.of(more));
        try (HostProcess doctor = HostProcess.start(directory, arguments)) {
            return new Run(doctor.await(LIMIT_SECONDS), doctor.lines());
        }
    }

    @Test
    void jsonIsOneObjectForEachCheckAndTheResult() throws Exception {
        Run run = doctor("--json", "--no-board");
        List<JsonNode> objects = new ArrayList<>();
        for (String line : run.lines()) {
            objects.add(JSON.readTree(line));
        }
        JsonNode result = objects.remove(objects.size() - 1);
        assertEquals("RESULT", result.path("type").asText());
        assertEquals(0, result.path("exitCode").asInt());
        assertEquals(
                List.of("CHECK"),
                objects.stream().map(o -> o.path("type").asText()).distinct().collect(Collectors.toList()));
        assertEquals(15, objects.size(), run::toString);
        assertTrue(objects.stream().allMatch(o -> o.path("status").asText().equals("OK")), run::toString);
    }
}
