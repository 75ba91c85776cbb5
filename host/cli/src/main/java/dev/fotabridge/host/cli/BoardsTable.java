package dev.fotabridge.host.cli;

import dev.fotabridge.host.api.Reason;
import dev.fotabridge.host.value.PlainText;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * How several boards ended, as a table for people: a row each, below it what happened to a board that failed, and at the end what
 * to try for each reason. Tested by BoardsTableTest.
 */
final class BoardsTable {
    private static final List<String> TITLES = List.of("board", "unit", "result", "from -> to", "seconds");
    private static final String GAP = "  ";

    private BoardsTable() {}

    static List<String> lines(List<BoardEnd> ends, TextStyle style) {
        List<List<String>> rows = ends.stream().map(BoardsTable::row).toList();
        int[] widths = IntStream.range(0, TITLES.size())
                .map(column -> width(rows, column))
                .toArray();
        List<String> lines = new ArrayList<>();
        lines.add(style.bold(line(TITLES, widths)));
        for (int i = 0; i < ends.size(); i++) {
            board(ends.get(i), line(rows.get(i), widths), style, lines);
        }
        remedies(ends).forEach(remedy -> lines.add("Try (" + remedy + "): " + remedy.whatToTry()));
        return lines;
    }

    private static List<String> row(BoardEnd end) {
        return List.of(
                PlainText.line(end.bay()),
                end.unit().isEmpty() ? "-" : PlainText.line(end.unit()),
                end.record().reason().name(),
                PlainText.line(Sentences.versions(end.record())),
                String.format(Locale.ROOT, "%.1f", end.record().seconds()));
    }

    private static int width(List<List<String>> rows, int column) {
        return rows.stream()
                .mapToInt(row -> row.get(column).length())
                .reduce(TITLES.get(column).length(), Math::max);
    }

    private static void board(BoardEnd end, String row, TextStyle style, List<String> lines) {
        if (OverallEnd.isDone(end.record().reason())) {
            lines.add(style.green(row));
        } else {
            lines.add(style.red(row));
            lines.add(GAP + PlainText.line(end.record().message()));
        }
    }

    /** The last column has numbers, which stand right. */
    private static String line(List<String> cells, int[] widths) {
        StringBuilder line = new StringBuilder();
        int last = cells.size() - 1;
        for (int i = 0; i < last; i++) {
            line.append(cells.get(i))
                    .append(" ".repeat(widths[i] - cells.get(i).length()))
                    .append(GAP);
        }
        return line.append(" ".repeat(widths[last] - cells.get(last).length()))
                .append(cells.get(last))
                .toString();
    }

    /** Each reason once, however many boards have it. */
    private static Set<Reason> remedies(List<BoardEnd> ends) {
        Set<Reason> reasons = new LinkedHashSet<>();
        ends.stream()
                .map(end -> end.record().reason())
                .filter(reason -> !reason.whatToTry().isEmpty())
                .forEach(reasons::add);
        return reasons;
    }
}
