package dev.fotabridge.station.bay;

import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Whether boards may run whose debuggers have one serial number: only if their unit ids tell them apart. */
public final class SharedProbeRule {
    private SharedProbeRule() {}

    /**
     * {@return why the board at a bay may not run; empty if it may}
     *
     * @param bay number of the bay
     * @param boards the boards by the numbers of their bays: the unit id that each has said, and the serial number that its debugger has
     * @param shared serial numbers that several debuggers have, at bays or elsewhere
     */
    public static Optional<String> refusal(int bay, Map<Integer, UnitIdentity> boards, Set<String> shared) {
        UnitIdentity board = boards.getOrDefault(bay, UnitIdentity.NONE);
        if (!shared.contains(board.probe())) {
            return Optional.empty();
        } else if (board.unit().isEmpty()) {
            return Optional.of("Several debuggers have the serial number " + board.probe()
                    + ", and this board tells no unit id: it cannot be told from the others. Unplug the others, or build its"
                    + " application with CONFIG_HWINFO.");
        }
        return boards.entrySet().stream()
                .filter(other -> other.getKey() != bay && isTwin(board, other.getValue()))
                .map(Map.Entry::getKey)
                .findFirst()
                .map(other -> "The board at bay " + other + " has the same debugger's serial number " + board.probe()
                        + " and the same unit id " + board.unit() + ": take one of the two out.");
    }

    private static boolean isTwin(UnitIdentity one, UnitIdentity other) {
        return one.probe().equals(other.probe()) && one.unit().equals(other.unit());
    }
}
