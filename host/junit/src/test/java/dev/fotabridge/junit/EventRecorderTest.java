package dev.fotabridge.junit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.fotabridge.host.api.BayEvent;
import dev.fotabridge.host.api.EventOrigin;
import dev.fotabridge.host.api.FotaEvent;
import dev.fotabridge.host.api.Phase;
import dev.fotabridge.host.api.Reason;
import dev.fotabridge.host.api.UpdateRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EventRecorderTest {
    private static final EventOrigin ORIGIN =
            new EventOrigin("/dev/ttyACM0", "dk-1", "ab-1", "", Instant.parse("2026-11-30T16:00:00.1234Z"), 5);

    @TempDir
    Path directory;

    private static JsonNode read(String line) throws IOException {
        return new ObjectMapper().readTree(line);
    }

    @Test
    void eventsAreLinesAndTheConsolesGoToItsRecorder() throws IOException {
        Path file = directory.resolve("events.jsonl");
        ConsoleRecorder console = new ConsoleRecorder(directory.resolve("console.log"));
        try (EventRecorder events = new EventRecorder(file, console)) {
            events.onEvent(ORIGIN, new BayEvent.Log("from the board", true));
            events.onEvent(ORIGIN, new BayEvent.Log("from the library"));
            events.beginTest();
            assertEquals(2, events.lines().size());
            events.beginTest();
            events.onEvent(ORIGIN, new BayEvent.PhaseEntered(Phase.VERIFY));
            events.onEvent(ORIGIN, new BayEvent.Transfer(1, 2, 3, 4));
            events.onEvent(ORIGIN, new BayEvent.BoardSeen("dk-1"));
            events.onEvent(ORIGIN, new BayEvent.Fota(FotaEvent.DL_PROGRESS, 50));
            events.onEvent(ORIGIN, new BayEvent.Ended(UpdateRecord.early(Reason.LINK_LOST, "Gone.")));
            assertEquals(5, events.lines().size());
        }
        console.close();
        assertEquals(List.of("from the board"), console.lines());

        List<String> lines = Files.readAllLines(file);
        JsonNode log = read(lines.get(0));
        assertEquals("2026-11-30T16:00:00.123Z", log.get("time").asText());
        assertEquals("dk-1", log.get("board").asText());
        assertEquals("LOG", log.get("type").asText());
        assertEquals("from the board", log.get("line").asText());
        assertEquals("VERIFY", read(lines.get(2)).get("phase").asText());
        assertEquals("PHASE", read(lines.get(2)).get("type").asText());
        assertEquals(3, read(lines.get(3)).get("bytesPerSecond").asInt());
        assertEquals("BOARD_SEEN", read(lines.get(4)).get("type").asText());
        assertEquals("DL_PROGRESS", read(lines.get(5)).get("type").asText());
        JsonNode result = read(lines.get(6));
        assertEquals("RESULT", result.get("type").asText());
        assertEquals(6, result.get("exitCode").asInt());
        assertEquals(0, result.get("wire").get("sentBytes").asInt());
    }
}
