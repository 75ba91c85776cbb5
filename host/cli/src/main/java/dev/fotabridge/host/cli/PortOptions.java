package dev.fotabridge.host.cli;

import dev.fotabridge.host.api.BayConfig;
import dev.fotabridge.host.api.FotaException;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Which board. */
final class PortOptions {
    @Option(
            names = {"-p", "--port"},
            paramLabel = "PORT",
            description =
                    "Serial port, pty, or usb:PLACE as 'port list' names it; without it, the one board that is plugged in.")
    Optional<String> port;

    @Option(
            names = "--serial-number",
            paramLabel = "N",
            description = "The board with this J-Link serial number, leading zeros or not.")
    Optional<String> serialNumber;

    @Mixin
    RateOptions rates;

    /** @throws FotaException CONFIGURATION when an option has a value that no port has */
    BayConfig bay() throws FotaException {
        return rates.bay(port, serialNumber);
    }
}
