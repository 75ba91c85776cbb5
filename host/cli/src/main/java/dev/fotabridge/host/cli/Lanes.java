package dev.fotabridge.host.cli;

import java.util.ArrayList;
import java.util.List;

/** A lane for each of several boards, as lines of a terminal. For one thread at a time. Tested by LanesTest. */
final class Lanes {
    private final List<Lane> lanes;

    Lanes(List<Lane> lanes) {
        this.lanes = List.copyOf(lanes);
    }

    /**
     * Returns the lines in the order of the boards. They leave the last row to the cursor. If there are more lanes than rows, those
     * of boards that have ended give way, and a last line counts what is not shown.
     */
    List<String> lines(TerminalSize size, TextStyle style, long now) {
        int rows = Math.max(1, size.rows() - 1);
        List<Lane> shown = lanes.size() <= rows ? lanes : running(rows - 1);
        // A character in the last column would move the cursor of some terminals to the next line.
        int width = Math.max(1, size.columns() - 1);
        int nameWidth = lanes.stream().mapToInt(Lane::nameLength).max().orElse(0);
        List<String> lines = new ArrayList<>();
        shown.forEach(lane -> lines.add(painted(lane, lane.line(nameWidth, width, now), style)));
        if (shown.size() < lanes.size()) {
            String rest = rest(shown);
            lines.add(rest.substring(0, Math.min(rest.length(), width)));
        }
        return lines;
    }

    private List<Lane> running(int most) {
        return lanes.stream().filter(Lane::isRunning).limit(most).toList();
    }

    private static String painted(Lane lane, String line, TextStyle style) {
        if (lane.isRunning()) {
            return line;
        }
        return lane.isDone() ? style.green(line) : style.red(line);
    }

    private String rest(List<Lane> shown) {
        List<Lane> hidden = lanes.stream().filter(lane -> !shown.contains(lane)).toList();
        long running = hidden.stream().filter(Lane::isRunning).count();
        long done = hidden.stream().filter(Lane::isDone).count();
        return "and " + hidden.size() + " more: " + running + " running, " + done + " done, "
                + (hidden.size() - running - done) + " failed";
    }
}
