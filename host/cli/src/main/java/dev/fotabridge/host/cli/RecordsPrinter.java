package dev.fotabridge.host.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.fotabridge.host.api.FotaException;
import dev.fotabridge.host.api.Reason;
import dev.fotabridge.station.control.RecordCorrection;
import dev.fotabridge.station.control.RecordPage;
import dev.fotabridge.station.control.RecordQuery;
import dev.fotabridge.station.control.StationRecord;
import dev.fotabridge.station.ledger.Correction;
import dev.fotabridge.station.ledger.CorrectionWriter;
import dev.fotabridge.station.ledger.LedgerReader;
import dev.fotabridge.station.records.CorrectionRule;
import dev.fotabridge.station.records.RecordChange;
import dev.fotabridge.station.records.StationAction;
import dev.fotabridge.station.records.StationRecords;
import dev.fotabridge.station.text.RecordFields;
import dev.fotabridge.station.text.RecordJson;
import java.io.IOException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Carries out what the commands about records say, and prints it. Tested by StationRecordsCommandTest. */
final class RecordsPrinter {
    private final RecordsCommand command;

    RecordsPrinter(RecordsCommand command) {
        this.command = command;
    }

    /** Opens the ledger that a command means. */
    static StationRecords open(RecordsCommand command) throws FotaException {
        return new StationRecords(LedgerReader.open(command.ledgerDirectory()));
    }

    /** Prints a page, and returns the exit code. */
    int list(String search, Optional<Integer> bay, long before, int limit) throws FotaException {
        StationRecords records = open(command);
        RecordPage page = records.page(new RecordQuery(search, bay, before, limit));
        if (command.common.json) {
            page.records().forEach(record -> print(command.json(), record));
        } else {
            table(page.records());
            if (page.next().isPresent()
                    && hasMore(records, new RecordQuery(search, bay, page.next().get(), 1))) {
                command.streams().note("Older records: --before " + page.next().get());
            }
        }
        return command.done();
    }

    /** A page that is full may be the last one. */
    private static boolean hasMore(StationRecords records, RecordQuery next) throws FotaException {
        return !records.page(next).records().isEmpty();
    }

    /** A record as one event of {@code --json}. */
    static void print(JsonEvents json, StationRecord record) {
        json.line("RECORD", g -> write(g, RecordFields.of(record)));
    }

    private static void write(JsonGenerator g, Map<String, Object> fields) throws IOException {
        for (Map.Entry<String, Object> field : fields.entrySet()) {
            g.writeFieldName(field.getKey());
            RecordJson.write(g, field.getValue());
        }
    }

    private void table(List<StationRecord> records) {
        if (records.isEmpty()) {
            command.streams().note("There is no such record.");
            return;
        }
        int columns = TextStyle.isTerminal(1) ? TerminalSize.ofStandardError().columns() : Integer.MAX_VALUE;
        RecordsTable.lines(records, ZoneId.systemDefault(), columns).forEach(command.streams()::data);
    }

    /** Prints all of a record, and returns the exit code. */
    int show(String name) throws FotaException {
        StationRecords records = open(command);
        StationRecord record = find(records, name);
        List<StationRecord> others = records.run(record.runId()).stream()
                .filter(attempt -> attempt.seq() != record.seq())
                .toList();
        List<RecordChange> corrections = records.corrections(record.runId());
        if (command.common.json) {
            command.json().line("RECORD", g -> {
                write(g, RecordFields.of(record));
                write(g, Map.of("otherAttempts", others));
                write(g, Map.of("corrections", corrections));
            });
        } else {
            RecordText.lines(record, corrections, ZoneId.systemDefault()).forEach(command.streams()::data);
            if (!others.isEmpty()) {
                command.streams().data("");
                command.streams().data("Other attempts of this run:");
                table(others);
            }
        }
        return command.done();
    }

    private static StationRecord find(StationRecords records, String name) throws FotaException {
        return records.find(name)
                .orElseThrow(() -> new FotaException(
                        Reason.USAGE,
                        "There is no record '" + name + "': 'station records list' shows which there are."));
    }

    /** Prints what was done beside runs, and returns the exit code. */
    int actions(int limit) throws FotaException {
        List<StationAction> actions = open(command).actions(limit);
        if (command.common.json) {
            actions.forEach(action -> command.json().line("ACTION", g -> write(g, RecordFields.of(action))));
        } else if (actions.isEmpty()) {
            command.streams().note("Nothing was done yet.");
        } else {
            actions.forEach(action -> command.streams().data(RecordText.line(action, ZoneId.systemDefault())));
        }
        return command.done();
    }

    /** Adds a correction, and returns the exit code. */
    int correct(RecordsCorrectCommand asked) throws FotaException {
        StationRecord record = find(open(command), asked.name);
        RecordCorrection correction =
                new RecordCorrection(record.seq(), asked.field, asked.value, asked.why, asked.who);
        Correction checked = CorrectionRule.of(record, correction, Instant.now());
        CorrectionWriter.add(command.ledgerDirectory(), checked);
        if (command.common.json) {
            command.json().line("CORRECTION", g -> {
                g.writeStringField("runId", record.runId());
                write(g, RecordFields.of(correction));
            });
        } else {
            command.streams().note("The correction is stored beside the records of the run " + record.runId() + ".");
        }
        return command.done();
    }
}
