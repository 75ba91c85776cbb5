package dev.fotabridge.station.control;

import java.util.List;
import java.util.Optional;

/**
 * A page of records.
 *
 * @param records the newest first
 * @param next the {@code before} of the next page; empty if this is the last one
 */
public record RecordPage(List<StationRecord> records, Optional<Long> next) {}
