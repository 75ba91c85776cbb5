package dev.fotabridge.host.cli;

import dev.fotabridge.host.api.BayConfig;
import dev.fotabridge.host.api.FotaException;
import dev.fotabridge.host.api.Reason;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The rates of a board's line. Tested by OptionValuesTest. */
final class RateOptions {
    @Option(
            names = {"-b", "--baud"},
            paramLabel = "RATE",
            description =
                    "The highest rate that the board may be asked for, bits a second; 115200 keeps the line there "
                            + "(default: all that an nRF9160's UART can do).")
    Optional<Integer> baud;

    @Option(
            names = "--start-baud",
            paramLabel = "RATE",
            description =
                    "The rate at which the board starts, and is looked for first (default: 115200, or --baud if that"
                            + " is lower).")
    Optional<Integer> startBaud;

    /**
     * Returns the place of a board with these rates.
     *
     * @throws FotaException CONFIGURATION when the port or a rate is none
     */
    BayConfig bay(Optional<String> port, Optional<String> serialNumber) throws FotaException {
        if (port.filter(String::isBlank).isPresent()) {
            throw wrong("--port cannot be used: " + Sentences.EMPTY);
        }
        requireRate("--baud", baud);
        requireRate("--start-baud", startBaud);
        int ceiling = baud.orElse(BayConfig.CEILING_BAUD);
        return new BayConfig(port, serialNumber, ceiling, startBaud.orElse(Math.min(ceiling, BayConfig.START_BAUD)));
    }

    private static void requireRate(String option, Optional<Integer> rate) throws FotaException {
        if (rate.orElse(BayConfig.MIN_BAUD) < BayConfig.MIN_BAUD) {
            throw wrong(option + " is " + rate.get() + ": no board has a rate below " + BayConfig.MIN_BAUD);
        }
    }

    private static FotaException wrong(String sentence) {
        return new FotaException(Reason.CONFIGURATION, sentence + ".");
    }
}
