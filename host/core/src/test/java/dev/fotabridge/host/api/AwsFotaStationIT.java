package dev.fotabridge.host.api;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Things come and go; these have no board, so each of them fails by itself. */
@Tag("real")
final class AwsFotaStationIT {
    private static final Duration LIMIT = Duration.ofSeconds(30);

    @TempDir
    Path directory;

    private final Map<String, AwsFotaEvent> told = new ConcurrentHashMap<>();
    private final List<Integer> opened = new CopyOnWriteArrayList<>();
    private final AwsFotaStation station = AwsFotaStation.attach(this::connection, told::put);

    @AfterEach
    void close() {
        station.close();
    }

    private JobsTransport connection(int number) {
        opened.add(number);
        return new Nowhere();
    }

    private AwsFotaConfig config(String thing) {
        return AwsFotaConfig.of("localhost", 1, thing, directory.resolve(thing).toString(), directory);
    }

    @Test
    void everyThingHasEventsOfItsOwn() {
        station.add(config("st-a"));
        station.add(config("st-b"));
        await().atMost(LIMIT).until(() -> told.keySet().equals(Set.of("st-a", "st-b")));
        assertEquals(Reason.PORT_MISSING, told.get("st-a").reason().orElseThrow());
        assertTrue(told.get("st-b").message().contains("st-b"), told.get("st-b").message());
        await().atMost(LIMIT).until(() -> station.things().isEmpty());
        assertEquals(List.of(1), opened);
    }

    @Test
    void aThingThatFailedCanBeAddedAgain() {
        station.add(config("st-c"));
        await().atMost(LIMIT).until(() -> told.containsKey("st-c"));
        await().atMost(LIMIT).until(() -> station.things().isEmpty());
        told.clear();
        station.add(config("st-c"));
        await().atMost(LIMIT).until(() -> told.containsKey("st-c"));
    }

    @Test
    void whatIsClosedTakesNoThing() {
        station.close();
        assertThrows(IllegalStateException.class, () -> station.add(config("st-d")));
        assertEquals(List.of(), opened);
    }

    /** A connection that never comes about. */
    private static final class Nowhere implements JobsTransport {
        @Override
        public void connect(Listener listener) {}

        @Override
        public void subscribe(List<String> filters) {}

        @Override
        public void unsubscribe(List<String> filters) {}

        @Override
        public void publish(String topic, byte[] payload) {}

        @Override
        public void disconnect() {}

        @Override
        public void close() {}
    }
}
