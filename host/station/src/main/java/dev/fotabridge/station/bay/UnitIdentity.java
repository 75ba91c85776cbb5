package dev.fotabridge.station.bay;

/**
 * By what a board is told from another one. Texts are empty where nothing is known.
 * Tested by BayMachineTest.
 *
 * @param unit id that the board tells
 * @param probe serial number of its debugger
 * @param scan label that was scanned for it
 */
public record UnitIdentity(String unit, String probe, String scan) {
    /** Nothing is known of the board. */
    public static final UnitIdentity NONE = new UnitIdentity("", "", "");

    /** {@return the id of this board: unit, else probe, else scan; empty if it has none} */
    public String name() {
        return !unit.isEmpty() ? unit : !probe.isEmpty() ? probe : scan;
    }

    /** {@return whether this board can be told from another one} */
    public boolean isKnown() {
        return !name().isEmpty();
    }

    /**
     * {@return whether both are the same board: by unit id if both have one, else by probe, else by scan; false if they have nothing
     * in common}
     */
    public boolean isSameBoard(UnitIdentity other) {
        if (haveBoth(unit, other.unit)) {
            return unit.equals(other.unit);
        }
        return haveBoth(probe, other.probe)
                ? probe.equals(other.probe)
                : haveBoth(scan, other.scan) && scan.equals(other.scan);
    }

    private static boolean haveBoth(String mine, String others) {
        return !mine.isEmpty() && !others.isEmpty();
    }

    /**
     * {@return whether the two cannot be one board: both have a unit id, or both have a probe's serial number, and the two differ}
     */
    public boolean isOtherBoard(UnitIdentity other) {
        return differ(unit, other.unit) || differ(probe, other.probe);
    }

    private static boolean differ(String mine, String others) {
        return haveBoth(mine, others) && !mine.equals(others);
    }

    UnitIdentity withScan(String text) {
        return new UnitIdentity(unit, probe, text);
    }
}
