package dev.fotabridge.station.ledger;

import java.util.Collection;
import java.util.stream.Collectors;

/** Lines of CSV (RFC 4180) that a spreadsheet takes for text. Tested by RecordsTest. */
public final class CsvText {
    private static final String FORMULA = "=+-@\t\r";

    private CsvText() {}

    /** {@return one line with its line end} */
    public static String line(Collection<?> values) {
        return values.stream().map(CsvText::cell).collect(Collectors.joining(",")) + "\r\n";
    }

    private static String cell(Object value) {
        String text = String.valueOf(value);
        // A cell that begins like a formula is run by a spreadsheet; a label may hold anything.
        if (!(value instanceof Number) && !text.isEmpty() && FORMULA.indexOf(text.charAt(0)) >= 0) {
            text = "'" + text;
        }
        boolean isPlain = text.chars().noneMatch(at -> at == ',' || at == '"' || at == '\r' || at == '\n');
        return isPlain ? text : "\"" + text.replace("\"", "\"\"") + "\"";
    }
}
