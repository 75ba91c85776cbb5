package dev.fotabridge.host.cli;

import dev.fotabridge.host.api.BoardReport;

/**
 * A board that has answered.
 *
 * @param serialNumber of its debugger; empty if it is reached by its port only
 * @param port where it is now
 * @param report what it says of itself
 */
record ScannedBoard(String serialNumber, String port, BoardReport report) {}
