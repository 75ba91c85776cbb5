package dev.fotabridge.host.bay;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.fotabridge.host.store.StateDirectory;
import org.junit.jupiter.api.Test;

/** A board's HELLO has room for so much. */
final class BayContextTest {
    @Test
    void aLongSoftwareNameIsCut() {
        assertEquals("x".repeat(32), software("x".repeat(33)));
        assertEquals("x".repeat(32), software("x".repeat(32)));
        assertEquals("mine 1.0", software("mine 1.0"));
    }

    private static String software(String name) {
        return new BayContext(StateDirectory.NONE, name, "s", null, null).software();
    }
}
