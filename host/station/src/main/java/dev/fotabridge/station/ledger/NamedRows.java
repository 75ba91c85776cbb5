package dev.fotabridge.station.ledger;

import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.statement.Query;

/** Rows with their values by the names of the columns; an empty text for NULL. Tested by RecordsTest. */
final class NamedRows {
    private NamedRows() {}

    static List<Map<String, Object>> of(Query query) {
        return query.scanResultSet((result, context) -> {
            ResultSet row = result.get();
            List<String> labels = labels(row.getMetaData());
            List<Map<String, Object>> rows = new ArrayList<>();
            while (row.next()) {
                rows.add(values(row, labels));
            }
            return rows;
        });
    }

    /** Once for all rows: the database is asked for each. */
    private static List<String> labels(ResultSetMetaData data) throws SQLException {
        List<String> labels = new ArrayList<>();
        for (int column = 1; column <= data.getColumnCount(); column++) {
            labels.add(data.getColumnLabel(column));
        }
        return labels;
    }

    private static Map<String, Object> values(ResultSet row, List<String> labels) throws SQLException {
        Map<String, Object> values = new LinkedHashMap<>(2 * labels.size());
        for (int column = 0; column < labels.size(); column++) {
            Object value = row.getObject(column + 1);
            values.put(labels.get(column), value == null ? "" : value);
        }
        return values;
    }
}
