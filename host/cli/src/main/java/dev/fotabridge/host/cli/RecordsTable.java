package dev.fotabridge.host.cli;

import dev.fotabridge.host.value.PlainText;
import dev.fotabridge.station.control.StationRecord;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Records as a table for people, a line each. The widest column is the last one, and is cut where the terminal ends. */
final class RecordsTable {
    private static final List<String> TITLES =
            List.of("seq", "started", "bay", "attempt", "verdict", "reason", "version", "board");
    private static final String GAP = "  ";
    static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss", Locale.ROOT);

    private RecordsTable() {}

    /** @param columns characters of a line */
    static List<String> lines(List<StationRecord> records, ZoneId zone, int columns) {
        List<List<String>> rows = Stream.concat(
                        Stream.of(TITLES), records.stream().map(record -> row(record, zone)))
                .toList();
        int[] widths = IntStream.range(0, TITLES.size())
                .map(column -> rows.stream()
                        .mapToInt(row -> row.get(column).length())
                        .max()
                        .orElseThrow())
                .toArray();
        return rows.stream().map(row -> cut(line(row, widths), columns)).toList();
    }

    private static List<String> row(StationRecord record, ZoneId zone) {
        return List.of(
                Long.toString(record.seq()),
                TIME.format(record.started().atZone(zone)),
                Integer.toString(record.bay()),
                Integer.toString(record.attempt()),
                verdict(record),
                record.reason().map(Enum::name).orElse("-"),
                known(record.to()),
                board(record));
    }

    private static String verdict(StationRecord record) {
        String verdict = record.verdict().map(Enum::name).orElse("running");
        return record.isFinal() || record.verdict().isEmpty() ? verdict : "(" + verdict + ")";
    }

    private static String board(StationRecord record) {
        return known(Stream.of(record.unit(), record.probe(), record.scan())
                .filter(name -> !name.isEmpty())
                .findFirst()
                .orElse(""));
    }

    private static String known(String text) {
        return text.isEmpty() ? "-" : PlainText.line(text);
    }

    private static String line(List<String> cells, int[] widths) {
        List<String> padded = new ArrayList<>();
        for (int i = 0; i < widths.length; i++) {
            padded.add(cells.get(i) + " ".repeat(widths[i] - cells.get(i).length()));
        }
        return String.join(GAP, padded).stripTrailing();
    }

    private static String cut(String line, int columns) {
        return line.length() <= columns ? line : line.substring(0, Math.max(0, columns - 1)) + "…";
    }
}
