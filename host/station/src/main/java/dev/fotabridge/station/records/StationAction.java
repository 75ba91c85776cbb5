package dev.fotabridge.station.records;

import dev.fotabridge.station.ledger.LedgerTime;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * Something that was done beside runs, by an engineer or by the station itself. Texts are empty where nothing is to be said.
 * Tested by StationRecordsTest.
 *
 * @param at when
 * @param who who did it: {@code engineer} for whoever had the token, {@code station}, or the name that a correction gives
 * @param action LOCKED, UNLOCKED, STOPPED, RESUMED, RELEASE or CORRECTED
 * @param bay the bay that was locked or unlocked
 * @param runId the run whose records were corrected
 * @param field the field that was corrected, by its name in a record
 * @param detail the value that is right, or the SHA-256 of the file that was approved
 * @param why why it was corrected
 */
public record StationAction(
        Instant at,
        String who,
        String action,
        Optional<Integer> bay,
        String runId,
        String field,
        String detail,
        String why) {
    static StationAction read(Map<String, Object> row) {
        return new StationAction(
                LedgerTime.parse(text(row, "at")),
                text(row, "who"),
                text(row, "action"),
                row.get("bay") instanceof Number bay ? Optional.of(bay.intValue()) : Optional.empty(),
                text(row, "run_id"),
                CorrectionRule.field(text(row, "field")),
                text(row, "detail"),
                text(row, "why"));
    }

    private static String text(Map<String, Object> row, String column) {
        return String.valueOf(row.get(column));
    }
}
