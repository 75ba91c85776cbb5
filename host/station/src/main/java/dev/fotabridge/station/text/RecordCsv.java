package dev.fotabridge.station.text;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Records as CSV (RFC 4180): a header, then a line each, CR LF at its end, UTF-8. What is not known is an empty cell. A text that a
 * spreadsheet would run as a formula begins with an apostrophe.
 */
public final class RecordCsv {
    private static final String FORMULA_STARTS = "=+-@\t\r";
    private static final String LINE_END = "\r\n";

    private RecordCsv() {}

    /**
     * {@return the header line}
     *
     * @param type a record
     */
    public static String header(Class<? extends Record> type) {
        return String.join(",", RecordFields.names(type)) + LINE_END;
    }

    /**
     * {@return the line of a record}
     *
     * @param record of a public type
     */
    public static String line(Record record) {
        List<Object> values = RecordFields.values(record);
        return values.stream().map(RecordCsv::cell).collect(Collectors.joining(",", "", LINE_END));
    }

    private static String cell(Object value) {
        if (value == null) {
            return "";
        } else if (value instanceof Map<?, ?> map) {
            return map.isEmpty() ? "" : quoted(RecordJson.of(map));
        }
        String text = PlainValue.text(value);
        return quoted(value instanceof CharSequence ? harmless(text) : text);
    }

    private static String harmless(String text) {
        return FORMULA_STARTS.indexOf(text.charAt(0)) >= 0 ? "'" + text : text;
    }

    private static String quoted(String text) {
        boolean isPlain = text.chars().noneMatch(letter -> ",\"\r\n".indexOf(letter) >= 0);
        return isPlain ? text : '"' + text.replace("\"", "\"\"") + '"';
    }
}
