package dev.fotabridge.protocol.time;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class DeadlineTest {
    @Test
    void addsALimitToTheTime() {
        assertEquals(12, Deadline.after(10, 2));
    }

    @Test
    void aLimitThatIsNeverReachedStaysSo() {
        assertEquals(Deadline.NEVER, Deadline.after(10, Deadline.NEVER));
        assertEquals(Deadline.NEVER, Deadline.after(10, Deadline.NEVER - 5));
    }
}
