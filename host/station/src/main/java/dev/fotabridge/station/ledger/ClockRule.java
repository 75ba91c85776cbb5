package dev.fotabridge.station.ledger;

import java.time.Duration;
import java.time.Instant;

/** Notices that the wall clock went back, so that the times of records are not believed. For one thread. */
final class ClockRule {
    /** A clock that a time server corrects goes back by less. */
    private static final Duration TOLERANCE = Duration.ofMinutes(1);

    private Instant latest;

    /** @param latest the latest time in the ledger */
    ClockRule(Instant latest) {
        this.latest = latest;
    }

    /** {@return whether this time is more than a minute before one that was seen earlier} */
    boolean isSuspect(Instant now) {
        boolean suspect = now.isBefore(latest.minus(TOLERANCE));
        latest = now.isAfter(latest) ? now : latest;
        return suspect;
    }
}
