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
     * {@return whether what a board says now shows that it is another one than this: a board that has said its unit id says it always. False
     * for a board that has neither unit id nor probe, which cannot be told from another one}
     */
    public boolean isOtherBoard(UnitIdentity now) {
        return unit.isEmpty() ? !probe.isEmpty() && !probe.equals(now.probe) : !unit.equals(now.unit);
    }

    UnitIdentity withScan(String text) {
        return new UnitIdentity(unit, probe, text);
    }
}
