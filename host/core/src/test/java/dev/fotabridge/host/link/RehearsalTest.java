package dev.fotabridge.host.link;

import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.fotabridge.protocol.session.SessionEvent;
import org.junit.jupiter.api.Test;

class RehearsalTest {
    @Test
    void goesThroughToTheReset() {
        assertInstanceOf(SessionEvent.Resetting.class, Rehearsal.play());
    }
}
