package dev.fotabridge.station.http;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fotabridge.host.api.Phase;
import dev.fotabridge.station.control.FakeStation;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The stream over real sockets: what a page relies on. */
@Tag("real")
final class EventStreamIT {
    private static final int BAYS = 64;
    private static final int CHANGES_A_SECOND = 320;
    private static final String EVENTS = "/api/v1/events";

    private final FakeStation station = new FakeStation(BAYS);
    private StationServer server;

    @BeforeEach
    void start() throws IOException {
        server = StationServer.start(station, HttpSettings.local(0));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private double pages() throws IOException, InterruptedException {
        String metrics = new StationClient(server).get("/metrics").body();
        return metrics.lines()
                .filter(line -> line.startsWith("fota_station_pages "))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.indexOf(' '))))
                .sum();
    }

    @Test
    void aSnapshotComesFirstThenChangesAndAHeartbeatAfterSilence() throws IOException {
        try (EventReader page = new EventReader(server, EVENTS)) {
            EventReader.Event snapshot = page.next();
            assertEquals("snapshot", snapshot.type());
            assertEquals(FakeStation.BEGIN.toEpochMilli() + ".0", snapshot.id());
            station.change(3, bay -> bay.ready("A-1"));
            EventReader.Event change = page.next();
            assertEquals("bay", change.type());
            assertEquals(FakeStation.BEGIN.toEpochMilli() + ".1", change.id());
            long begin = System.nanoTime();
            assertEquals("heartbeat", page.next().type());
            long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin);
            assertTrue(millis > 4_000 && millis < 8_000, () -> "after " + millis + " ms");
        }
    }

    @Test
    void aPageOfOneBayGetsItsLines() throws IOException {
        station.line(2, true, "booted");
        try (EventReader page = new EventReader(server, EVENTS + "?bay=2")) {
            assertTrue(page.next().data().contains("\"text\":\"booted\""));
            station.line(2, true, "hello");
            EventReader.Event line = page.next();
            assertEquals("line", line.type());
            assertTrue(line.data().contains("\"text\":\"hello\""), line::data);
        }
    }

    /** Many times: nothing that looks like life may come behind the end. */
    @RepeatedTest(20)
    void theEndOfTheStationEndsTheStreams() throws IOException {
        try (EventReader page = new EventReader(server, EVENTS)) {
            assertEquals("snapshot", page.next().type());
            server.close();
            assertNull(page.next());
        }
    }

    @Test
    void aPageThatIsClosedIsForgotten() throws IOException {
        try (EventReader page = new EventReader(server, EVENTS)) {
            assertEquals("snapshot", page.next().type());
        }
        await().atMost(Duration.ofSeconds(15)).until(() -> {
            station.change(1, bay -> bay.ready("A-1"));
            return pages() == 0;
        });
    }

    /** Two pages read nothing. They delay neither the station nor the page that reads, and are dropped. */
    @Test
    void pagesThatStopReadingHurtNobody() throws Exception {
        ScheduledExecutorService changes = Executors.newSingleThreadScheduledExecutor();
        try (EventReader first = new EventReader(server, EVENTS);
                EventReader second = new EventReader(server, EVENTS);
                EventReader page = new EventReader(server, EVENTS)) {
            await().atMost(Duration.ofSeconds(10)).until(() -> pages() == 3);
            AtomicInteger next = new AtomicInteger();
            changes.scheduleAtFixedRate(
                    () -> station.change(next.getAndIncrement() % BAYS + 1, bay -> {
                        bay.running(Phase.TRANSFER, next.get() % 100);
                        bay.message = "sent at " + System.nanoTime() + ".";
                    }),
                    0,
                    TimeUnit.SECONDS.toNanos(1) / CHANGES_A_SECOND,
                    TimeUnit.NANOSECONDS);
            long[] delays = delays(page, CHANGES_A_SECOND * 8);
            Arrays.sort(delays);
            double millis = delays[delays.length * 99 / 100] / 1e6;
            System.out.printf(
                    Locale.ROOT,
                    "event to page, 99th percentile of %d: %.1f ms; median %.1f ms%n",
                    delays.length,
                    millis,
                    delays[delays.length / 2] / 1e6);
            assertTrue(millis < 1_000, () -> millis + " ms");
            await().atMost(Duration.ofSeconds(30)).until(() -> {
                delays(page, 100);
                return pages() == 1;
            });
            assertTrue(isCut(first) && isCut(second));
        } finally {
            changes.shutdownNow();
        }
    }

    /** Reads what the kernel had kept; an end, or a reset, must come. */
    private static boolean isCut(EventReader reader) {
        try {
            for (EventReader.Event event = reader.next(); event != null; ) {
                event = reader.next();
            }
            return true;
        } catch (SocketTimeoutException e) {
            return false;
        } catch (IOException e) {
            return true;
        }
    }

    private static long[] delays(EventReader page, int count) throws IOException {
        long[] delays = new long[count];
        for (int i = 0; i < count; ) {
            String data = page.next().data();
            int at = data.indexOf("sent at ");
            // The snapshot holds many, and is as old as it may be.
            if (at > 0 && data.startsWith("{\"bay\"")) {
                String sent = data.substring(at + "sent at ".length(), data.indexOf('.', at));
                delays[i++] = System.nanoTime() - Long.parseLong(sent);
            }
        }
        return delays;
    }
}
