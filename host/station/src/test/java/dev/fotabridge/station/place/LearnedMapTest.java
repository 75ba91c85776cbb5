package dev.fotabridge.station.place;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.fotabridge.host.api.PortReport;
import dev.fotabridge.station.place.LearnedMap.Event.Before;
import dev.fotabridge.station.place.LearnedMap.Event.Known;
import dev.fotabridge.station.place.LearnedMap.Event.Learned;
import dev.fotabridge.station.place.LearnedMap.Event.NoPlace;
import dev.fotabridge.station.place.LearnedMap.Event.Several;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class LearnedMapTest {
    private static final BayPlace KNOWN = new BayPlace(2, BayPlace.Kind.USB, "p2", "", 4);

    private final LearnedMap map = new LearnedMap(List.of(KNOWN), 1);

    /** Boards at these places, each with two ports. */
    private List<LearnedMap.Event> look(String... places) {
        map.look(Stream.of(places)
                .flatMap(place -> Stream.of(port(place, 0), port(place, 2)))
                .toList());
        List<LearnedMap.Event> events = new ArrayList<>();
        for (Optional<LearnedMap.Event> event = map.poll(); event.isPresent(); event = map.poll()) {
            events.add(event.get());
        }
        return events;
    }

    private static PortReport port(String place, int number) {
        String usbPath = place.startsWith("?") ? "" : place;
        return new PortReport(
                "/dev/" + place + number, "s" + place, number, "", usbPath, number == 0, PortReport.State.FREE, "");
    }

    private static Learned learned(int bay, String place) {
        return new Learned(new BayPlace(bay, BayPlace.Kind.USB, place, "", 0), "s" + place);
    }

    @Test
    void oneBoardAfterTheOtherIsOneBayAfterTheOther() {
        assertEquals(List.of(), look());
        assertEquals(List.of(learned(1, "p1")), look("p1"));
        assertEquals(List.of(), look("p1"));
        assertEquals(List.of(learned(3, "p3")), look("p1", "p3"), "bay 2 is known");
        assertEquals(List.of(learned(4, "p4")), look("p4"), "a board that goes from bay to bay");
    }

    @Test
    void aKnownPlaceStaysTheBayThatItIs() {
        look();
        assertEquals(List.of(new Known(KNOWN)), look("p2"));
        assertEquals(List.of(learned(1, "p1")), look("p1", "p2"));
        look();
        assertEquals(
                List.of(new Known(new BayPlace(1, BayPlace.Kind.USB, "p1", "", 0))),
                look("p1"),
                "one that was just learned, too");
    }

    @Test
    void boardsThatWerePluggedInBeforeAreTold() {
        assertEquals(List.of(new Before(List.of("p5", "p6"))), look("p5", "p2", "p6"));
        assertEquals(List.of(), look("p5", "p6"));
        assertEquals(List.of(), look("p6"));
        assertEquals(List.of(learned(1, "p5")), look("p5", "p6"), "taken out and plugged in again");
    }

    @Test
    void ofSeveralAtOnceNobodyCanTellWhichIsNext() {
        look();
        assertEquals(List.of(new Several(List.of("p7", "p8"))), look("p7", "p8"));
        look("p7");
        assertEquals(List.of(learned(1, "p8")), look("p7", "p8"));
    }

    @Test
    void withAKnownOneBesideItTheOtherIsClear() {
        look();
        assertEquals(List.of(new Known(KNOWN), learned(1, "p7")), look("p7", "p2"));
    }

    @Test
    void aBoardWithoutAPlaceIsTold() {
        look();
        assertEquals(List.of(new NoPlace("/dev/?x0")), look("?x"));
    }

    @Test
    void theNextNumberIsBehindAll() {
        assertEquals(1, LearnedMap.numberBehind(List.of()));
        assertEquals(3, LearnedMap.numberBehind(List.of(KNOWN)));
    }
}
