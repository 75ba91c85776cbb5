package dev.fotabridge.station.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import dev.fotabridge.host.api.PortReport;
import dev.fotabridge.host.api.Reason;
import dev.fotabridge.station.bay.BayState;
import dev.fotabridge.station.bay.UnitIdentity;
import dev.fotabridge.station.control.BayLine;
import dev.fotabridge.station.control.BayView;
import dev.fotabridge.station.control.CommandAnswer;
import dev.fotabridge.station.control.FakeStation;
import dev.fotabridge.station.control.RecordPage;
import dev.fotabridge.station.control.StationCounts;
import dev.fotabridge.station.control.StationRecord;
import dev.fotabridge.station.control.StationView;
import dev.fotabridge.station.place.UnmappedPort;
import dev.fotabridge.station.text.RecordFields;
import dev.fotabridge.station.verdict.Verdict;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The description of the API and the server agree: every route, every status that a route may answer, every field, both ways. */
@Tag("real")
final class OpenApiIT {
    private static final List<Class<? extends Record>> RECORDS = List.of(
            StationView.class,
            StationCounts.class,
            BayView.class,
            UnitIdentity.class,
            BayLine.class,
            CommandAnswer.class,
            UnmappedPort.class,
            PortReport.class,
            RecordPage.class,
            StationRecord.class);

    private final FakeStation station = new FakeStation(2);
    private StationServer server;
    private StationClient client;
    private JsonNode description;

    @BeforeEach
    void start() throws Exception {
        server = StationServer.start(station, HttpSettings.local(0).withToken("a-token-of-a-test"));
        client = new StationClient(server);
        description = new ObjectMapper(new YAMLFactory())
                .readTree(client.get("/api/v1/openapi.yaml").body());
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private JsonNode schema(String name) {
        return description.path("components").path("schemas").path(name);
    }

    private static Set<String> names(JsonNode object) {
        Set<String> names = new TreeSet<>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }

    @Test
    void everyRouteIsDescribedAndEveryDescribedRouteIsThere() {
        Set<String> described = new TreeSet<>();
        description
                .path("paths")
                .properties()
                .forEach(path -> path.getValue()
                        .fieldNames()
                        .forEachRemaining(method -> described.add(method + " " + path.getKey())));
        Set<String> served = server.routes().stream()
                .map(route -> route.method().name().toLowerCase(java.util.Locale.ROOT) + " " + route.path())
                .collect(Collectors.toCollection(TreeSet::new));
        assertEquals(described, served);
        assertTrue(served.size() > 20);
    }

    @Test
    void engineersRoutesAreMarked() {
        Set<String> marked = new TreeSet<>();
        description.path("paths").properties().forEach(path -> {
            if (path.getValue().path("post").has("security")) {
                marked.add(path.getKey());
            }
        });
        assertEquals(
                marked,
                server.routes().stream()
                        .filter(route -> route.access() == ApiRoute.Access.ENGINEER)
                        .map(ApiRoute::path)
                        .collect(Collectors.toCollection(TreeSet::new)));
    }

    @Test
    void everyRecordHasItsFields() {
        for (Class<? extends Record> type : RECORDS) {
            assertEquals(
                    new TreeSet<>(RecordFields.names(type)),
                    names(schema(type.getSimpleName()).path("properties")),
                    type.getSimpleName());
        }
    }

    @Test
    void everyWordOfAnEnumIsThere() {
        assertEquals(words(Verdict.values()), words(schema("Verdict").path("enum")));
        assertEquals(words(BayState.values()), words(schema("BayState").path("enum")));
    }

    private static List<String> words(Enum<?>[] values) {
        return Arrays.stream(values).map(Enum::name).toList();
    }

    private static List<String> words(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false)
                .map(JsonNode::asText)
                .toList();
    }

    /** What the server sends, field by field, against the schema that the description names for that route. */
    @ParameterizedTest
    @CsvSource({
        "/api/v1/bays, 200",
        "/api/v1/bays/1, 200",
        "/api/v1/unmapped, 200",
        "/api/v1/session, 200",
        "/api/v1/records?limit=2, 200",
        "/health, 200",
        "/ready, 200",
        "/api/v1/bays/9, 404",
        "/api/v1/records?limit=0, 400"
    })
    void answersAreAsDescribed(String path, int status) throws Exception {
        station.line(1, false, "A board is there.");
        station.change(1, bay -> bay.ready("A-1"));
        for (int i = 0; i < 3; i++) {
            station.store(1, "A-" + i, Verdict.PASS, Reason.SUCCEEDED);
        }
        var response = client.get(path);
        assertEquals(status, response.statusCode());
        String route = path.replaceAll("\\?.*", "").replaceAll("/\\d+$", "/{bay}");
        JsonNode responses = description.path("paths").path(route).path("get").path("responses");
        JsonNode answer = resolved(responses.path(Integer.toString(status)));
        JsonNode schema = answer.path("content").path("application/json").path("schema");
        List<String> wrong = new ArrayList<>();
        compare(StationClient.json(response), resolved(schema), route, wrong);
        assertEquals(List.of(), wrong);
    }

    @Test
    void aCommandsAnswerIsAsDescribed() throws Exception {
        List<String> wrong = new ArrayList<>();
        for (String path : List.of("/api/v1/bays/1/start", "/api/v1/bays/1/abort", "/api/v1/scan", "/api/v1/resume")) {
            compare(StationClient.json(client.post(path, "{}")), schema("CommandAnswer"), path, wrong);
        }
        assertEquals(List.of(), wrong);
    }

    private void compare(JsonNode value, JsonNode schema, String where, List<String> wrong) {
        if (schema.isMissingNode()) {
            wrong.add(where + " has no schema");
        } else if (!allows(schema, value)) {
            wrong.add(where + " is " + value.getNodeType() + ", not " + schema.path("type"));
        } else if (schema.has("properties") && !value.isNull()) {
            Set<String> expected = names(schema.path("properties"));
            if (!expected.equals(names(value))) {
                wrong.add(where + " has " + names(value) + ", not " + expected);
            }
            expected.forEach(name -> compare(
                    value.path(name), resolved(schema.path("properties").path(name)), where + "." + name, wrong));
        } else if (schema.has("items")) {
            assertTrue(where.endsWith("troubles") || !value.isEmpty(), () -> where + " shows nothing to compare");
            value.forEach(item -> compare(item, resolved(schema.path("items")), where + "[]", wrong));
        }
    }

    private static boolean allows(JsonNode schema, JsonNode value) {
        JsonNode type = schema.path("type");
        Stream<String> types = type.isArray()
                ? words(type).stream()
                : schema.has("oneOf") ? Stream.of("string", "null") : Stream.of(type.asText());
        return types.anyMatch(name -> switch (name) {
            case "object" -> value.isObject();
            case "array" -> value.isArray();
            case "string" -> value.isTextual();
            case "integer" -> value.isIntegralNumber();
            case "number" -> value.isNumber();
            case "boolean" -> value.isBoolean();
            case "null" -> value.isNull();
            default -> false;
        });
    }

    private JsonNode resolved(JsonNode node) {
        if (!node.has("$ref")) {
            return node;
        }
        JsonNode target = description.at(node.path("$ref").asText().substring(1));
        assertTrue(!target.isMissingNode(), () -> "dangling " + node);
        return target;
    }

    @Test
    void noReferenceDangles() throws IOException {
        description
                .findValues("$ref")
                .forEach(reference -> assertTrue(
                        !description.at(reference.asText().substring(1)).isMissingNode(), reference::asText));
        assertEquals("3.1.0", description.path("openapi").asText());
    }
}
