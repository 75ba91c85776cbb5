package dev.fotabridge.station.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fotabridge.host.api.Phase;
import dev.fotabridge.host.api.Reason;
import dev.fotabridge.station.control.BayView;
import dev.fotabridge.station.control.FakeStation;
import dev.fotabridge.station.control.StationControl;
import dev.fotabridge.station.control.StationListener;
import dev.fotabridge.station.verdict.Verdict;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class StreamHubTest {
    private static final String START = Long.toString(FakeStation.BEGIN.toEpochMilli());

    private final AtomicLong now = new AtomicLong();
    private final FakeStation station = new FakeStation(3);
    private final StreamHub hub = StreamHub.of(station, now::get);

    private static List<String> take(StreamClient client) throws InterruptedException {
        return client.take(0).stream()
                .map(message -> message.id() + " " + message.event() + " "
                        + message.data().replaceAll(".*\"percent\":(\\w+),.*", "$1"))
                .toList();
    }

    private void percent(int bay, int percent) {
        station.change(bay, it -> it.running(Phase.TRANSFER, percent));
    }

    @Test
    void aSlowClientGetsTheNewestOfEachBayAndItsNumbersRise() throws InterruptedException {
        StreamClient client = hub.open(Optional.empty()).client();
        percent(1, 10);
        percent(2, 20);
        percent(1, 11);
        percent(1, 12);
        assertEquals(List.of(START + ".2 bay 20", START + ".4 bay 12"), take(client));
        assertEquals(List.of(), take(client));
    }

    @Test
    void aSnapshotHoldsWhatCameBeforeAndTheClientWhatComesAfter() throws InterruptedException {
        percent(1, 10);
        StreamHub.Opening opening = hub.open(Optional.empty());
        assertEquals(START + ".1", opening.id());
        assertEquals(
                List.of(Optional.of(10), Optional.empty(), Optional.empty()),
                opening.bays().stream().map(BayView::percent).toList());
        percent(1, 11);
        assertEquals(List.of(START + ".2 bay 11"), take(opening.client()));
    }

    @Test
    void theElapsedTimeOfARunGoesOnAndThatOfAnEndStands() {
        percent(1, 10);
        station.change(2, it -> {
            it.running(Phase.VERIFY, 99);
            it.ended(Verdict.PASS, Reason.SUCCEEDED);
        });
        now.addAndGet(TimeUnit.MILLISECONDS.toNanos(2500));
        List<BayView> bays = hub.open(Optional.empty()).bays();
        assertEquals(Optional.of(5.5), bays.get(0).elapsedSeconds());
        assertEquals(Optional.of(3.0), bays.get(1).elapsedSeconds());
        assertEquals(Optional.empty(), bays.get(2).elapsedSeconds());
    }

    @Test
    void aClientOfOneBayGetsItsTilesItsLinesAndTheStation() throws InterruptedException {
        StreamHub.Opening opening = hub.open(Optional.of(2));
        assertEquals(1, opening.bays().size());
        percent(1, 10);
        percent(2, 20);
        station.line(1, true, "of another bay");
        station.line(2, true, "hello");
        station.stationChanged();
        assertEquals(
                List.of("bay", "station", "line"),
                opening.client().take(0).stream().map(StreamMessage::event).toList());
    }

    @Test
    void linesThatNobodyReadsAreBounded() throws InterruptedException {
        StreamClient client = hub.open(Optional.of(2)).client();
        for (int i = 0; i < StreamClient.MOST_LINES + 5; i++) {
            station.line(2, true, "line");
        }
        List<StreamMessage> lines = client.take(0);
        assertEquals(StreamClient.MOST_LINES, lines.size());
        assertTrue(
                lines.get(0).data().startsWith("{\"number\":6,"), lines.get(0).data());
    }

    @Test
    void clientsAreBoundedAndNoneComesAfterTheEnd() {
        StreamClient first = hub.open(Optional.empty()).client();
        for (int i = 1; i < StreamHub.MOST_CLIENTS; i++) {
            hub.open(Optional.empty());
        }
        assertEquals(
                503,
                assertThrows(ApiProblem.class, () -> hub.open(Optional.empty()))
                        .answer()
                        .status());
        hub.remove(first);
        StreamClient last = hub.open(Optional.empty()).client();
        hub.close();
        assertTrue(last.isClosed());
        assertThrows(ApiProblem.class, () -> hub.open(Optional.empty()));
    }

    /** What the station tells while the hub is added is newer than what adding returns. */
    @Test
    void aChangeWhileTheHubIsAddedIsKept() {
        StationControl racing = (StationControl) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {StationControl.class}, (proxy, method, arguments) -> {
                    Object answer = method.invoke(station, arguments);
                    if (arguments != null && arguments[0] instanceof StationListener) {
                        percent(1, 50);
                    }
                    return answer;
                });
        StreamHub late = StreamHub.of(racing, now::get);
        assertEquals(Optional.of(50), late.open(Optional.empty()).bays().get(0).percent());
    }

    @Test
    void aMessageHasTheFormOfServerSentEvents() {
        assertEquals(
                "id: 1.2\nevent: bay\ndata: {}\n\n",
                new String(new StreamMessage("bay", "1.2", "{}").bytes(), StandardCharsets.UTF_8));
        assertEquals(
                "event: heartbeat\ndata: {}\n\n",
                new String(new StreamMessage("heartbeat", "", "{}").bytes(), StandardCharsets.UTF_8));
    }
}
