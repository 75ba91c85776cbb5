package dev.fotabridge.host.api;

import dev.fotabridge.host.value.BoardProfile;
import java.util.Optional;

/**
 * Which board, and how it is reached.
 *
 * @param port path of the port; empty to look for the one board that is plugged in
 * @param serialNumber of the board's debugger
 * @param baud the highest rate that the board may be asked for, bits a second
 * @param startBaud the rate at which the board starts, as far as is known
 */
public record BayConfig(Optional<String> port, Optional<String> serialNumber, int baud, int startBaud) {
    /** For a board that starts as boards do. */
    public BayConfig(Optional<String> port, Optional<String> serialNumber, int baud) {
        this(port, serialNumber, baud, BoardProfile.NRF9160_DK.startBaud());
    }
}
