package dev.fotabridge.station.run;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import org.junit.jupiter.api.Test;

final class SlotsTest {
    private final Slots slots = new Slots(2);

    @Test
    void theyAreGivenInTheOrderOfTheQuestions() {
        slots.ask("a");
        slots.ask("b");
        slots.ask("c");
        assertEquals(Optional.of("a"), slots.next());
        assertEquals(Optional.of("b"), slots.next());
        assertEquals(Optional.empty(), slots.next());
        slots.release("a");
        assertEquals(Optional.of("c"), slots.next());
    }

    @Test
    void whatDoesNotWaitAnyMoreGetsNone() {
        slots.ask("a");
        slots.release("a");
        assertEquals(Optional.empty(), slots.next());
        slots.release("never asked");
        slots.ask("b");
        assertEquals(Optional.of("b"), slots.next());
    }

    @Test
    void askedTwiceIsOneSlot() {
        slots.ask("a");
        slots.ask("a");
        assertEquals(Optional.of("a"), slots.next());
        assertEquals(Optional.empty(), slots.next());
    }
}
