package dev.fotabridge.host.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.fotabridge.fixtures.cloud.AdminClient;
import dev.fotabridge.fixtures.cloud.AdminReply;
import dev.fotabridge.fixtures.cloud.CloudDirectory;
import dev.fotabridge.fixtures.device.VirtualDk;
import dev.fotabridge.fixtures.device.VirtualDkOptions;
import dev.fotabridge.fixtures.image.BuiltImage;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Sixteen bays and jobs of the local AWS, all of it processes: the station, AWS and the boards. The station is killed in the middle. AWS's
 * executions, the records and their CSV say the same afterwards, and no board gets again what it had.
 */
@Tag("real")
final class StationJobsRunIT {
    private static final int LIMIT_SECONDS = 120;
    private static final int BAYS = 16;
    private static final String STATION = "line-1";
    private static final int PAGE = 4096;

    /**
     * Pages that are sent again although they were durable: those at the frontier may be weak (SPEC.md section 6.1), and of the last few
     * the journal does not know yet.
     */
    private static final int REWRITTEN = 5;

    private static final Pattern CELL = Pattern.compile("(?:\"((?:[^\"]|\"\")*)\"|([^,\"]*))(?:,|$)");
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path directory;

    private final BuiltImage image = World.image().size(160_000).build();
    private final List<VirtualDk> boards = new ArrayList<>();
    private final HttpClient http = HttpClient.newHttpClient();
    /** What the station said before it was killed: how much of the image each board has durably, in percent. */
    private final Map<String, Integer> percents = new HashMap<>();

    private HostProcess aws;
    private Path cloud;

    @BeforeEach
    void world() throws Exception {
        cloud = directory.resolve("aws");
        aws = HostProcess.simulator(
                directory, List.of("sim", "cloud", "--dir", cloud.toString(), "--station", STATION + "=dk-*"));
        for (int bay = 1; bay <= BAYS; bay++) {
            Path home = Files.createDirectories(directory.resolve("board-" + bay));
            boards.add(VirtualDk.start(
                    VirtualDkOptions.in(home).with("--swap-time", "short", "--unit-id", "unit-" + bay)));
        }
        JsonNode ports = awaitReady(aws);
        image.writeTo(new CloudDirectory(cloud).bucket().resolve("app.bin"));
        for (int board = 1; board <= BAYS; board++) {
            String document = "{\"operation\":\"app_fw_update\",\"location\":{\"url\":\"https://localhost:"
                    + ports.path("httpsPort").asInt() + "/app.bin\"}}";
            ask("create", "job-" + board, thing(board), document, "0", "0", "0", "3600");
        }
        configure(ports.path("mqttPort").asInt());
    }

    @AfterEach
    void end() {
        boards.forEach(VirtualDk::close);
        aws.close();
    }

    private static String thing(int board) {
        return "dk-unit-" + board;
    }

    private static JsonNode awaitReady(HostProcess process) {
        return process.awaitEvent(
                LIMIT_SECONDS, event -> event.path("type").asText().equals("READY"));
    }

    private String ask(String operation, String... arguments) throws Exception {
        AdminReply reply = new AdminClient(cloud).ask(operation, List.of(arguments));
        assertEquals(AdminReply.Verdict.DONE, reply.verdict(), reply.text());
        return reply.text();
    }

    private void configure(int mqttPort) throws Exception {
        CloudDirectory files = new CloudDirectory(cloud);
        List<String> lines = new ArrayList<>(List.of(
                "station: " + STATION,
                "listen: 127.0.0.1:0",
                "stateDirectory: state",
                "aws:",
                "  endpoint: localhost:" + mqttPort,
                "  certificate: " + files.certificate(STATION),
                "  key: " + files.privateKey(STATION),
                "  ca: " + files.rootCertificate(),
                "  thing: dk-{unit}",
                "start: job",
                "bays:"));
        for (int bay = 1; bay <= BAYS; bay++) {
            lines.add("  - {bay: " + bay + ", port: " + boards.get(bay - 1).link() + "}");
        }
        Files.write(directory.resolve("station.yaml"), lines);
    }

    private HostProcess station() throws Exception {
        String config = directory.resolve("station.yaml").toString();
        return HostProcess.start(directory, List.of("station", "run", "--json", "--config", config));
    }

    private String text(String url) throws Exception {
        return http.send(HttpRequest.newBuilder(URI.create(url)).build(), BodyHandlers.ofString())
                .body();
    }

    private List<JsonNode> all(String url, String field) throws Exception {
        return StreamSupport.stream(JSON.readTree(text(url)).path(field).spliterator(), false)
                .toList();
    }

    private void await(HostProcess station, Predicate<String> wanted) {
        String url = awaitReady(station).path("url").asText();
        Awaitility.await(station.toString())
                .atMost(LIMIT_SECONDS, TimeUnit.SECONDS)
                .until(() -> wanted.test(url));
    }

    private boolean isInTheMiddle(String url) {
        try {
            for (JsonNode bay : all(url + "api/v1/bays", "bays")) {
                percents.put(
                        bay.at("/identity/unit").asText(), bay.path("percent").asInt());
            }
            return percents.values().stream().filter(percent -> percent >= 20).count() >= BAYS / 2;
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private List<JsonNode> records(String url) throws Exception {
        return all(url + "api/v1/records?limit=100", "records");
    }

    private static boolean isPassed(JsonNode row) {
        return row.path("final").asBoolean()
                && row.path("verdict").asText().equals("PASS")
                && row.path("cloudAnswered").asText().equals("SUCCEEDED");
    }

    private boolean isToldAtEachBay(String url) {
        try {
            return all(url + "api/v1/bays", "bays").stream()
                    .allMatch(bay -> bay.path("cloud").asText().equals("AWS has SUCCEEDED."));
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private boolean hasPassed(String url) {
        try {
            return records(url).stream().filter(StationJobsRunIT::isPassed).count() == BAYS;
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void killedInTheMiddleEachBoardPassesOnceAndGetsNothingTwice() throws Exception {
        try (HostProcess station = station()) {
            await(station, this::isInTheMiddle);
            station.kill();
        }
        try (HostProcess station = station()) {
            await(station, this::hasPassed);
            String url = awaitReady(station).path("url").asText();
            List<JsonNode> records = records(url);
            assertRecords(records);
            await(station, this::isToldAtEachBay);
            assertExecutions();
            assertSame(records, text(url + "api/v1/records.csv"));
        }
    }

    private void assertRecords(List<JsonNode> records) {
        int total = (image.bytes().length + PAGE - 1) / PAGE;
        Map<String, JsonNode> passed = new HashMap<>();
        for (JsonNode row : records) {
            if (isPassed(row)) {
                assertEquals(null, passed.put(row.path("unit").asText(), row), "one PASS a board: " + row);
                assertEquals(image.imageHash(), row.path("imageHashObserved").asText());
                int durable = total * percents.get(row.path("unit").asText()) / 100;
                assertTrue(
                        row.path("pagesSent").asInt() <= total - durable + REWRITTEN,
                        () -> "of " + percents + " sent again: " + row);
            } else {
                assertEquals("ABORTED", row.path("verdict").asText(), row::toString);
                assertEquals("", row.path("cloudIntended").asText(""), row::toString);
            }
        }
        assertEquals(BAYS, passed.size());
    }

    /** At AWS. */
    private void assertExecutions() throws Exception {
        for (int board = 1; board <= BAYS; board++) {
            JsonNode execution = JSON.readTree(ask("show", thing(board), "job-" + board, "true"));
            assertEquals("SUCCEEDED", execution.path("status").asText(), execution::toString);
            assertEquals(1, execution.path("executionNumber").asInt(), execution::toString);
            long ends = StreamSupport.stream(execution.path("history").spliterator(), false)
                    .filter(entry -> entry.path("status").asText().equals("SUCCEEDED"))
                    .count();
            assertEquals(1, ends, execution::toString);
        }
    }

    /** The export is the oldest first, and says the same of each record. */
    private static void assertSame(List<JsonNode> records, String csv) {
        List<List<String>> lines = csv.lines().map(StationJobsRunIT::cells).toList();
        List<String> columns = lines.get(0);
        assertEquals(records.size() + 1, lines.size());
        for (int i = 0; i < records.size(); i++) {
            JsonNode row = records.get(records.size() - 1 - i);
            for (String column : List.of(
                    "seq",
                    "runId",
                    "unit",
                    "bay",
                    "verdict",
                    "final",
                    "thing",
                    "jobId",
                    "cloudIntended",
                    "cloudAnswered",
                    "imageHashObserved",
                    "pagesSent")) {
                JsonNode value = row.path(column);
                assertEquals(
                        value.isNull() ? "" : value.asText(),
                        lines.get(i + 1).get(columns.indexOf(column)),
                        () -> column + " of " + row);
            }
        }
    }

    private static List<String> cells(String line) {
        List<String> cells = new ArrayList<>();
        Matcher matcher = CELL.matcher(line);
        while (cells.size() <= line.length() && matcher.find()) {
            cells.add(
                    matcher.group(1) == null
                            ? matcher.group(2)
                            : matcher.group(1).replace("\"\"", "\""));
            if (matcher.end() == line.length()) {
                break;
            }
        }
        return cells;
    }
}
