package dev.fotabridge.host.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.fotabridge.host.api.Reason;
import dev.fotabridge.station.control.StationRecord;
import dev.fotabridge.station.text.RecordFields;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class StationRecordsCommandTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path directory;

    private final Map<String, String> environment = new HashMap<>();
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @BeforeEach
    void play() throws Exception {
        Files.writeString(
                directory.resolve("station.yaml"),
                "station: a\nrelease: r\nstateDirectory: state\nbays: [{bay: 1, port: /dev/nothing}]\n");
        try (SomeLedger ledger = SomeLedger.open(directory.resolve("state"))) {
            ledger.begin("r1", 1, "4F00-1");
            ledger.end("r1", Reason.SUCCEEDED);
            ledger.begin("r2", 2, "4F00-2");
            ledger.tryAgain("r2");
            ledger.end("r2", Reason.SUCCEEDED);
            ledger.begin("r3", 1, "5000-3");
        }
    }

    private int run(String... arguments) {
        return run(new PrintStream(out, true, StandardCharsets.UTF_8), false, arguments);
    }

    private int run(PrintStream to, boolean piped, String... arguments) {
        out.reset();
        err.reset();
        environment.put("HOME", directory.toString());
        List<String> words = new ArrayList<>(List.of("station", "records"));
        words.addAll(List.of(arguments));
        return Main.run(
                words.toArray(String[]::new),
                environment,
                new Streams(to, new PrintStream(err, true, StandardCharsets.UTF_8), piped));
    }

    private int runHere(String... arguments) {
        List<String> words = new ArrayList<>(List.of(arguments));
        words.addAll(List.of("--config", directory.resolve("station.yaml").toString()));
        return run(words.toArray(String[]::new));
    }

    private String out() {
        return out.toString(StandardCharsets.UTF_8);
    }

    private String err() {
        return err.toString(StandardCharsets.UTF_8);
    }

    private List<JsonNode> events() throws IOException {
        List<JsonNode> events = new ArrayList<>();
        for (String line : out().lines().toList()) {
            events.add(JSON.readTree(line));
        }
        return events;
    }

    @Test
    void theNewestRecordsAreListedFirst() {
        assertEquals(0, runHere("list"), this::err);
        List<String> lines = out().lines().toList();
        assertEquals(5, lines.size(), this::out);
        assertTrue(lines.get(0).startsWith("seq  started"), this::out);
        assertTrue(lines.get(1).matches("4 .*running.*5000-3"), this::out);
        assertTrue(lines.get(3).matches("2 .*  1 +\\(FAIL\\) +NO_ANSWER +2\\.0\\.0 +4F00-2"), this::out);
        lines.forEach(line -> assertTrue(line.length() <= 100, line));

        assertEquals(0, runHere("list", "--limit", "1"), this::err);
        assertTrue(err().contains("--before 4"), this::err);
        assertEquals(0, runHere("list", "--limit", "1", "--before", "4"), this::err);
        assertTrue(out().lines().toList().get(1).startsWith("3 "), this::out);
        assertEquals(0, runHere("list", "--limit", "4"), this::err);
        assertEquals("", err(), "there are no older ones");
    }

    @Test
    void recordsAreSearchedAsByTheApi() throws Exception {
        assertEquals(0, runHere("list", "--search", "4F00", "--bay", "2", "--json"), this::err);
        List<JsonNode> events = events();
        assertEquals(
                List.of("RECORD", "RECORD", "RESULT"),
                events.stream().map(event -> event.path("type").asText()).toList());
        for (String field : RecordFields.names(StationRecord.class)) {
            assertTrue(events.get(0).has(field), field);
        }
        assertEquals(20.0, events.get(0).path("seconds").asDouble());
        assertEquals(3.5, events.get(0).at("/phases/TRANSFER").asDouble());
        assertTrue(events.get(0).path("thing").isNull());
        assertEquals(0, runHere("list", "--search", "none"));
        assertEquals("", out());
        assertTrue(err().contains("no such record"), this::err);
    }

    @ParameterizedTest
    @CsvSource({"--limit,0", "--limit,501", "--bay,0", "--before,0"})
    void numbersAreBounded(String option, String value) {
        assertEquals(3, runHere("list", option, value));
        assertTrue(err().contains(option + " is " + value), this::err);
    }

    @Test
    void aSearchIsBounded() {
        assertEquals(3, runHere("list", "--search", "x".repeat(129)));
    }

    @Test
    void aRecordIsShownWithItsOtherAttemptsAndCorrections() throws Exception {
        assertEquals(
                0,
                runHere("correct", "2", "--field", "lot", "--value", "LOT-4", "--why", "misread", "--who", "eve"),
                this::err);
        assertEquals(0, runHere("show", "r2"), this::err);
        assertTrue(out().contains("LOT-4  (misread; eve, "), this::out);
        assertTrue(out().matches("(?s).*\nlot +LOT-3\n.*"), "the record stays: " + out());
        assertTrue(out().matches("(?s).*Other attempts of this run:\n.*\n2 .*"), this::out);
        assertFalse(out().contains("\nthing"), "what is not known is left out: " + out());

        assertEquals(0, runHere("show", "r2-1", "--json"), this::err);
        JsonNode record = events().get(0);
        assertEquals(2, record.path("seq").asInt());
        assertEquals(3, record.at("/otherAttempts/0/seq").asInt());
        assertEquals("eve", record.at("/corrections/0/who").asText());
        assertEquals("lot", record.at("/corrections/0/field").asText());
    }

    @Test
    void whatWasDoneBesideRunsIsListed() throws Exception {
        assertEquals(0, runHere("actions"), this::err);
        assertTrue(err().contains("Nothing was done yet."), this::err);
        try (SomeLedger ledger = SomeLedger.open(directory.resolve("state"))) {
            ledger.unlock(2);
        }
        runHere("correct", "r1", "--field", "lot", "--value", "", "--why", "misread", "--who", "eve");
        assertEquals(0, runHere("actions"), this::err);
        List<String> lines = out().lines().toList();
        assertTrue(lines.get(0).endsWith("  eve         CORRECTED  lot of run r1 is (empty)  (misread)"), this::out);
        assertTrue(lines.get(1).endsWith("  engineer    UNLOCKED   bay 2"), this::out);
        assertEquals(0, runHere("actions", "--json", "--limit", "1"), this::err);
        assertEquals("CORRECTED", events().get(0).path("action").asText());
        assertEquals(2, events().size());
        assertEquals(3, runHere("actions", "--limit", "501"));
    }

    @Test
    void aRecordThatIsNotThereIsWrongUsage() {
        assertEquals(2, runHere("show", "99"));
        assertTrue(err().contains("There is no record '99'"), this::err);
    }

    @ParameterizedTest
    @CsvSource({"verdict,why,who", "lot,'',who", "lot,why,' '"})
    void aCorrectionThatCannotBeIsRefused(String field, String why, String who) throws Exception {
        assertEquals(2, runHere("correct", "1", "--field", field, "--value", "x", "--why", why, "--who", who));
        assertEquals(0, runHere("show", "1", "--json"));
        assertTrue(events().get(0).path("corrections").isEmpty());
    }

    @Test
    void anExportIsAFileThatIsWholeOrNotThere() throws Exception {
        Path file = directory.resolve("records.csv");
        Files.writeString(file, "older");
        assertEquals(0, runHere("export", "--output", file.toString()), this::err);
        List<String> lines = Files.readAllLines(file);
        assertEquals(5, lines.size());
        assertEquals(String.join(",", RecordFields.names(StationRecord.class)), lines.get(0));
        assertTrue(lines.get(1).contains("Zoë") && lines.get(1).contains(",'=label,"), lines.get(1));
        assertTrue(err().contains("4 records are in " + file), this::err);
        try (Stream<Path> files = Files.list(directory)) {
            assertTrue(files.noneMatch(left -> left.toString().endsWith(".part")));
        }
        assertEquals(0, runHere("export"), this::err);
        assertEquals(Files.readString(file), out(), "the same to standard output");

        assertEquals(
                16,
                runHere("export", "--output", directory.resolve("no/where.csv").toString()));
        assertEquals(3, runHere("export", "--output", directory.toString()), this::err);
        assertEquals(3, runHere("export", "--output", "/dev/null"), this::err);
    }

    @Test
    void anExportAsJsonHasAnObjectALine() throws Exception {
        assertEquals(0, runHere("export", "--format", "json"), this::err);
        assertEquals(4, events().size());
        assertEquals(1, events().get(0).path("seq").asInt());
        assertFalse(events().get(0).has("type"), "as in the API");
        assertEquals(0, runHere("export", "--json"), this::err);
        assertEquals("RECORD", events().get(0).path("type").asText());
        assertEquals("RESULT", events().get(4).path("type").asText());
        assertEquals(2, runHere("export", "--json", "--format", "csv"));
        Path file = directory.resolve("records.json");
        assertEquals(0, runHere("export", "--json", "--format", "json", "--output", file.toString()), this::err);
        assertEquals(4, events().get(0).path("records").asInt());
        assertEquals(4, Files.readAllLines(file).size());
    }

    /** Takes nothing, as a full disk, or as a pipe whose reader has gone. */
    private static final class Full extends OutputStream {
        @Override
        public void write(int b) throws IOException {
            throw new IOException("No space left on device");
        }
    }

    @Test
    void anExportThatIsNotTakenHasTheExitCodeOfEveryCommand() {
        String[] words = {"export", "--state-dir", directory.resolve("state").toString()};
        assertEquals(16, run(new PrintStream(new Full(), true), false, words), this::err);
        assertEquals(0, run(new PrintStream(new Full(), true), true, words), this::err);
    }

    @Test
    void theStateDirectoryIsThatOfTheFileUnlessItIsNamed() throws Exception {
        SomeLedger.open(directory.resolve("other")).close();
        environment.put("FOTA_BRIDGE_STATE_DIR", directory.resolve("nowhere").toString());
        assertEquals(0, runHere("list"), this::err);
        assertEquals(
                0, runHere("list", "--state-dir", directory.resolve("other").toString()), this::err);
        assertTrue(err().contains("no such record"), this::err);
        environment.clear();
        assertEquals(2, run("list"));
        assertTrue(err().contains("--config"), this::err);
    }

    @Test
    void aLedgerThatIsMissingOrDamagedIsSaid() throws Exception {
        assertEquals(3, run("list", "--state-dir", directory.toString()));
        assertTrue(err().contains("There is no ledger in " + directory), this::err);
        Files.writeString(directory.resolve("state/ledger.sqlite"), "no database");
        assertEquals(16, runHere("export"));
        assertTrue(err().contains("is damaged"), this::err);
        assertEquals("", out());
    }
}
