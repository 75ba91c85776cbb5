package dev.fotabridge.host.link;

import dev.fotabridge.host.api.FotaException;
import dev.fotabridge.host.api.Reason;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Chooses the port of one board from a list; pure. Tested by PortListIT. */
public final class PortChoice {
    private PortChoice() {}

    /**
     * The path of the board's console.
     *
     * @param serialNumber of the board, with or without leading zeros; empty if there is but one board
     * @throws FotaException NO_BOARD or SEVERAL_BOARDS
     */
    public static String choose(List<PortInfo> ports, Optional<String> serialNumber) throws FotaException {
        List<PortInfo> consoles =
                ports.stream().filter(PortInfo::isBoardConsole).toList();
        List<PortInfo> wanted = serialNumber
                .map(serial -> consoles.stream()
                        .filter(p -> p.serialNumber().equals(withoutZeros(serial)))
                        .toList())
                .orElse(consoles);
        if (wanted.size() == 1) {
            return wanted.get(0).path();
        }
        if (wanted.isEmpty()) {
            throw new FotaException(Reason.NO_BOARD, noBoard(consoles, serialNumber));
        }
        throw new FotaException(
                Reason.SEVERAL_BOARDS, wanted.size() + " boards are plugged in: " + names(wanted) + ".");
    }

    private static String noBoard(List<PortInfo> consoles, Optional<String> serialNumber) {
        if (serialNumber.isEmpty()) {
            return "No board is plugged in (no J-Link with a serial port was found).";
        }
        String others = consoles.isEmpty() ? "none" : names(consoles);
        return "No board has the serial number " + serialNumber.get() + "; plugged in: " + others + ".";
    }

    private static String names(List<PortInfo> ports) {
        return ports.stream().map(p -> p.serialNumber() + " at " + p.path()).collect(Collectors.joining(", "));
    }

    /** SEGGER's serial strings are padded to 12 digits; Nordic's tools and the boards' labels are not. */
    public static String withoutZeros(String serialNumber) {
        return serialNumber.replaceFirst("^0+(?=.)", "");
    }
}
