package dev.fotabridge.station.control;

import java.time.Instant;

/**
 * A line of a bay's story or of its board's console.
 *
 * @param number rises with each line of the bay while the station runs
 * @param at when it came
 * @param isConsole whether the board printed it; otherwise the station says it
 * @param text the line, without control characters
 */
public record BayLine(long number, Instant at, boolean isConsole, String text) {}
