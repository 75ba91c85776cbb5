package dev.fotabridge.host.cli;

import dev.fotabridge.host.api.BayConfig;
import dev.fotabridge.host.api.FotaException;
import dev.fotabridge.host.api.PortReport;
import dev.fotabridge.host.api.Reason;
import dev.fotabridge.host.link.PortChoice;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Which boards of a command that takes several. Tested by BoardOptionsTest. */
final class BoardOptions {
    @Option(
            names = {"-p", "--port"},
            paramLabel = "PORT",
            description =
                    "Serial port, pty, or usb:PLACE as 'port list' names it; without it, the one board that is plugged in."
                            + " Given again, the next board.")
    List<String> ports = List.of();

    @Option(
            names = "--serial-number",
            paramLabel = "N",
            description =
                    "The board with this J-Link serial number, leading zeros or not. Given again, the next board.")
    List<String> serialNumbers = List.of();

    @Option(
            names = "--all",
            description =
                    "All boards that are plugged in and free, and answer with the type of --board; without --board, all"
                            + " that answer, if they have one type. Lists them and asks before it begins.")
    boolean all;

    @Option(names = "--yes", description = "With --all: do not ask.")
    boolean yes;

    @Mixin
    RateOptions rates;

    /** Whether the command reports on several boards, even if it then finds one only. */
    boolean several() {
        return all || ports.size() > 1 || serialNumbers.size() > 1;
    }

    /** @throws FotaException CONFIGURATION when an option has a value that no port has */
    BayConfig one() throws FotaException {
        return rates.bay(ports.stream().findFirst(), serialNumbers.stream().findFirst());
    }

    /**
     * Returns the boards that are named.
     *
     * @param listed the ports of this computer, by which the place of a USB device has a path
     * @throws FotaException USAGE when a board is named twice, or the options exclude each other; CONFIGURATION when an option
     *     has a value that no port has
     */
    List<BayConfig> named(List<PortReport> listed) throws FotaException {
        if (!ports.isEmpty() && !serialNumbers.isEmpty()) {
            throw usage("Several boards are named by --port or by --serial-number, not by both.");
        }
        List<BayConfig> bays = new ArrayList<>();
        for (String port : ports) {
            bays.add(rates.bay(Optional.of(port), Optional.empty()));
        }
        for (String serialNumber : serialNumbers) {
            bays.add(rates.bay(Optional.empty(), Optional.of(serialNumber)));
        }
        requireDifferent("--port", ports, port -> PortDevice.of(port, listed));
        requireDifferent("--serial-number", serialNumbers, PortChoice::withoutZeros);
        return bays;
    }

    /** @throws FotaException USAGE when boards are named beside {@code --all}; CONFIGURATION when a rate is none */
    void requireAllAlone() throws FotaException {
        if (!ports.isEmpty() || !serialNumbers.isEmpty()) {
            throw usage("--all chooses the boards itself: leave out --port and --serial-number, also in environment and"
                    + " configuration file ('config show flash' says where they are set).");
        }
        rates.bay(Optional.empty(), Optional.empty());
    }

    /** The place of a board that {@code --all} has found. */
    BayConfig found(String port) throws FotaException {
        return rates.bay(Optional.of(port), Optional.empty());
    }

    private static void requireDifferent(String option, List<String> values, Function<String, String> identity)
            throws FotaException {
        Map<String, String> seen = new HashMap<>();
        for (String value : values) {
            String before = seen.put(identity.apply(value), value);
            if (before != null) {
                throw usage(twice(option, before, value));
            }
        }
    }

    private static String twice(String option, String first, String second) {
        return first.equals(second)
                ? option + " " + first + " is given twice."
                : option + " " + first + " and " + option + " " + second + " are the same board.";
    }

    private static FotaException usage(String sentence) {
        return new FotaException(Reason.USAGE, sentence);
    }
}
