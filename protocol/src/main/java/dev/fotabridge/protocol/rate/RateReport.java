package dev.fotabridge.protocol.rate;

import java.util.Set;

/**
 * The line's rate and why it is no higher.
 *
 * @param baud the line's rate, bits a second
 * @param bad rates that the line did not carry in this session, or carried badly
 * @param text one sentence with the rate, and why it is no higher
 */
public record RateReport(int baud, Set<Integer> bad, String text) {}
