package dev.fotabridge.station.text;

import dev.fotabridge.station.ledger.CsvText;
import java.util.List;
import java.util.Map;

/** Records as lines of CSV, after a header. What is not known is an empty cell, a map is JSON. */
public final class RecordCsv {
    private RecordCsv() {}

    /**
     * {@return the header line}
     *
     * @param type a record
     */
    public static String header(Class<? extends Record> type) {
        return CsvText.line(RecordFields.names(type));
    }

    /**
     * {@return the line of a record}
     *
     * @param record of a public type
     */
    public static String line(Record record) {
        List<Object> values = RecordFields.values(record);
        values.replaceAll(RecordCsv::cell);
        return CsvText.line(values);
    }

    private static Object cell(Object value) {
        if (value == null) {
            return "";
        } else if (value instanceof Map<?, ?> map) {
            return map.isEmpty() ? "" : RecordJson.of(map);
        }
        return value instanceof Number ? value : PlainValue.text(value);
    }
}
