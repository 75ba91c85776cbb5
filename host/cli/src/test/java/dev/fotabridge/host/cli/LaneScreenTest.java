package dev.fotabridge.host.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fotabridge.host.api.Bay;
import dev.fotabridge.host.api.BayConfig;
import dev.fotabridge.host.api.BayEvent;
import dev.fotabridge.host.api.Bays;
import dev.fotabridge.host.api.FotaBridge;
import dev.fotabridge.host.api.FotaEvent;
import dev.fotabridge.host.api.Phase;
import dev.fotabridge.host.api.Reason;
import dev.fotabridge.host.api.UpdateRecord;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is left on a terminal's screen when lanes are drawn over themselves again and again. */
final class LaneScreenTest {
    @TempDir
    Path directory;

    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final PrintStream stream = new PrintStream(err, true, StandardCharsets.UTF_8);
    private TerminalSize size = new TerminalSize(60, 6);
    private Bays bays;

    @BeforeEach
    void open() {
        bays = FotaBridge.open(directory, "test");
    }

    @AfterEach
    void close() {
        bays.close();
    }

    private List<Bay> boards(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> bays.bay(new BayConfig(Optional.of("dk" + i), Optional.empty(), 1_000_000)))
                .toList();
    }

    private LaneScreen screen(List<Bay> boards) {
        List<String> names = boards.stream().map(Bay::name).toList();
        return new LaneScreen(stream, new TextStyle(true, false), () -> 0, () -> size, names);
    }

    /** The rows and the cursor of a terminal, as far as lanes use them. */
    private final class Terminal {
        private static final Pattern CODES =
                Pattern.compile("\u001B\\[(\\d*)A|\u001B\\[(K)|\u001B\\[\\?7[lh]|\r|\n|[^\u001B\r\n]+");

        private final List<StringBuilder> scrolled = new ArrayList<>();
        private final List<StringBuilder> rows = new ArrayList<>(List.of(new StringBuilder()));
        private int row;
        private int column;

        List<String> lines() {
            Matcher next = CODES.matcher(err.toString(StandardCharsets.UTF_8));
            while (next.find()) {
                take(next);
            }
            List<String> lines = new ArrayList<>();
            scrolled.forEach(line -> lines.add(line.toString()));
            rows.subList(0, row + 1).forEach(line -> lines.add(line.toString()));
            rows.subList(row + 1, rows.size()).forEach(line -> assertEquals("", line.toString()));
            return lines;
        }

        private void take(Matcher code) {
            String text = code.group();
            if (code.group(1) != null) {
                row = Math.max(0, row - Integer.parseInt(code.group(1)));
            } else if (code.group(2) != null) {
                rows.get(row).setLength(Math.min(column, rows.get(row).length()));
            } else if (text.equals("\r")) {
                column = 0;
            } else if (text.equals("\n")) {
                down();
            } else if (text.charAt(0) != '\u001B') {
                write(text);
            }
        }

        /** As a tty turns a line feed into both. */
        private void down() {
            column = 0;
            row++;
            if (row == rows.size()) {
                rows.add(new StringBuilder());
            }
            if (rows.size() > size.rows()) {
                scrolled.add(rows.remove(0));
                row--;
            }
        }

        private void write(String text) {
            assertTrue(column + text.length() < size.columns(), text);
            StringBuilder line = rows.get(row);
            line.replace(column, Math.min(line.length(), column + text.length()), text);
            column += text.length();
        }
    }

    @Test
    void lanesAreDrawnOverThemselvesAndLinesScrollByAbove() {
        List<Bay> boards = boards(2);
        LaneScreen screen = screen(boards);
        EventPrinter first = screen.of(boards.get(0));
        screen.redraw();
        first.event(new BayEvent.PhaseEntered(Phase.TRANSFER));
        first.event(new BayEvent.Log("37 of 37 pages to send."));
        screen.of(boards.get(1)).event(new BayEvent.Log("hello\u001B[A"));
        first.event(new BayEvent.Fota(FotaEvent.DL_PROGRESS, 50));
        screen.redraw();
        screen.redraw();

        List<String> lines = new Terminal().lines();
        assertEquals(5, lines.size(), lines.toString());
        assertEquals("dk0 | 37 of 37 pages to send.", lines.get(0));
        assertEquals("dk1 | hello?[A", lines.get(1));
        assertTrue(lines.get(2).matches("dk0  transfer +\\[#+-+\\]  50 % +0 s"), lines.toString());
        assertTrue(lines.get(3).matches("dk1 +0 s"), lines.toString());
        assertEquals("", lines.get(4));
    }

    /** Six rows for nine boards; what scrolls out above them stays as it is. */
    @Test
    void moreLanesThanRowsLeaveNothingBehind() {
        List<Bay> boards = boards(9);
        LaneScreen screen = screen(boards);
        screen.redraw();
        for (int i = 0; i < boards.size(); i++) {
            screen.of(boards.get(i)).event(new BayEvent.Log("line of " + i));
            screen.of(boards.get(i)).result(UpdateRecord.early(Reason.LINK_LOST, "gone"));
            screen.redraw();
        }
        screen.close();

        List<String> lines = new Terminal().lines();
        List<String> expected = new ArrayList<>(IntStream.range(0, 9)
                .mapToObj(i -> "dk" + i + " | line of " + i)
                .toList());
        expected.add("");
        assertEquals(expected, lines);
    }

    @Test
    void atTheEndTheTableTakesThePlaceOfTheLanes() {
        size = new TerminalSize(120, 6);
        List<Bay> boards = boards(2);
        LaneScreen screen = screen(boards);
        screen.redraw();
        UpdateRecord done = UpdateRecord.early(Reason.SUCCEEDED, "It runs.");
        boards.forEach(board -> screen.of(board).result(done));
        screen.redraw();
        screen.end(
                List.of(new BoardEnd("dk0", "", done), new BoardEnd("dk1", "", done)),
                UpdateRecord.early(Reason.SUCCEEDED, "All 2 boards are done."));
        screen.redraw();

        List<String> lines = new Terminal().lines();
        assertTrue(lines.get(0).startsWith("board  unit"), lines.toString());
        assertTrue(lines.get(1).startsWith("dk0    -     SUCCEEDED"), lines.toString());
        assertEquals("All 2 boards are done. It took 0.0 s.", lines.get(3));
        assertEquals(5, lines.size(), lines.toString());
    }

    /** Rows may have moved: what is drawn next stands below what was there. */
    @Test
    void afterAResizeTheLanesBeginBelow() {
        List<Bay> boards = boards(2);
        LaneScreen screen = screen(boards);
        screen.redraw();
        size = new TerminalSize(40, 10);
        for (int i = 0; i < 10; i++) {
            screen.redraw();
        }
        String last = err.toString(StandardCharsets.UTF_8);
        assertFalse(last.endsWith("\u001B[2A"), last);
        size = new TerminalSize(60, 10);
        assertEquals(5, new Terminal().lines().size());
    }
}
