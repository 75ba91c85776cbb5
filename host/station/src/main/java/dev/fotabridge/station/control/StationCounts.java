package dev.fotabridge.station.control;

import java.util.Optional;

/**
 * Counts and amounts of a station.
 *
 * @param recordsWaiting ends of attempts that are not on disk yet
 * @param untoldEnds ends that AWS has not answered yet
 * @param untoldOldestSeconds age of the oldest one in seconds; 0 if there is none
 * @param diskFreeBytes free space for the records, in bytes
 * @param firstPassYield share of units whose first run ended PASS, from 0 to 1; empty before the first unit. Runs count that began since the
 *     station was started, or since its release was reloaded; ERROR and ABORTED do not
 * @param finalYield share of units whose last run ended PASS, from 0 to 1; empty before the first unit
 */
public record StationCounts(
        int recordsWaiting,
        int untoldEnds,
        long untoldOldestSeconds,
        long diskFreeBytes,
        Optional<Double> firstPassYield,
        Optional<Double> finalYield) {}
