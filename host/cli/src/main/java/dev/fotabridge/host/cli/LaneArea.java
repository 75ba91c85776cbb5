package dev.fotabridge.host.cli;

import java.util.List;

/**
 * The rows of a terminal in which lanes are drawn, as the characters that draw them. The cursor waits at the beginning of the row
 * below. For one thread at a time. Tested by LaneScreenTest.
 */
final class LaneArea {
    private static final String NO_WRAP = "\u001B[?7l";
    private static final String WRAP = "\u001B[?7h";
    private static final String CLEAR_LINE = "\u001B[K";

    private int rows;

    /**
     * Returns what draws these lines over the ones before.
     *
     * @param above a line that scrolls by above them; empty for none
     */
    String draw(String above, List<String> lines) {
        if (rows == 0 && lines.isEmpty() && above.isEmpty()) {
            return "";
        }
        StringBuilder text = new StringBuilder("\r").append(up(rows));
        int surplus = rows - lines.size();
        if (!above.isEmpty()) {
            text.append(above).append(CLEAR_LINE).append("\r\n");
            surplus--;
        }
        // A letter may be wider than one column; a line that wraps would take two rows.
        text.append(NO_WRAP);
        lines.forEach(line -> text.append(line).append(CLEAR_LINE).append("\r\n"));
        text.append(WRAP);
        rows = lines.size();
        // Row by row: some terminals scroll what a whole screen holds when all of it is cleared at once.
        return text.append((CLEAR_LINE + "\r\n").repeat(Math.max(0, surplus)))
                .append(up(surplus))
                .toString();
    }

    private static String up(int rows) {
        return rows > 0 ? "\u001B[" + rows + "A" : "";
    }

    /** The next drawing leaves the rows as they are, and begins below them. */
    void abandon() {
        rows = 0;
    }
}
