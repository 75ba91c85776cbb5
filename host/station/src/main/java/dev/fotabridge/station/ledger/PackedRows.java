package dev.fotabridge.station.ledger;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Rows that come from SQLite as one text each, a JSON array. Value by value, a row of fifty columns takes ten times as long: each is a call
 * from Java into SQLite.
 * Tested by RecordsTest.
 */
final class PackedRows {
    private static final JsonFactory JSON = new JsonFactory();

    private final List<String> columns;

    /** @param columns names, in their order; they come from the schema */
    PackedRows(List<String> columns) {
        this.columns = columns;
    }

    /** Returns what to select. */
    String expression() {
        return "json_array(" + String.join(", ", columns) + ")";
    }

    /** Returns the values of a row by the names of their columns, an empty text for NULL. */
    Map<String, Object> row(String text) {
        Map<String, Object> values = new LinkedHashMap<>(2 * columns.size());
        try (JsonParser parser = JSON.createParser(text)) {
            parser.nextToken();
            for (String column : columns) {
                values.put(column, value(parser, parser.nextToken()));
            }
            return values;
        } catch (IOException e) {
            throw new UncheckedIOException("not what SQLite writes: " + text, e);
        }
    }

    private static Object value(JsonParser parser, JsonToken token) throws IOException {
        return switch (token) {
            case VALUE_NULL -> "";
            case VALUE_STRING -> parser.getText();
            default -> parser.getNumberValue();
        };
    }
}
