package dev.fotabridge.host.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.fotabridge.host.api.Bay;
import dev.fotabridge.host.api.BayConfig;
import dev.fotabridge.host.api.BayEvent;
import dev.fotabridge.host.api.Bays;
import dev.fotabridge.host.api.FotaBridge;
import dev.fotabridge.host.api.Phase;
import dev.fotabridge.host.api.Reason;
import dev.fotabridge.host.api.UpdateRecord;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What people and programs are shown of several boards where there is no terminal. */
final class BoardsPrinterTest {
    private static final UpdateRecord DONE = UpdateRecord.early(Reason.SUCCEEDED, "It runs.");
    private static final UpdateRecord LOST = UpdateRecord.early(Reason.LINK_LOST, "It is gone.");
    private static final UpdateRecord PARTIAL = UpdateRecord.early(Reason.PARTIAL, "1 of 2 boards is done.");

    @TempDir
    Path directory;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private Bays bays;

    @BeforeEach
    void open() {
        bays = FotaBridge.open(directory, "test");
    }

    @AfterEach
    void close() {
        bays.close();
    }

    private static PrintStream stream(ByteArrayOutputStream bytes) {
        return new PrintStream(bytes, true, StandardCharsets.UTF_8);
    }

    private Bay bay(String port) {
        return bays.bay(new BayConfig(Optional.of(port), Optional.empty(), 1_000_000));
    }

    private List<String> said() {
        return err.toString(StandardCharsets.UTF_8).lines().toList();
    }

    private void story(BoardsPrinter printer) {
        EventPrinter first = printer.of(bay("dk1"));
        EventPrinter second = printer.of(bay("dk2"));
        first.board("unit-1");
        first.event(new BayEvent.PhaseEntered(Phase.TRANSFER));
        second.event(new BayEvent.Log("hello"));
        first.event(new BayEvent.Transfer(40_000, 100_000, 0, -1));
        first.result(DONE);
        second.result(LOST);
        printer.end(List.of(new BoardEnd("dk1", "unit-1", DONE), new BoardEnd("dk2", "", LOST)), PARTIAL);
    }

    @Test
    void everyLineHasItsBoardInFront() {
        story(new BoardsText(stream(err), new TextStyle(false, false), () -> 0, false));
        List<String> expected = new ArrayList<>(List.of(
                "dk1: Writing to the board",
                "dk2:   | hello",
                "dk1:    40 %  40.0 kB of 100.0 kB",
                "dk1: Done: It runs. 0.0 s in all.",
                "dk2: Error: It is gone.",
                "dk2:   Try: " + Reason.LINK_LOST.whatToTry() + " (LINK_LOST, exit code 6)"));
        assertEquals(expected, said().subList(0, 6));
        assertTrue(said().get(6).startsWith("board  unit"), said().toString());
        assertEquals("Error: 1 of 2 boards is done. (PARTIAL, exit code 20)", said().get(said().size() - 1));
    }

    @Test
    void quietPrintsErrorsAlone() {
        story(new BoardsText(stream(err), new TextStyle(false, false), () -> 0, true));
        assertEquals(
                List.of(
                        "dk2: Error: It is gone.",
                        "dk2:   Try: " + Reason.LINK_LOST.whatToTry() + " (LINK_LOST, exit code 6)",
                        "Error: 1 of 2 boards is done. (PARTIAL, exit code 20)"),
                said());
    }

    @Test
    void quietAboutWhatIsDone() {
        new BoardsText(stream(err), new TextStyle(false, false), () -> 0, true)
                .end(List.of(new BoardEnd("dk1", "", DONE)), DONE);
        assertEquals(List.of(), said());
    }

    @Test
    void everyJsonLineHasItsBayAndTheLastOneIsTheWhole() throws Exception {
        Clock clock = Clock.fixed(Instant.EPOCH, ZoneOffset.UTC);
        story(new BoardsJson(new JsonEvents(stream(out), "s1", clock), stream(err)));
        List<JsonNode> lines = new ArrayList<>();
        for (String line : out.toString(StandardCharsets.UTF_8).lines().toList()) {
            lines.add(new ObjectMapper().readTree(line));
        }
        assertEquals(6, lines.size(), lines.toString());
        assertEquals("dk1", lines.get(0).get("bay").asText());
        assertEquals("unit-1", lines.get(0).get("board").asText());
        assertEquals("dk2", lines.get(1).get("bay").asText());
        assertTrue(lines.get(1).get("board").isNull());
        assertFalse(lines.get(1).has("port"));
        assertEquals("dk2", lines.get(4).get("bay").asText());
        assertEquals("LINK_LOST", lines.get(4).get("reason").asText());
        assertTrue(lines.get(4).get("port").isNull(), "nothing has opened it");
        JsonNode whole = lines.get(5);
        assertEquals("RESULT", whole.get("type").asText());
        assertTrue(whole.get("bay").isNull() && whole.get("port").isNull());
        assertEquals("PARTIAL", whole.get("reason").asText());
        assertEquals(20, whole.get("exitCode").asInt());
        assertTrue(said().contains("dk2: Error: It is gone."), said().toString());
    }
}
