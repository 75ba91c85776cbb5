package dev.fotabridge.host.update;

import dev.fotabridge.protocol.board.BoardInfo;

/** The version that a board runs, written as image files' versions are. Tested by UpdateFlowTest. */
public final class BoardVersion {
    private BoardVersion() {}

    /** Empty if the board does not say. */
    public static String of(BoardInfo board) {
        return board.running().version().map(Object::toString).orElse("");
    }

    /** For people: version and the beginning of the hash. */
    static String name(BoardInfo board) {
        String hash = board.running().imageHash().substring(0, 12);
        String version = of(board);
        return version.isEmpty() ? "image " + hash : version + " (" + hash + ")";
    }

    /** What the board runs, and in which state. */
    static String sentence(BoardInfo board) {
        String state = switch (board.running().state()) {
            case CONFIRMED -> "confirmed";
            case ON_TRIAL -> "on trial";
            case UNKNOWN -> "state unknown";
        };
        return "The board runs " + name(board) + ", " + state + ".";
    }
}
