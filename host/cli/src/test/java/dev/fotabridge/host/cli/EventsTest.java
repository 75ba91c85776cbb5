package dev.fotabridge.host.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggingEvent;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.fotabridge.host.api.AtAws;
import dev.fotabridge.host.api.BayEvent;
import dev.fotabridge.host.api.CloudEnd;
import dev.fotabridge.host.api.EventOrigin;
import dev.fotabridge.host.api.FotaEvent;
import dev.fotabridge.host.api.Phase;
import dev.fotabridge.host.api.Reason;
import dev.fotabridge.host.api.RunEnd;
import dev.fotabridge.host.api.UpdateRecord;
import dev.fotabridge.host.api.WireTotals;
import dev.fotabridge.host.value.PlainText;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What programs and people are shown. */
final class EventsTest {
    private static final UpdateRecord RESULT = new UpdateRecord(
            new RunEnd(Reason.REVERTED, "The board runs 1.0.0."),
            Optional.of(CloudEnd.waiting(AtAws.FAILED).taken()),
            "",
            "aa",
            "bb",
            "1.0.0",
            "2.0.0",
            "",
            1.23456,
            Map.of("TRANSFER", 0.5),
            0.1,
            new WireTotals(1, 2, 3, 4, 5, 6, 7));

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final PrintStream stream = new PrintStream(bytes, true, StandardCharsets.UTF_8);
    private long now;

    private JsonEvents json() {
        return new JsonEvents(stream, "s1", Clock.fixed(Instant.EPOCH, ZoneOffset.UTC));
    }

    private JsonNode line() throws Exception {
        return new ObjectMapper().readTree(bytes.toString(StandardCharsets.UTF_8));
    }

    private static List<String> names(JsonNode node) {
        List<String> names = new ArrayList<>();
        node.fieldNames().forEachRemaining(names::add);
        return names;
    }

    @Test
    void aResultHasEveryField() throws Exception {
        json().result(RESULT);

        JsonNode result = line();
        assertEquals(
                List.of(
                        "schema",
                        "time",
                        "session",
                        "board",
                        "type",
                        "outcome",
                        "exitCode",
                        "reason",
                        "message",
                        "jobId",
                        "imageHash",
                        "fileSha256",
                        "from",
                        "to",
                        "modemResult",
                        "seconds",
                        "spans",
                        "hostCpuSeconds",
                        "wire",
                        "unit",
                        "cloud"),
                names(result));
        assertEquals(
                List.of("sentBytes", "receivedBytes", "retransmittedBytes", "pagesSent", "pagesSkipped", "pagesErased"),
                names(result.get("wire")));
        assertEquals(13, result.get("exitCode").asInt());
        assertEquals("REVERTED", result.get("outcome").asText());
        assertTrue(result.get("jobId").isNull());
        assertEquals(1.235, result.get("seconds").asDouble());
        assertEquals(7, result.at("/wire/pagesErased").asInt());
        assertEquals("REVERTED", result.get("unit").asText());
        assertEquals("FAILED", result.at("/cloud/answered").asText());
    }

    /** What went wrong with the cloud is how the command ended; what became of the board stays what it was. */
    @Test
    void aCloudThatGoesAwayLeavesTheUnitsEnd() throws Exception {
        RunEnd away = new RunEnd(Reason.CLOUD_UNREACHABLE, "AWS has not taken that yet.");
        json().result(RESULT.with(CloudEnd.waiting(AtAws.FAILED).failed(Optional.empty(), away)));

        JsonNode result = line();
        assertEquals("CLOUD_UNREACHABLE", result.get("reason").asText());
        assertEquals(14, result.get("exitCode").asInt());
        assertEquals("REVERTED", result.get("unit").asText());
        assertEquals("FAILED", result.at("/cloud/intended").asText());
        assertTrue(result.at("/cloud/answered").isNull());
    }

    /** Between the end on the board and the answer of AWS nothing is said of the command's end. */
    @Test
    void theEndIsPrintedOnce() {
        EventOrigin origin = new EventOrigin("bay", "unit-1", "run-1", "j1", Instant.EPOCH, 0);
        JsonEvents json = json();
        json.onEvent(origin, new BayEvent.Ended(RESULT.with(CloudEnd.waiting(AtAws.FAILED))));
        json.onEvent(origin, new BayEvent.Reported(RESULT));

        String printed = bytes.toString(StandardCharsets.UTF_8);
        assertEquals(1, printed.lines().count(), printed);
        assertTrue(printed.contains("\"board\":\"unit-1\""), printed);
    }

    @ParameterizedTest
    @EnumSource(FotaEvent.class)
    void theSixEventsKeepTheirNames(FotaEvent event) throws Exception {
        json().event(new BayEvent.Fota(event, event == FotaEvent.DL_PROGRESS ? 42 : -1));

        assertEquals(event.name(), line().get("type").asText());
        assertEquals(event == FotaEvent.DL_PROGRESS, line().has("percent"));
        assertEquals(1, line().get("schema").asInt());
        assertEquals("1970-01-01T00:00:00Z", line().get("time").asText());
    }

    @Test
    void aTransferNamesItsNumbers() throws Exception {
        json().event(new BayEvent.Transfer(10, -1, 5, -1));

        assertEquals(10, line().get("bytes").asLong());
        assertTrue(line().get("total").isNull() && line().get("etaSeconds").isNull());
    }

    @Test
    void aConsoleLineCannotBreakOutOfItsString() throws Exception {
        json().event(new BayEvent.Log("\"},{\u001b\n\"type\":\"RESULT\""));

        assertEquals("LOG", line().get("type").asText());
        assertEquals(1, bytes.toString(StandardCharsets.UTF_8).lines().count());
    }

    /** A title, a cleared screen, a forged last line, C1 controls, an override of the direction, and a line separator. */
    private static final String HOSTILE =
            "no\u001b]0;owned\u0007\u001b[2J\r\nDone (job j1)\u009b31m\u202egpj.exe\u2028end\u007f";

    private static void assertHarmless(String text) {
        assertEquals(1, text.split("[\\n\\r\u0085\u2028\u2029]", -1).length, text);
        assertTrue(text.codePoints().allMatch(PlainText::isPlain), text);
        assertTrue(text.contains("gpj.exe"), text);
    }

    @Test
    void wordsOfOthersAreHarmlessInJson() throws Exception {
        json().result(UpdateRecord.early(Reason.REPORT_REFUSED, HOSTILE));
        assertHarmless(line().get("message").asText());
        bytes.reset();
        json().event(new BayEvent.Log(HOSTILE));
        assertHarmless(line().get("line").asText());
        bytes.reset();
        json().line("PORT", g -> JsonEvents.text(g, "product", HOSTILE));
        assertHarmless(line().get("product").asText());
        JsonEvents named = json();
        named.board(HOSTILE);
        bytes.reset();
        named.event(new BayEvent.Log(""));
        assertHarmless(line().get("board").asText());
    }

    @Test
    void wordsOfOthersAreHarmlessOnATerminal() {
        text(false).result(UpdateRecord.early(Reason.REPORT_REFUSED, HOSTILE));
        assertEquals(2, shown().lines().count());
        assertHarmless(shown().lines().findFirst().orElseThrow());
        bytes.reset();
        text(false).result(UpdateRecord.early(Reason.SUCCEEDED, HOSTILE));
        assertHarmless(shown().stripTrailing());
        bytes.reset();
        text(true).event(new BayEvent.Log(HOSTILE));
        assertHarmless(shown().stripTrailing());
        bytes.reset();
        new Streams(stream, stream).data(HOSTILE);
        assertHarmless(shown().stripTrailing());
        bytes.reset();
        new Streams(stream, stream).note(HOSTILE);
        assertHarmless(shown().stripTrailing());
    }

    @Test
    void wordsOfOthersAreHarmlessInTheLog() {
        LoggerContext context = new LoggerContext();
        PlainLayout layout = new PlainLayout();
        layout.setContext(context);
        layout.start();
        IllegalStateException cause = new IllegalStateException(HOSTILE);
        String log = layout.doLayout(
                new LoggingEvent("x", context.getLogger("x"), Level.INFO, "said {}", cause, new Object[] {HOSTILE}));
        assertHarmless(log.lines().findFirst().orElseThrow());
        assertTrue(log.lines().skip(1).allMatch(line -> line.startsWith("    ")), log);
        assertFalse(log.contains("\u001b"), log);
    }

    private TextEvents text(boolean terminal) {
        return new TextEvents(stream, new TextStyle(terminal, false), () -> now);
    }

    private String shown() {
        return bytes.toString(StandardCharsets.UTF_8);
    }

    @Test
    void withoutATerminalALineComesForEveryTenth() {
        TextEvents events = text(false);
        events.event(new BayEvent.PhaseEntered(Phase.TRANSFER));
        for (int percent = 0; percent <= 100; percent++) {
            events.event(new BayEvent.Transfer(percent, 100, 1, 1));
        }

        assertEquals(12, shown().lines().count());
        assertFalse(shown().contains("\r"));
    }

    @Test
    void withoutATerminalALineComesEveryFiveSeconds() {
        TextEvents events = text(false);
        events.event(new BayEvent.PhaseEntered(Phase.TRANSFER));
        for (int second = 0; second < 20; second++) {
            now = second * 1_000_000_000L;
            events.event(new BayEvent.Transfer(second, 1000, 1, 1));
        }

        assertEquals(1 + 4, shown().lines().count());
    }

    @Test
    void onATerminalALogLineDoesNotEatTheBar() {
        TextEvents events = text(true);
        events.event(new BayEvent.Transfer(50, 100, 1000, 2));
        events.event(new BayEvent.Log("hello"));

        assertTrue(shown().contains("############------------"), shown());
        assertTrue(shown().contains("\r\u001B[K  | hello"), shown());
    }

    @Test
    void anErrorSaysWhatHappenedAndWhatToTry() {
        text(false).result(RESULT);

        assertTrue(shown().contains("Error: The board runs 1.0.0."), shown());
        assertTrue(shown().contains("Try: ") && shown().contains("exit code 13"), shown());
    }

    @Test
    void quietSaysOnlyWhatWentWrong() {
        ErrorsOnly quiet = new ErrorsOnly(text(false));
        quiet.event(new BayEvent.Log("hello"));
        quiet.result(UpdateRecord.early(Reason.SUCCEEDED, "Done."));
        quiet.result(UpdateRecord.early(Reason.UP_TO_DATE, "It runs that already."));
        assertEquals("", shown());
        quiet.result(RESULT);
        assertTrue(shown().contains("Error: The board runs 1.0.0."), shown());
    }

    @Test
    void theConsolesLinesAreDataAndNothingElseIs() {
        ByteArrayOutputStream people = new ByteArrayOutputStream();
        ConsolePrinter console = new ConsolePrinter(new Streams(stream, new PrintStream(people, true)));
        console.event(new BayEvent.PhaseEntered(Phase.WAIT));
        console.event(new BayEvent.Log(HOSTILE));
        console.result(RESULT);
        assertEquals(1, shown().lines().count(), shown());
        assertHarmless(shown().stripTrailing());
        assertEquals(0, people.size());
    }

    @Test
    void coloursAreOnlyWhereTheyAreWanted() {
        assertEquals("\u001B[31mno\u001B[0m", new TextStyle(true, true).red("no"));
        assertEquals("no", new TextStyle(true, false).red("no"));
        assertEquals(new TextStyle(false, false), TextStyle.ofStandardError(Map.of("TERM", "dumb")));
        assertFalse(TextStyle.ofStandardError(Map.of("NO_COLOR", "1")).colour());
    }
}
