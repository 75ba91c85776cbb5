package dev.fotabridge.station.ledger;

import dev.fotabridge.host.api.FotaException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * What is in a ledger, for people: attempts with their ends, the newest first, in pages. Pages go by the rising number {@code seq}, so
 * that a page costs the same at the millionth row, and what is added meanwhile moves nothing. Thread-safe; every method blocks.
 */
public final class Records {
    /** Most rows of a page. */
    public static final int MAX_PAGE = 1_000;

    /** Rows that one transaction of an export reads: a long one would keep SQLite from shortening its log. */
    static final int EXPORT_ROWS = 10_000;

    /** A row takes some 5 KiB once it is read. */
    private static final int READ_AT_ONCE = 500;

    private final LedgerAccess access;

    Records(LedgerAccess access) {
        this.access = access;
    }

    /**
     * What is asked for.
     *
     * @param before only rows with a smaller seq; {@link Long#MAX_VALUE} for the newest
     * @param limit most rows, 1 to {@link #MAX_PAGE}
     * @param prefix what unit, scan, thing or job id begin with; empty for all
     * @param bay only rows of this bay; empty for all
     */
    public record Page(long before, int limit, String prefix, Optional<Integer> bay) {
        /** A page of rows of all bays. */
        public Page(long before, int limit, String prefix) {
            this(before, limit, prefix, Optional.empty());
        }
    }

    /** {@return the rows of a page, columns by their names; the newest first} */
    public List<Map<String, Object>> page(Page page) throws FotaException {
        return access.read(handle -> new RecordSearch(handle, page).rows());
    }

    /** {@return the attempts of a run, the first one first; none if there is no such run} */
    public List<Map<String, Object>> run(String id) throws FotaException {
        return access.read(
                handle -> NamedRows.of(handle.createQuery("SELECT * FROM record WHERE run_id = ? ORDER BY seq")
                        .bind(0, id)));
    }

    /** {@return the attempt with this id; none if there is none} */
    public List<Map<String, Object>> attempt(String id) throws FotaException {
        return access.read(handle -> NamedRows.of(
                handle.createQuery("SELECT * FROM record WHERE id = ?").bind(0, id)));
    }

    /** {@return the corrections of a run, the oldest first} */
    public List<Map<String, Object>> corrections(String run) throws FotaException {
        return access.read(handle -> NamedRows.of(
                handle.createQuery("SELECT field, value, why, who, at FROM correction WHERE run_id = ? ORDER BY seq")
                        .bind(0, run)));
    }

    /**
     * Reads what was done beside runs: bays locked and unlocked, starts stopped and resumed, releases approved, records corrected.
     *
     * @param limit most rows, 1 to {@link #MAX_PAGE}
     * @return the newest first, by the clock
     */
    public List<Map<String, Object>> actions(int limit) throws FotaException {
        return access.read(handle -> NamedRows.of(handle.createQuery("SELECT * FROM ("
                        + " SELECT at, who, mark AS action, bay, '' AS run_id, '' AS field, '' AS detail, '' AS why FROM place_mark"
                        + " WHERE mark <> 'CLEARED'"
                        + " UNION ALL SELECT at, who, mark, NULL, '', '', detail, '' FROM station_mark"
                        + " UNION ALL SELECT at, who, 'CORRECTED', NULL, run_id, field, value, why FROM correction"
                        + ") ORDER BY at DESC LIMIT ?")
                .bind(0, Math.max(1, Math.min(limit, MAX_PAGE)))));
    }

    /**
     * Takes what an export reads.
     *
     * @param <T> what a row is read as
     */
    @FunctionalInterface
    public interface Sink<T> {
        /**
         * Takes the next one, outside of a transaction.
         *
         * @throws FotaException to end the export
         */
        void take(T next) throws FotaException;
    }

    /**
     * Hands out all rows, the oldest first, read 10 000 at a time; what is added meanwhile follows.
     *
     * @param reads makes of a row's columns, by their names, what is handed out; called by several threads at once, since that is most of
     *     the work
     * @param to called by the caller's thread alone
     * @return how many there were
     */
    public <T> long export(Function<Map<String, Object>, T> reads, Sink<T> to) throws FotaException {
        PackedRows packed = new PackedRows(columns());
        long after = 0;
        long count = 0;
        for (List<String> rows = after(packed, after); !rows.isEmpty(); rows = after(packed, after)) {
            for (int from = 0; from < rows.size(); from += READ_AT_ONCE) {
                List<String> some = rows.subList(from, Math.min(rows.size(), from + READ_AT_ONCE));
                for (T next : some.parallelStream().map(packed::row).map(reads).toList()) {
                    to.take(next);
                }
            }
            after = ((Number) packed.row(rows.get(rows.size() - 1)).get("seq")).longValue();
            count += rows.size();
        }
        return count;
    }

    private List<String> after(PackedRows packed, long seq) throws FotaException {
        return access.read(handle -> handle.createQuery("SELECT " + packed.expression()
                        + " FROM record WHERE seq > ? ORDER BY seq LIMIT " + EXPORT_ROWS)
                .bind(0, seq)
                .mapTo(String.class)
                .list());
    }

    /** {@return the columns of a row, in their order} */
    public List<String> columns() throws FotaException {
        return access.read(handle -> handle.createQuery("SELECT name FROM pragma_table_info('record') ORDER BY cid")
                .mapTo(String.class)
                .list());
    }
}
