package dev.fotabridge.station.ledger;

import java.util.Collection;

/** Lines of CSV (RFC 4180) that a spreadsheet takes for text. Tested by RecordsTest. */
public final class CsvText {
    private static final String FORMULA = "=+-@\t\r";

    /** Longer than most lines, so that the text is not copied as it grows. */
    private static final int LINE_CHARS = 1_024;

    private CsvText() {}

    /** {@return one line with its line end} */
    public static String line(Collection<?> values) {
        StringBuilder line = new StringBuilder(LINE_CHARS);
        for (Object value : values) {
            add(line, value);
            line.append(',');
        }
        line.setLength(Math.max(0, line.length() - 1));
        return line.append("\r\n").toString();
    }

    private static void add(StringBuilder line, Object value) {
        String text = String.valueOf(value);
        // A cell that begins like a formula is run by a spreadsheet; a label may hold anything.
        if (!(value instanceof Number) && !text.isEmpty() && FORMULA.indexOf(text.charAt(0)) >= 0) {
            text = "'" + text;
        }
        if (isPlain(text)) {
            line.append(text);
        } else {
            line.append('"').append(text.replace("\"", "\"\"")).append('"');
        }
    }

    private static boolean isPlain(String text) {
        for (int i = 0; i < text.length(); i++) {
            char at = text.charAt(i);
            if (at == ',' || at == '"' || at == '\r' || at == '\n') {
                return false;
            }
        }
        return true;
    }
}
