package dev.fotabridge.station.records;

import dev.fotabridge.host.api.FotaException;
import dev.fotabridge.station.control.RecordPage;
import dev.fotabridge.station.control.RecordQuery;
import dev.fotabridge.station.control.RecordSink;
import dev.fotabridge.station.control.StationRecord;
import dev.fotabridge.station.ledger.Records;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
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
        List<StationRecord> page = new ArrayList<>();
        long before = query.before();
        while (page.size() < query.limit()) {
            // Of one bay's records there may be few among many.
            int rowsToRead = query.bay().isPresent() ? Records.MAX_PAGE : query.limit() - page.size();
            List<StationRecord> next = next(query.search(), before, rowsToRead);
            if (next.isEmpty()) {
                return new RecordPage(page, Optional.empty());
            }
            for (StationRecord record : next) {
                before = record.seq();
                if (isWanted(query, record)) {
                    page.add(record);
                    if (page.size() == query.limit()) {
                        break;
                    }
                }
            }
        }
        return new RecordPage(page, Optional.of(before));
    }

    private List<StationRecord> next(String search, long before, int most) throws FotaException {
        return read(rows.page(new Records.Page(before, most, search)));
    }

    private static boolean isWanted(RecordQuery query, StationRecord record) {
        return query.bay().filter(bay -> bay != record.bay()).isEmpty();
    }

    /**
     * Hands out all records, the oldest first. No transaction is open while the sink is called.
     *
     * @throws FotaException if they cannot be read
     * @throws IOException what the sink throws
     */
    public void export(RecordSink sink) throws FotaException, IOException {
        try {
            rows.export(some -> accept(some, sink));
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private static void accept(List<Map<String, Object>> rows, RecordSink sink) {
        try {
            for (Map<String, Object> row : rows) {
                sink.accept(RecordRow.read(row));
            }
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
