package dev.fotabridge.station.records;

import dev.fotabridge.host.api.FotaException;
import dev.fotabridge.station.control.RecordPage;
import dev.fotabridge.station.control.RecordQuery;
import dev.fotabridge.station.control.RecordSink;
import dev.fotabridge.station.control.StationRecord;
import dev.fotabridge.station.ledger.Records;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** The records of a station. Thread-safe; every method blocks for as long as the disk takes. */
public final class StationRecords {
    private static final Pattern SEQ = Pattern.compile("[0-9]{1,18}");

    private final Records rows;

    /** @param rows of a ledger, whether a station uses it or not */
    public StationRecords(Records rows) {
        this.rows = rows;
    }

    /** {@return the records that are asked for, the newest first} */
    public RecordPage page(RecordQuery query) throws FotaException {
        List<StationRecord> page =
                read(rows.page(new Records.Page(query.before(), query.limit(), query.search(), query.bay())));
        boolean isLast = page.size() < query.limit();
        return new RecordPage(
                page,
                isLast
                        ? Optional.empty()
                        : Optional.of(page.get(page.size() - 1).seq()));
    }

    /**
     * Hands out all records, the oldest first. No transaction is open while the sink is called.
     *
     * @throws FotaException if they cannot be read
     * @throws IOException what the sink throws
     */
    public void export(RecordSink sink) throws FotaException, IOException {
        try {
            rows.export(RecordRow::read, record -> accept(record, sink));
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private static void accept(StationRecord record, RecordSink sink) {
        try {
            sink.accept(record);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** {@return the attempts of a run, the first one first; none if there is no such run} */
    public List<StationRecord> run(String id) throws FotaException {
        return read(rows.run(id));
    }

    /**
     * Finds a record.
     *
     * @param name its seq, its id, or the id of its run, of which the last attempt is meant
     */
    public Optional<StationRecord> find(String name) throws FotaException {
        if (SEQ.matcher(name).matches()) {
            return numbered(Long.parseLong(name));
        }
        List<StationRecord> attempts = run(name);
        return attempts.isEmpty()
                ? read(rows.attempt(name)).stream().findFirst()
                : Optional.of(attempts.get(attempts.size() - 1));
    }

    /** {@return the record with this seq} */
    public Optional<StationRecord> numbered(long seq) throws FotaException {
        return read(rows.page(new Records.Page(seq + 1, 1, ""))).stream()
                .filter(record -> record.seq() == seq)
                .findFirst();
    }

    /** {@return the corrections of a run, the oldest first} */
    public List<RecordChange> corrections(String run) throws FotaException {
        return rows.corrections(run).stream().map(RecordChange::read).toList();
    }

    /**
     * Reads what was done beside runs.
     *
     * @param limit most actions, 1 to 1000
     * @return the newest first, by the clock
     */
    public List<StationAction> actions(int limit) throws FotaException {
        return rows.actions(limit).stream().map(StationAction::read).toList();
    }

    private static List<StationRecord> read(List<Map<String, Object>> rows) {
        return rows.stream().map(RecordRow::read).toList();
    }
}
