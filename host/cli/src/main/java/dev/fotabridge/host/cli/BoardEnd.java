package dev.fotabridge.host.cli;

import dev.fotabridge.host.api.UpdateRecord;

/**
 * How the update of one of several boards ended.
 *
 * @param bay name of its place: the port or the serial number that chose it
 * @param unit the board's own id; empty if it has told none
 * @param record of the update
 */
record BoardEnd(String bay, String unit, UpdateRecord record) {}
