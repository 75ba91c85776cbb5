package dev.fotabridge.station.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fotabridge.host.api.Reason;
import dev.fotabridge.station.bay.BayState;
import dev.fotabridge.station.config.ListenAddress;
import dev.fotabridge.station.control.FakeStation;
import dev.fotabridge.station.control.StationRecord;
import dev.fotabridge.station.text.RecordFields;
import dev.fotabridge.station.verdict.Verdict;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The server by its API, over real sockets, with a station that has no boards. */
@Tag("real")
final class StationServerIT {
    private static final ListenAddress LISTEN = new ListenAddress("127.0.0.1", 0);
    private static final String TOKEN = "a-token-of-a-test";

    private final FakeStation station = new FakeStation(3);
    private StationServer server;
    private StationClient client;

    @BeforeEach
    void start() throws IOException {
        server = StationServer.start(station, HttpSettings.local(0).withToken(TOKEN));
        client = new StationClient(server);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private static void expect(int status, String code, HttpResponse<String> response) throws IOException {
        assertEquals(status, response.statusCode(), response::body);
        JsonNode answer = StationClient.json(response);
        assertEquals(code, answer.path("code").asText());
        assertEquals(status, answer.path("status").asInt());
    }

    @Test
    void aStartIsTakenOnceByItsKey() throws Exception {
        station.change(1, bay -> bay.ready("A-1"));
        HttpResponse<String> first = client.start(1, "key-1", "{\"after\":null}");
        expect(202, "ACCEPTED", first);
        assertEquals(first.body(), client.start(1, "key-1", "{\"after\":null}").body());
        expect(422, "KEY_OF_ANOTHER_BAY", client.start(2, "key-1", "{}"));
        expect(409, "RUN_SINCE", client.start(1, "key-2", "{\"after\":null}"));
        assertTrue(station.asked.get(0).contains("after=Optional[], isEngineer=false"), () -> station.asked.get(0));
    }

    @Test
    void aStartThatSaysTooLittleOrTooMuchIsRefused() throws Exception {
        expect(400, "NO_KEY", client.post("/api/v1/bays/1/start", "{}"));
        expect(400, "NO_KEY", client.start(1, "k".repeat(65), "{}"));
        expect(400, "BAD_REQUEST", client.start(1, "key", "{\"force\":true}"));
        expect(404, "NO_SUCH_BAY", client.start(4, "key", "{}"));
        expect(404, "NO_SUCH_BAY", client.post("/api/v1/bays/one/abort", ""));
        expect(409, "NO_BOARD", client.start(1, "key", "{}"));
        assertEquals(1, station.asked.size(), "only the last one reached the station");
    }

    @Test
    void commandsReachTheStation() throws Exception {
        expect(202, "ACCEPTED", client.post("/api/v1/bays/2/abort", "{\"runId\":\"run-7\"}"));
        station.change(1, bay -> bay.state = BayState.NEEDS_SCAN);
        HttpResponse<String> scan = client.post("/api/v1/scan", "{\"text\":\"SN-1\"}");
        expect(200, "SCANNED", scan);
        assertEquals(1, StationClient.json(scan).path("bay").asInt());
        expect(409, "NOBODY_WAITS", client.post("/api/v1/scan", "{\"text\":\"SN-1\",\"bay\":2}"));
        assertEquals(List.of("abort 2 run-7", "scan SN-1 Optional.empty", "scan SN-1 Optional[2]"), station.asked);
    }

    @Test
    void engineersActionsNeedASession() throws Exception {
        expect(401, "LOGIN_NEEDED", client.post("/api/v1/bays/1/unlock", ""));
        expect(401, "WRONG_TOKEN", client.logIn("not-the-token-at-all"));
        HttpResponse<String> login = client.logIn(TOKEN);
        expect(200, "LOGGED_IN", login);
        String cookie = login.headers().firstValue("Set-Cookie").orElseThrow();
        assertTrue(cookie.contains("HttpOnly") && cookie.contains("SameSite=Strict"), cookie);
        assertFalse(cookie.contains(TOKEN), cookie);
        assertTrue(StationClient.json(client.get("/api/v1/session"))
                .path("engineer")
                .asBoolean());
        expect(200, "UNLOCKED", client.post("/api/v1/bays/1/unlock", ""));
        expect(200, "RESUMED", client.post("/api/v1/resume", ""));
        expect(200, "RELOADED", client.post("/api/v1/reload", ""));
        station.change(1, bay -> bay.ready("A-1"));
        client.start(1, "key-1", "{}");
        assertTrue(station.asked.get(1).contains("isEngineer=true"), () -> station.asked.get(1));
        expect(200, "LOGGED_OUT", client.post("/logout", ""));
        expect(401, "LOGIN_NEEDED", client.post("/api/v1/bays/1/unlock", ""));
    }

    @Test
    void tokensAreNotGuessed() throws Exception {
        for (int i = 1; i < EngineerSessions.WRONG_A_MINUTE; i++) {
            expect(401, "WRONG_TOKEN", client.logIn("guess-" + i));
        }
        expect(429, "TOO_MANY_TRIES", client.logIn("guess"));
        expect(429, "TOO_MANY_TRIES", client.logIn(TOKEN));
    }

    @Test
    void withoutATokenEngineersActionsAreOffAndSaySo() throws Exception {
        try (StationServer open = StationServer.start(station, HttpSettings.local(0))) {
            StationClient other = new StationClient(open);
            expect(403, "NO_TOKEN", other.post("/api/v1/resume", ""));
            expect(403, "NO_TOKEN", other.logIn(TOKEN));
            assertFalse(StationClient.json(other.get("/api/v1/session"))
                    .path("engineerOffered")
                    .asBoolean());
        }
    }

    @Test
    void recordsComeInPagesAndAsCsv() throws Exception {
        for (int i = 1; i <= 5; i++) {
            station.store(1, "A-" + i, i == 3 ? Verdict.FAIL : Verdict.PASS, Reason.SUCCEEDED);
        }
        JsonNode page = StationClient.json(client.get("/api/v1/records?limit=2"));
        assertEquals(5, page.path("records").path(0).path("seq").asInt());
        assertEquals(4, page.path("next").asInt());
        JsonNode last = StationClient.json(client.get("/api/v1/records?limit=3&before=4"));
        assertEquals(3, last.path("records").size());
        assertTrue(last.path("next").isNull());
        JsonNode failed = StationClient.json(client.get("/api/v1/records?search=A-3&bay=1"));
        assertEquals(1, failed.path("records").size());
        List<String> csv = client.get("/api/v1/records.csv").body().lines().toList();
        assertEquals(6, csv.size());
        assertEquals(String.join(",", RecordFields.names(StationRecord.class)), csv.get(0));
        expect(400, "BAD_REQUEST", client.get("/api/v1/records?limit=501"));
    }

    @Test
    void aCorrectionNeedsAnEngineerAndAReason() throws Exception {
        String body = "{\"field\":\"unit\",\"value\":\"A-9\",\"why\":\"label misread\",\"who\":\"N. N.\"}";
        expect(401, "LOGIN_NEEDED", client.post("/api/v1/records/1/correct", body));
        client.logIn(TOKEN);
        expect(400, "BAD_REQUEST", client.post("/api/v1/records/1/correct", "{\"field\":\"unit\"}"));
        expect(404, "NO_SUCH_RECORD", client.post("/api/v1/records/first/correct", body));
        expect(200, "CORRECTED", client.post("/api/v1/records/1/correct", body));
        assertEquals(
                List.of("RecordCorrection[seq=1, field=unit, value=A-9, why=label misread, who=N. N.]"), station.asked);
    }

    @Test
    void recordsThatCannotBeReadAreSaidToBeSo() throws Exception {
        station.store(1, "A-1", Verdict.PASS, Reason.SUCCEEDED);
        station.readable = 0;
        expect(503, "NOT_READABLE", client.get("/api/v1/records"));
        expect(503, "NOT_READABLE", client.get("/api/v1/records.csv"));
    }

    /** A file that is cut must not look whole: the connection ends without the last chunk. */
    @Test
    void anExportThatFailsOnTheWayIsCut() throws Exception {
        for (int i = 0; i < 500; i++) {
            station.store(1, "A-" + i, Verdict.PASS, Reason.SUCCEEDED);
        }
        assertEquals(501, client.get("/api/v1/records.csv").body().lines().count());
        station.readable = 499;
        assertThrows(IOException.class, () -> client.get("/api/v1/records.csv"));
    }

    @Test
    void readinessSaysWhatIsWrong() throws Exception {
        assertEquals("{\"status\":\"UP\"}", client.get("/health").body());
        assertEquals(200, client.get("/ready").statusCode());
        station.troubles.add("Less than 256 MiB are free.");
        HttpResponse<String> ready = client.get("/ready");
        assertEquals(503, ready.statusCode());
        assertEquals("{\"ready\":false,\"stopped\":null,\"troubles\":[\"Less than 256 MiB are free.\"]}", ready.body());
    }

    @Test
    void whatIsNotThereIsRefusedInTheSameForm() throws Exception {
        expect(404, "HTTP_404", client.get("/api/v2/bays"));
        expect(405, "HTTP_405", client.post("/api/v1/bays", "{}"));
        expect(404, "NOT_FOUND", client.get("/page/index.html"));
    }

    @Test
    void aBodyIsBounded() throws Exception {
        String large = "{\"text\":\"" + "a".repeat(StationServer.LARGEST_BODY_BYTES) + "\"}";
        expect(413, "HTTP_413", client.post("/api/v1/scan", large));
        expect(400, "BAD_REQUEST", client.post("/api/v1/scan", "{\"text\":\"" + "a".repeat(257) + "\"}"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Host: rebound.example", "Host: 127.0.0.1:%1$d\r\nOrigin: http://evil.example"})
    void aForeignPageGetsNothing(String headers) throws Exception {
        String answer = RawRequest.send(
                server.port(),
                "GET /api/v1/bays HTTP/1.1",
                headers.replace("%1$d", Integer.toString(server.port())),
                "Connection: close");
        assertTrue(answer.startsWith("HTTP/1.1 403"), answer);
        assertTrue(answer.contains("_NOT_ALLOWED"), answer);
    }

    @Test
    void aNameOfTheProxyIsAnswered() throws Exception {
        HttpSettings settings = new HttpSettings(LISTEN, Set.of("station.plant.example"), "", Optional.empty());
        try (StationServer open = StationServer.start(station, settings)) {
            String answer = RawRequest.send(
                    open.port(), "GET /health HTTP/1.1", "Host: station.plant.example", "Connection: close");
            assertTrue(answer.startsWith("HTTP/1.1 200"), answer);
        }
    }

    @Test
    void thePageMayLoadNothingFromElsewhere() throws Exception {
        for (String path : List.of("/", "/bays/2", "/records", "/login")) {
            HttpResponse<String> page = client.get(path);
            assertEquals(200, page.statusCode());
            String policy = page.headers().firstValue("Content-Security-Policy").orElseThrow();
            assertTrue(policy.startsWith("default-src 'none'"), policy);
            assertFalse(policy.contains("unsafe"), policy);
            assertFalse(page.body().contains("://"), "the page names another host");
        }
        HttpResponse<String> module = client.get("/page/station.js");
        assertEquals(
                "text/javascript; charset=utf-8",
                module.headers().firstValue("Content-Type").orElseThrow());
        assertFalse(module.headers().map().containsKey("Server"));
        assertFalse(module.body().contains("://"), "the module names another host");
        assertEquals(404, client.get("/page/index.html").statusCode());
    }

    @Test
    void aPortThatIsTakenIsNamed() {
        IOException problem =
                assertThrows(IOException.class, () -> StationServer.start(station, HttpSettings.local(server.port())));
        assertTrue(problem.getMessage().contains("Port " + server.port() + " of 127.0.0.1"), problem::getMessage);
    }

    @Test
    void settingsThatWouldOpenTheStationAreRefused() {
        assertThrows(
                IllegalArgumentException.class,
                () -> new HttpSettings(new ListenAddress("0.0.0.0", 0), Set.of(), "", Optional.empty()));
        assertThrows(IllegalArgumentException.class, () -> HttpSettings.local(0).withToken("short"));
        assertFalse(HttpSettings.local(0).withToken(TOKEN).toString().contains(TOKEN));
    }

    @Test
    void aTranslationReplacesTexts(@TempDir Path directory) throws Exception {
        Path file = Files.writeString(directory.resolve("de.json"), "{\"bay\":\"Platz\"}");
        HttpSettings settings = new HttpSettings(LISTEN, Set.of(), "", Optional.of(file));
        try (StationServer german = StationServer.start(station, settings)) {
            String texts = new StationClient(german).get("/page/texts.json").body();
            assertTrue(texts.contains("\"bay\":\"Platz\"") && texts.contains("\"verdict.PASS\":\"PASS\""), texts);
        }
    }
}
