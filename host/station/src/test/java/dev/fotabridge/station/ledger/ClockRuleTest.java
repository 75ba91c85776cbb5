package dev.fotabridge.station.ledger;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import org.junit.jupiter.api.Test;

final class ClockRuleTest {
    private static final Instant NOON = Instant.parse("2026-11-30T12:00:00Z");
    private final ClockRule clock = new ClockRule(NOON);

    @Test
    void aMinuteIsATimeServersCorrection() {
        assertFalse(clock.isSuspect(NOON.minusSeconds(60)));
        assertTrue(clock.isSuspect(NOON.minusSeconds(61)));
    }

    @Test
    void itIsSuspectUntilItHasCaughtUp() {
        assertFalse(clock.isSuspect(NOON.plusSeconds(600)));
        assertTrue(clock.isSuspect(NOON));
        assertTrue(clock.isSuspect(NOON.plusSeconds(500)));
        assertFalse(clock.isSuspect(NOON.plusSeconds(541)));
    }
}
