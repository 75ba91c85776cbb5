package dev.fotabridge.host.station;

import java.util.Optional;

/**
 * Which board, and how it is reached.
 *
 * @param port path of the port; empty to look for the one board that is plugged in
 * @param serialNumber of the board's debugger
 * @param baud bits a second
 */
public record BayConfig(Optional<String> port, Optional<String> serialNumber, int baud) {}
