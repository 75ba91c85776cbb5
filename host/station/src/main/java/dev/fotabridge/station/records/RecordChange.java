package dev.fotabridge.station.records;

import dev.fotabridge.station.ledger.LedgerTime;
import java.time.Instant;
import java.util.Map;

/**
 * A correction that stands beside the records of a run. Tested by StationRecordsTest.
 *
 * @param field the field that was wrong, by its name in a record
 * @param value what is right
 * @param why why it was wrong
 * @param who who says so
 * @param at when it was stored
 */
public record RecordChange(String field, String value, String why, String who, Instant at) {
    static RecordChange read(Map<String, Object> row) {
        return new RecordChange(
                CorrectionRule.field(text(row, "field")),
                text(row, "value"),
                text(row, "why"),
                text(row, "who"),
                LedgerTime.parse(text(row, "at")));
    }

    private static String text(Map<String, Object> row, String column) {
        return String.valueOf(row.get(column));
    }
}
