package dev.fotabridge.host.cli;

import dev.fotabridge.host.station.BayConfig;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Which board. */
final class PortOptions {
    @Option(
            names = {"-p", "--port"},
            paramLabel = "PORT",
            description = "Serial port or pty; without it, the one board that is plugged in.")
    Optional<String> port;

    @Option(
            names = "--serial-number",
            paramLabel = "N",
            description = "The board with this J-Link serial number, leading zeros or not.")
    Optional<String> serialNumber;

    @Option(
            names = {"-b", "--baud"},
            paramLabel = "RATE",
            defaultValue = "1000000",
            description =
                    "The highest rate that the board may be asked for, bits a second; 115200 keeps the line there "
                            + "(default: ${DEFAULT-VALUE}).")
    int baud;

    @Option(
            names = "--start-baud",
            paramLabel = "RATE",
            defaultValue = "115200",
            description = "The rate at which the board starts (default: ${DEFAULT-VALUE}).")
    int startBaud;

    BayConfig bay() {
        return new BayConfig(port, serialNumber, baud, startBaud);
    }
}
