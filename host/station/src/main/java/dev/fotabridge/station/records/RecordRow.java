package dev.fotabridge.station.records;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import dev.fotabridge.host.api.Reason;
import dev.fotabridge.station.bay.StartKind;
import dev.fotabridge.station.control.StationRecord;
import dev.fotabridge.station.ledger.LedgerTime;
import dev.fotabridge.station.verdict.RunStage;
import dev.fotabridge.station.verdict.Verdict;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Reads a row of the ledger's view {@code record}. Tested by StationRecordsTest. */
final class RecordRow {
    private static final JsonFactory JSON = new JsonFactory();
    private static final double THOUSAND = 1_000;

    private final Map<String, Object> row;

    private RecordRow(Map<String, Object> row) {
        this.row = row;
    }

    static StationRecord read(Map<String, Object> row) {
        return new RecordRow(row).record();
    }

    private StationRecord record() {
        return new StationRecord(
                number("seq"),
                text("id"),
                text("run_id"),
                number("final") == 1,
                (int) number("attempt"),
                text("continues"),
                text("station"),
                text("line"),
                (int) number("bay"),
                text("fixture"),
                text("operator"),
                text("work_order"),
                text("lot"),
                text("part"),
                text("revision"),
                text("unit"),
                text("probe"),
                text("scan"),
                known("verdict").map(Verdict::valueOf),
                known("reason").map(Reason::valueOf),
                text("message"),
                LedgerTime.parse(text("started")),
                known("ended").map(LedgerTime::parse),
                known("duration_ms").map(millis -> Double.parseDouble(millis) / THOUSAND),
                number("clock_suspect") == 1,
                StartKind.valueOf(text("start_kind")),
                text("source"),
                text("file_sha256"),
                text("image_hash"),
                text("image_hash_observed"),
                text("from_version"),
                text("to_version"),
                text("thing"),
                text("job_id"),
                text("execution"),
                text("cloud_intended"),
                text("cloud_answered"),
                text("cloud_problem"),
                text("cloud_message"),
                known("stage").map(RunStage::valueOf),
                number("board_gone") == 1,
                text("evidence"),
                text("tool_version"),
                text("stub_version"),
                phases(),
                number("bytes_sent") + number("bytes_received"),
                number("bytes_retransmitted"),
                number("pages_sent"));
    }

    private Map<String, Double> phases() {
        Map<String, Double> phases = new LinkedHashMap<>();
        try (JsonParser parser = JSON.createParser(text("phases"))) {
            while (parser.nextToken() != null) {
                if (parser.currentToken().isNumeric()) {
                    phases.put(parser.currentName(), parser.getDoubleValue());
                }
            }
            return phases;
        } catch (IOException e) {
            return Map.of();
        }
    }

    private String text(String column) {
        return String.valueOf(row.getOrDefault(column, ""));
    }

    private Optional<String> known(String column) {
        return Optional.of(text(column)).filter(text -> !text.isEmpty());
    }

    private long number(String column) {
        return row.get(column) instanceof Number number ? number.longValue() : 0;
    }
}
