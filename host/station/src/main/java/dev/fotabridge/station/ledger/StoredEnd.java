package dev.fotabridge.station.ledger;

/**
 * An end that is on disk.
 *
 * @param attempt seq of the attempt
 * @param locks whether it locks its bay
 * @param stops whether starts are stopped at all bays
 */
public record StoredEnd(long attempt, boolean locks, boolean stops) {}
