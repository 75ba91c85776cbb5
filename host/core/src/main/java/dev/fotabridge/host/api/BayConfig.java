package dev.fotabridge.host.api;

import dev.fotabridge.host.value.BoardProfile;
import java.util.Optional;

/**
 * Which board, and how it is reached.
 *
 * @param port path of the port; empty to look for the one board that is plugged in
 * @param serialNumber serial number of the board's debugger, with or without leading zeros; chooses among the boards that are
 *     plugged in; not used if there is a port
 * @param baud highest rate that the board may be asked for, bits per second
 * @param startBaud rate at which the board is expected to start, bits per second; if it is above {@code baud}, the board is
 *     expected at {@code baud}
 */
public record BayConfig(Optional<String> port, Optional<String> serialNumber, int baud, int startBaud) {
    /**
     * Describes a board that starts at 115 200 baud, the default of Zephyr's console on the nRF9160 DK.
     *
     * @param port path of the port; empty to look for the one board that is plugged in
     * @param serialNumber serial number of the board's debugger
     * @param baud highest rate that the board may be asked for, bits per second
     */
    public BayConfig(Optional<String> port, Optional<String> serialNumber, int baud) {
        this(port, serialNumber, baud, BoardProfile.NRF9160_DK.startBaud());
    }
}
