package dev.fotabridge.host.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.fotabridge.fixtures.cloud.CloudDirectory;
import dev.fotabridge.fixtures.cloud.LocalCloud;
import dev.fotabridge.fixtures.jobs.BrokerOptions;
import dev.fotabridge.fixtures.jobs.JobsException;
import dev.fotabridge.fixtures.jobs.NewJob;
import dev.fotabridge.fixtures.policy.StandardPolicies;
import dev.fotabridge.host.api.Reason;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The doctor names the one statement that a policy lacks, whichever it is, and the job that waits stays as it was. */
@Timeout(60)
@Tag("real")
final class DoctorPolicyIT {
    private static final String THING = "dk-1";
    private static final String ARN = "arn:aws:iot:REGION:ACCOUNT:";
    private static final String JOBS = "$aws/things/dk-1/jobs/";

    /** The device policy with each resource in a statement of its own. */
    private static final List<Statement> STATEMENTS = List.of(
            new Statement("iot:Connect", "client/dk-1"),
            new Statement("iot:Subscribe", "topicfilter/" + JOBS + "notify"),
            new Statement("iot:Subscribe", "topicfilter/" + JOBS + "notify-next"),
            new Statement("iot:Subscribe", "topicfilter/" + JOBS + "*/get/*"),
            new Statement("iot:Subscribe", "topicfilter/" + JOBS + "*/update/*"),
            new Statement("iot:Publish", "topic/" + JOBS + "*/get"),
            new Statement("iot:Publish", "topic/" + JOBS + "*/update"),
            new Statement("iot:Receive", "topic/" + JOBS + "*/get/*"),
            new Statement("iot:Receive", "topic/" + JOBS + "*/update/*"));

    @TempDir
    static Path directory;

    private static LocalCloud cloud;

    /** One statement that allows. */
    private record Statement(String action, String resource) {
        String json() {
            return "{\"Effect\":\"Allow\",\"Action\":\"" + action + "\",\"Resource\":\"" + ARN + resource + "\"}";
        }

        @Override
        public String toString() {
            return action + " on " + ARN + resource;
        }
    }

    /** What a run printed and how it ended. */
    private record Run(int exitCode, List<String> lines) {
        long failures() {
            return lines.stream().filter(line -> line.startsWith("  FAIL  ")).count();
        }

        @Override
        public String toString() {
            return "exit code " + exitCode + "\n" + String.join("\n", lines);
        }
    }

    @BeforeAll
    static void start() throws IOException, JobsException {
        cloud = LocalCloud.start(directory.resolve("cloud"), List.of(THING));
        cloud.jobs().create(NewJob.of("j1", THING, JsonNodeFactory.instance.objectNode()));
    }

    @AfterAll
    static void stop() {
        cloud.close();
    }

    @AfterEach
    void standard() throws IOException {
        cloud.broker().options(BrokerOptions.DEFAULT);
        Files.deleteIfExists(cloud.directory().policy(THING));
    }

    static List<Statement> statements() {
        return STATEMENTS;
    }

    private static void policy(List<Statement> statements) throws IOException {
        String listed = statements.stream().map(Statement::json).collect(Collectors.joining(",\n"));
        Path next = directory.resolve("next.json");
        Files.writeString(next, "{\"Version\":\"2012-10-17\",\"Statement\":[" + listed + "]}");
        Files.move(next, cloud.directory().policy(THING), StandardCopyOption.REPLACE_EXISTING);
    }

    private static List<Statement> without(Statement taken) {
        return STATEMENTS.stream().filter(one -> !one.equals(taken)).toList();
    }

    private static Run doctor() {
        CloudDirectory files = cloud.directory();
        List<String> arguments = new ArrayList<>(List.of("doctor", "--no-board", "--thing", THING));
        arguments.addAll(List.of("--endpoint", "localhost:" + cloud.mqttPort()));
        arguments.addAll(List.of(
                "--cert",
                files.certificate().toString(),
                "--key",
                files.privateKey().toString()));
        arguments.addAll(List.of("--ca", files.rootCertificate().toString()));
        arguments.addAll(List.of("--state-dir", directory.resolve("state").toString()));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        PrintStream stream = new PrintStream(out, true, StandardCharsets.UTF_8);
        int exitCode = Main.run(arguments.toArray(String[]::new), Map.of(), new Streams(stream, stream));
        return new Run(exitCode, out.toString(StandardCharsets.UTF_8).lines().toList());
    }

    private static String job() throws JobsException {
        return cloud.jobs().toJson(cloud.jobs().show(THING, "j1")).toString();
    }

    @ParameterizedTest
    @MethodSource("statements")
    void theStatementThatIsMissingIsNamedInTheFirstLine(Statement taken) throws Exception {
        String before = job();
        policy(without(taken));
        Run run = doctor();
        Reason reason = taken.action().equals("iot:Connect") ? Reason.CLOUD_REFUSED : Reason.CLOUD_POLICY;
        assertEquals(reason.exitCode(), run.exitCode(), run::toString);
        String first = run.lines().get(0);
        assertTrue(first.contains(taken.toString()), () -> taken + " is not in the first line of\n" + run);
        for (Statement other : without(taken)) {
            boolean instead = first.matches(".*" + Pattern.quote(other.toString()) + "[.;].*");
            // To a publish that is lost without a word there is the same silence as to a reply that is.
            boolean silence =
                    taken.action().equals("iot:Receive") && other.action().equals("iot:Publish");
            assertTrue(!instead || silence, () -> other + " is in the first line of\n" + run);
        }
        assertEquals(1, run.failures(), run::toString);
        assertTrue(run.toString().contains("\"Resource\": \"" + ARN + taken.resource() + "\""), run::toString);
        assertEquals(before, job());
    }

    /** The agent asks for a job by its name, too. */
    @Test
    void aPolicyForTheNextJobOnlyLacksThatForNamedOnes() throws Exception {
        Statement taken = STATEMENTS.get(5);
        List<Statement> literal = new ArrayList<>(without(taken));
        literal.add(new Statement("iot:Publish", "topic/" + JOBS + "$next/get"));
        policy(literal);
        Run run = doctor();
        assertTrue(run.lines().get(0).contains("lacks " + taken + "."), run::toString);
        assertEquals(1, run.failures(), run::toString);
    }

    @Test
    void withAllOfThemAllIsWell() throws Exception {
        String before = job();
        policy(STATEMENTS);
        Run run = doctor();
        assertEquals(0, run.exitCode(), run::toString);
        assertEquals(before, job());
    }

    @Test
    void withTheStandardPolicyAllIsWell() {
        Run run = doctor();
        assertEquals(0, run.exitCode(), run::toString);
    }

    /** AWS may end the connection at a filter that is not allowed, instead of a SUBACK that says so. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4})
    void aBrokerThatEndsTheConnectionAtAFilterIsReadTheSame(int index) throws Exception {
        Statement taken = STATEMENTS.get(index);
        cloud.broker().options(BrokerOptions.DEFAULT.withForbidden(true, true));
        policy(without(taken));
        Run run = doctor();
        assertEquals(Reason.CLOUD_POLICY.exitCode(), run.exitCode(), run::toString);
        assertTrue(run.lines().get(0).contains("lacks " + taken + "."), run::toString);
    }

    @Test
    void aStatementThatDeniesIsAsOneThatIsMissing() throws Exception {
        Statement denied = STATEMENTS.get(5);
        String open =
                StandardPolicies.EVERYTHING.replace("]}", "," + denied.json().replace("Allow", "Deny") + "]}");
        Files.writeString(cloud.directory().policy(THING), open);
        Run run = doctor();
        assertTrue(run.lines().get(0).contains("lacks " + denied + "."), run::toString);
    }
}
