package dev.fotabridge.host.station;

import java.util.Optional;

/**
 * Which board, and how it is reached.
 *
 * @param port path of the port; empty to look for the one board that is plugged in
 * @param serialNumber of the board's debugger
 * @param baud the highest rate that the board may be asked for, bits a second
 * @param startBaud the rate at which the board starts
 */
public record BayConfig(Optional<String> port, Optional<String> serialNumber, int baud, int startBaud) {
    /** At which boards start, if they are not told otherwise. */
    public static final int START_BAUD = 115_200;

    /** For a board that starts as boards do. */
    public BayConfig(Optional<String> port, Optional<String> serialNumber, int baud) {
        this(port, serialNumber, baud, START_BAUD);
    }
}
