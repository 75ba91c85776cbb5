package dev.fotabridge.station.place;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fotabridge.host.api.PortReport;
import dev.fotabridge.station.place.PlaceEvent.Came;
import dev.fotabridge.station.place.PlaceEvent.Left;
import dev.fotabridge.station.place.PlaceEvent.Moved;
import dev.fotabridge.station.place.PlaceEvent.ProbesShared;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class PlaceWatchTest {
    private static final String FIRST = "pci-0000:00:14.0-usb-0:3.1";
    private static final String SECOND = "pci-0000:00:14.0-usb-0:3.2";
    private static final long SECONDS = 1_000_000_000L;

    /** The fixed port leads to a device. */
    private static final Map<Integer, PlaceDevice> FIXTURE = Map.of(3, new PlaceDevice("/dev/ttyUSB0", 0));

    private final PlaceWatch watch = new PlaceWatch(List.of(
            new BayPlace(1, BayPlace.Kind.USB, FIRST, "", 4),
            new BayPlace(2, BayPlace.Kind.USB, SECOND, "", 5),
            new BayPlace(3, BayPlace.Kind.PORT, "/dev/fixture", "", 6)));

    private static PortReport console(String path, String serial, String usbPath) {
        return port(path, serial, usbPath, 0);
    }

    private static PortReport port(String path, String serial, String usbPath, int number) {
        return new PortReport(path, serial, number, "J-Link", usbPath, number == 0, PortReport.State.FREE, "");
    }

    private List<PlaceEvent> at(double seconds, PortReport... ports) {
        return at(seconds, FIXTURE, ports);
    }

    private List<PlaceEvent> at(double seconds, Map<Integer, PlaceDevice> devices, PortReport... ports) {
        watch.scan(new PlaceScan(List.of(ports), devices), nanos(seconds));
        return events();
    }

    private List<PlaceEvent> events() {
        List<PlaceEvent> events = new ArrayList<>();
        for (Optional<PlaceEvent> event = watch.poll(); event.isPresent(); event = watch.poll()) {
            events.add(event.get());
        }
        return events;
    }

    private static long nanos(double seconds) {
        return (long) (seconds * SECONDS);
    }

    private static String why(PlaceEvent event) {
        return ((Left) event).why();
    }

    @Test
    void aBoardThatIsPluggedInHasCome() {
        assertEquals(List.of(), at(0));
        PortReport board = console("/dev/ttyACM0", "960", FIRST);
        assertEquals(List.of(new Came(1, "/dev/ttyACM0", "960")), at(0.25, board));
        assertEquals(List.of(), at(0.5, board), "once");
    }

    @Test
    void aBoardHasLeftWhenItsDeviceIsGoneForASecond() {
        at(0, console("/dev/ttyACM0", "960", FIRST));
        assertEquals(List.of(), at(1.0));
        assertEquals(List.of(), at(1.99));
        List<PlaceEvent> left = at(2.0);
        assertEquals(1, left.size());
        assertEquals("The board is not plugged in at " + FIRST + " any more.", why(left.get(0)));
        assertEquals(List.of(), at(9), "once");
    }

    /** A reset of the debugger, or a hub that loses its supply for a moment. */
    @Test
    void theSameBoardBackWithinASecondHasNotLeft() {
        PortReport board = console("/dev/ttyACM0", "960", FIRST);
        at(0, board);
        at(1);
        assertEquals(List.of(), at(1.9, board));
        assertEquals(List.of(), at(2.5), "the second begins anew");
        assertEquals(List.of(), at(3.4, board));
    }

    @Test
    void theSameBoardUnderAnotherNumberHasNotLeft() {
        at(0, console("/dev/ttyACM0", "960", FIRST));
        at(1);
        assertEquals(List.of(new Moved(1, "/dev/ttyACM3")), at(1.5, console("/dev/ttyACM3", "960", FIRST)));
        assertEquals(List.of(), at(1.75, console("/dev/ttyACM3", "960", FIRST)));
    }

    @Test
    void anotherBoardWithinOnePollIsAnotherBoard() {
        at(0, console("/dev/ttyACM0", "960", FIRST));
        List<PlaceEvent> changed = at(0.25, console("/dev/ttyACM0", "961", FIRST));

        assertEquals("Another board is plugged in at " + FIRST + ": 961 instead of 960.", why(changed.get(0)));
        assertEquals(List.of(new Came(1, "/dev/ttyACM0", "961")), changed.subList(1, changed.size()));
    }

    @Test
    void aBoardWithoutASerialNumberIsAnotherOneToo() {
        at(0, console("/dev/ttyACM0", "960", FIRST));
        List<PlaceEvent> changed = at(0.25, console("/dev/ttyACM0", "", FIRST));

        assertTrue(why(changed.get(0)).contains("one without a serial number instead of 960"));
        assertEquals(new Came(1, "/dev/ttyACM0", ""), changed.get(1));
    }

    /** The number that a board loses may be the next board's: a bay is a place. */
    @Test
    void boardsThatExchangeTheirNumbersStayAtTheirBays() {
        at(0, console("/dev/ttyACM0", "960", FIRST), console("/dev/ttyACM3", "961", SECOND));
        at(0.25);

        assertEquals(
                List.of(new Moved(1, "/dev/ttyACM3"), new Moved(2, "/dev/ttyACM0")),
                at(0.5, console("/dev/ttyACM3", "960", FIRST), console("/dev/ttyACM0", "961", SECOND)));
    }

    @Test
    void boardsThatExchangeTheirBaysAreOtherBoardsThere() {
        at(0, console("/dev/ttyACM0", "960", FIRST), console("/dev/ttyACM3", "961", SECOND));
        List<PlaceEvent> changed =
                at(0.25, console("/dev/ttyACM0", "961", FIRST), console("/dev/ttyACM3", "960", SECOND));

        assertEquals(4, changed.size());
        assertEquals(new Came(1, "/dev/ttyACM0", "961"), changed.get(1));
        assertEquals(new Came(2, "/dev/ttyACM3", "960"), changed.get(3));
    }

    @Test
    void onlyTheConsoleIsABoard() {
        assertEquals(List.of(), at(0, port("/dev/ttyACM1", "960", FIRST, 2)));
        assertEquals(
                List.of(new Came(1, "/dev/ttyACM9", "960")),
                at(1, port("/dev/ttyACM1", "960", FIRST, 2), console("/dev/ttyACM9", "960", FIRST)));
    }

    @Test
    void twoDebuggersWithOneSerialNumberAreToldAndUntold() {
        PortReport one = console("/dev/ttyACM0", "1", FIRST);
        PortReport other = console("/dev/ttyACM3", "1", SECOND);
        assertTrue(at(0, one, other).contains(new ProbesShared(Set.of("1"))));
        assertEquals(Set.of("1"), watch.sharedProbes());
        assertEquals(List.of(), at(1, one, other), "once");
        assertEquals(List.of(new ProbesShared(Set.of())), at(2, one));
    }

    /** The one that stands at no bay could be put into one. */
    @Test
    void aSerialNumberIsSharedWithABoardAtNoBayToo() {
        assertTrue(at(0, console("/dev/ttyACM0", "1", FIRST), console("/dev/ttyACM3", "1", "pci-1-usb-0:9"))
                .contains(new ProbesShared(Set.of("1"))));
        assertTrue(
                at(1, console("/dev/ttyACM0", "", FIRST), console("/dev/ttyACM3", "", SECOND))
                        .contains(new ProbesShared(Set.of())),
                "no serial number is none that is shared");
    }

    @Test
    void whatStandsAtNoBayIsListedWithTheReason() {
        at(
                0,
                Map.of(3, new PlaceDevice("/dev/ttyUSB1", 0)),
                console("/dev/ttyACM0", "1", FIRST),
                port("/dev/ttyACM1", "1", FIRST, 2),
                console("/dev/ttyACM3", "2", "pci-1-usb-0:9"),
                port("/dev/ttyACM4", "2", "pci-1-usb-0:9", 2),
                console("/dev/ttyACM6", "3", ""),
                port("/dev/ttyUSB1", "4", "pci-1-usb-0:8", 1));

        assertEquals(
                List.of(
                        "/dev/ttyACM3: No bay stands at pci-1-usb-0:9; 'station learn' adds one.",
                        "/dev/ttyACM4: It is not the console of a known board.",
                        "/dev/ttyACM6: Its USB place cannot be told."),
                watch.unmapped().stream()
                        .map(u -> u.port().path() + ": " + u.why())
                        .toList());
    }

    @Test
    void aBoardAtAFixedPortHasComeWhenItAnswers() {
        assertEquals(List.of(), at(0));
        watch.answered(3, nanos(1));
        assertEquals(List.of(new Came(3, "/dev/fixture", "")), events());
        watch.answered(3, nanos(2));
        assertEquals(List.of(), events(), "once");
    }

    @Test
    void aBoardAtAFixedPortHasLeftWhenItHasNotAnsweredForFiveSeconds() {
        watch.answered(3, 0);
        events();
        assertEquals(List.of(), at(4.9));
        watch.answered(3, nanos(4.9));
        assertEquals(List.of(), at(9.8));
        assertEquals("The board at /dev/fixture has not answered for 5 s.", why(at(9.9).get(0)));
        assertEquals(List.of(), at(20));
        watch.answered(3, nanos(21));
        assertEquals(List.of(new Came(3, "/dev/fixture", "")), events());
    }

    @Test
    void aFixedPortWhoseDeviceIsGoneForASecondHasNoBoardAlsoDuringARun() {
        watch.answered(3, 0);
        watch.running(3, true, 0);
        events();
        assertEquals(List.of(), at(10, Map.of()));
        assertEquals(List.of(), at(10.5), "it is back in time");
        assertEquals(List.of(), at(20, Map.of()));
        assertEquals(List.of(), at(20.9, Map.of()));
        assertEquals(
                "The board is not plugged in at /dev/fixture any more.",
                why(at(21, Map.of()).get(0)));
        assertEquals("", watch.probe(3));
    }

    @Test
    void duringARunItIsTheRunThatNotices() {
        watch.answered(3, 0);
        watch.running(3, true, nanos(1));
        events();
        assertEquals(List.of(), at(100));
        watch.running(3, false, nanos(101));
        assertEquals(List.of(), at(105.9));
        assertEquals(1, at(106).size());
    }

    @Test
    void anotherDebuggerAtAFixedPortIsAnotherBoard() {
        Map<Integer, PlaceDevice> devices = Map.of(3, new PlaceDevice("/dev/ttyACM5", 0));
        at(0, devices, console("/dev/ttyACM5", "7", "pci-1-usb-0:9"));
        watch.answered(3, 0);
        assertEquals(List.of(new Came(3, "/dev/fixture", "7")), events());

        List<PlaceEvent> changed = at(0.25, devices, console("/dev/ttyACM5", "8", "pci-1-usb-0:9"));
        assertEquals("Another board is plugged in at /dev/fixture: 8 instead of 7.", why(changed.get(0)));
        watch.answered(3, nanos(0.5));
        assertEquals(List.of(new Came(3, "/dev/fixture", "8")), events());
    }
}
