package dev.fotabridge.host.link;

import dev.fotabridge.protocol.board.BoardInfo;

/**
 * Who a board is, as far as a host can tell. A port is no identity: any board may be plugged in there.
 * Tested by AnotherBoardTest.
 *
 * @param unit the unit id that the board itself says, empty if it says none
 * @param probe serial number of the DK's debugger behind whose port it answers, empty if the host does not know it
 */
public record BoardIdentity(String unit, String probe) {
    /** Of a board that cannot be told from another one. */
    public static final BoardIdentity NONE = new BoardIdentity("", "");

    /** Whether two answers came from one board. */
    public enum Match {
        SAME,
        OTHER,
        /** Neither answer has an identity: only the boot id, or what the slot holds, can tell more. */
        UNKNOWN
    }

    /** The identity of the board that said this. */
    public static BoardIdentity of(BoardInfo board, String probe) {
        return new BoardIdentity(board.identity().unit(), probe);
    }

    /**
     * Compares two identities. The unit id goes first, since a debugger may be moved from board to board. A unit id that one has and the
     * other lacks is a difference, unless a DK's debugger says that the board is the same.
     */
    public Match match(BoardIdentity other) {
        if (!unit.isEmpty() && !other.unit.isEmpty()) {
            return unit.equals(other.unit) ? Match.SAME : Match.OTHER;
        }
        if (!probe.isEmpty() && !other.probe.isEmpty()) {
            return probe.equals(other.probe) ? Match.SAME : Match.OTHER;
        }
        return unit.equals(other.unit) ? Match.UNKNOWN : Match.OTHER;
    }

    /** For a sentence. */
    @Override
    public String toString() {
        if (!unit.isEmpty()) {
            return "board " + unit;
        }
        return probe.isEmpty() ? "a board without a unit id" : "the board with serial number " + probe;
    }
}
