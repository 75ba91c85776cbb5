package dev.fotabridge.host.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.fotabridge.fixtures.device.VirtualDk;
import dev.fotabridge.fixtures.device.VirtualDkOptions;
import dev.fotabridge.station.release.ReleaseFolderWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A station as a process, driven by its API: killed in the middle, started again, ended by a signal. */
@Tag("real")
final class StationRunIT {
    private static final int LIMIT_SECONDS = 60;
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path directory;

    private final HttpClient http = HttpClient.newHttpClient();
    private VirtualDk board;

    @BeforeEach
    void place() throws Exception {
        Path home = Files.createDirectory(directory.resolve("board"));
        board = VirtualDk.start(VirtualDkOptions.in(home).with("--swap-time", "short", "--unit-id", "unit-1"));
        Path image = World.image().build().writeTo(directory.resolve("app_update.bin"));
        ReleaseFolderWriter.create(
                new ReleaseFolderWriter.Approval(image, "2.0.0", Optional.empty(), Optional.empty()),
                directory.resolve("release"));
        Files.writeString(directory.resolve("station.yaml"), """
                station: line-1
                listen: 127.0.0.1:0
                stateDirectory: state
                release: release
                start: button
                bays:
                  - {bay: 1, port: %s}
                """.formatted(board.link()));
    }

    @AfterEach
    void remove() {
        board.close();
    }

    private HostProcess station() throws Exception {
        return HostProcess.start(
                directory,
                List.of(
                        "station",
                        "run",
                        "--json",
                        "--config",
                        directory.resolve("station.yaml").toString()));
    }

    private static String ready(HostProcess station) {
        return station.awaitEvent(
                        LIMIT_SECONDS, event -> event.path("type").asText().equals("READY"))
                .path("url")
                .asText();
    }

    private JsonNode get(String url) throws Exception {
        return JSON.readTree(http.send(HttpRequest.newBuilder(URI.create(url)).build(), BodyHandlers.ofString())
                .body());
    }

    private JsonNode start(String url, String key) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(url + "api/v1/bays/1/start"))
                .header("Idempotency-Key", key)
                .POST(HttpRequest.BodyPublishers.noBody())
                .build();
        return JSON.readTree(http.send(request, BodyHandlers.ofString()).body());
    }

    private JsonNode awaitBay(String url, Predicate<JsonNode> wanted) throws Exception {
        Awaitility.await().atMost(LIMIT_SECONDS, TimeUnit.SECONDS).until(() -> wanted.test(bay(url)));
        return bay(url);
    }

    private JsonNode bay(String url) throws Exception {
        return get(url + "api/v1/bays").at("/bays/0");
    }

    @Test
    void killedInTheMiddleItEndsTheRunAtItsNextStart() throws Exception {
        String run;
        try (HostProcess station = station()) {
            String url = ready(station);
            awaitBay(url, bay -> bay.path("state").asText().equals("READY"));
            run = start(url, "k1").path("runId").asText();
            awaitBay(url, bay -> bay.path("percent").asInt() > 5);
            station.kill();
        }
        try (HostProcess station = station()) {
            String url = ready(station);
            assertEquals("ABORTED", bay(url).path("verdict").asText(), "before anybody looks");
            assertEquals(run, start(url, "k1").path("runId").asText(), "the same start");
            awaitBay(url, bay -> bay.path("state").asText().equals("ENDED"));
            start(url, "k2");
            JsonNode ended = awaitBay(url, bay -> bay.path("verdict").asText().equals("PASS"));
            assertEquals("unit-1", ended.at("/identity/unit").asText());
            JsonNode records = get(url + "api/v1/records").path("records");
            assertEquals(2, records.size(), records.toString());
            assertEquals(
                    records.at("/0/imageHash").asText(),
                    records.at("/0/imageHashObserved").asText());

            try (HostProcess second = station()) {
                assertEquals(3, second.await(LIMIT_SECONDS), second::toString);
                assertTrue(second.result().path("message").asText().contains("Another station uses"), second::toString);
            }
            station.signal("TERM");
            assertEquals(130, station.await(LIMIT_SECONDS), station::toString);
            assertEquals("INTERRUPTED", station.result().path("reason").asText());
        }
    }
}
