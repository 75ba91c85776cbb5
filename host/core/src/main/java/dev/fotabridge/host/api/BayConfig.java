package dev.fotabridge.host.api;

import static dev.fotabridge.host.api.AwsFotaConfig.require;

import dev.fotabridge.host.value.BoardProfile;
import java.util.Optional;

/**
 * Which board, and how it is reached. The constructors throw {@link IllegalArgumentException} when a value is null or outside
 * of its range, and name it.
 * Tested by AwsFotaArgumentsTest.
 *
 * @param port path of the port, not blank; or {@code usb:} and a {@link PortReport#usbPath}, for whatever board is plugged in there,
 *     under any path; empty to look for the one board that is plugged in
 * @param serialNumber serial number of the board's debugger, with or without leading zeros; chooses among the boards that are
 *     plugged in; not used if there is a port
 * @param baud highest rate that the board may be asked for, bits per second, at least 1 200
 * @param startBaud rate at which the board is expected to start, bits per second, at least 1 200; if it is above {@code baud}, the board is
 *     expected at {@code baud}
 */
public record BayConfig(Optional<String> port, Optional<String> serialNumber, int baud, int startBaud) {
    /** The lowest rate of the nRF9160's UARTE, 1 200 bits per second (product specification, BAUDRATE). */
    public static final int MIN_BAUD = 1_200;

    /** The rate at which Zephyr's console starts on an nRF9160 DK, 115 200 bits per second. */
    public static final int START_BAUD = BoardProfile.NRF9160_START_BAUD;

    /** The highest rate of the nRF9160's UARTE, bits per second (product specification, BAUDRATE). */
    public static final int CEILING_BAUD = BoardProfile.NRF9160_CEILING_BAUD;

    /**
     * Checks the ranges.
     *
     * @param port empty, or not blank
     * @param serialNumber may be empty
     * @param baud at least 1 200
     * @param startBaud at least 1 200
     */
    public BayConfig {
        require(port != null && serialNumber != null, "port and serialNumber may be empty, but not null");
        require(port.filter(String::isBlank).isEmpty(), "port must be empty or a path, not blank");
        require(baud >= MIN_BAUD, "baud must be at least " + MIN_BAUD + ", not " + baud);
        require(startBaud >= MIN_BAUD, "startBaud must be at least " + MIN_BAUD + ", not " + startBaud);
    }

    /**
     * Describes a board that starts at 115 200 baud, the default of Zephyr's console on the nRF9160 DK.
     *
     * @param port path of the port, not blank; empty to look for the one board that is plugged in
     * @param serialNumber serial number of the board's debugger
     * @param baud highest rate that the board may be asked for, bits per second, at least 1 200
     */
    public BayConfig(Optional<String> port, Optional<String> serialNumber, int baud) {
        this(port, serialNumber, baud, START_BAUD);
    }

    /**
     * Describes an nRF9160 DK that starts at 115 200 baud and may be asked for all that its UART can do.
     *
     * @param port path of the port, not blank; empty to look for the one board that is plugged in
     * @param serialNumber serial number of the board's debugger
     */
    public BayConfig(Optional<String> port, Optional<String> serialNumber) {
        this(port, serialNumber, CEILING_BAUD);
    }
}
