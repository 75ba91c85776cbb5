package dev.fotabridge.station.bay;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.fotabridge.station.bay.StartGate.Check;
import dev.fotabridge.station.bay.StartGate.Condition;
import dev.fotabridge.station.bay.StartGate.Request;
import dev.fotabridge.station.bay.StartGate.Taken;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class StartGateTest {
    private static final Condition GOOD = new Condition(true, false, false);
    private static final Condition BAD = new Condition(false, true, true);
    private static final Request START = new Request(3, "key-1", Optional.empty());

    @Test
    void aGoodStationLetsANewStartThrough() {
        assertEquals(Optional.empty(), StartGate.stops(START, Optional.empty(), "r1", GOOD));
    }

    @Test
    void theSameKeyIsTheSameStartWhateverHappenedSince() {
        Request again = new Request(3, "key-1", Optional.of("r0"));
        assertEquals(Optional.of(Check.SAME_START), StartGate.stops(again, Optional.of(new Taken(3, "r1")), "r2", BAD));
    }

    @Test
    void theSameKeyAtAnotherBayIsAMistake() {
        Optional<Check> check = StartGate.stops(START, Optional.of(new Taken(4, "r1")), "", GOOD);
        assertEquals(Optional.of(Check.KEY_OF_ANOTHER_BAY), check);
        assertEquals(422, check.orElseThrow().status());
    }

    @Test
    void aPageThatHasNotSeenTheLastRunIsTold() {
        Request late = new Request(3, "key-1", Optional.of("r1"));
        assertEquals(Optional.of(Check.RUN_SINCE), StartGate.stops(late, Optional.empty(), "r2", GOOD));
        assertEquals(Optional.empty(), StartGate.stops(late, Optional.empty(), "r1", GOOD));
        Request first = new Request(3, "key-1", Optional.of(""));
        assertEquals(Optional.empty(), StartGate.stops(first, Optional.empty(), "", GOOD));
    }

    @Test
    void aStationThatCannotStoreSaysSoFirst() {
        assertEquals(Optional.of(Check.NOT_STORABLE), StartGate.stops(START, Optional.empty(), "", BAD));
        assertEquals(
                Optional.of(Check.STOPPED),
                StartGate.stops(START, Optional.empty(), "", new Condition(true, true, true)));
        assertEquals(
                Optional.of(Check.RELEASE_CHANGED),
                StartGate.stops(START, Optional.empty(), "", new Condition(true, false, true)));
    }

    @Test
    void theStatusesAreThoseOfTheApi() {
        assertEquals(202, Check.SAME_START.status());
        assertEquals(409, Check.RUN_SINCE.status());
        assertEquals(503, Check.NOT_STORABLE.status());
        assertEquals(423, Check.STOPPED.status());
        assertEquals(423, Check.RELEASE_CHANGED.status());
    }
}
