package dev.fotabridge.station.ledger;

import dev.fotabridge.host.api.FotaException;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;

/**
 * What is in a ledger, for people: attempts with their ends, the newest first, in pages. Pages go by the rising number {@code seq}, so
 * that a page costs the same at the millionth row, and what is added meanwhile moves nothing. Thread-safe; every method blocks.
 */
public final class Records {
    /** Most rows of a page. */
    public static final int MAX_PAGE = 1_000;

    /** Rows that one transaction of an export reads: a long one would keep SQLite from shortening its log. */
    static final int EXPORT_ROWS = 10_000;

    /** With more rows for a prefix than these, the newest of them are soon met by walking down. */
    private static final int FEW = 10_000;

    /** Columns, and the table with an index of each. */
    private static final Map<String, String> SEARCHED =
            new TreeMap<>(Map.of("unit", "run_board", "scan", "run_board", "thing", "run", "job_id", "run"));

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
     */
    public record Page(long before, int limit, String prefix) {}

    /** {@return the rows of a page, columns by their names; the newest first} */
    public List<Map<String, Object>> page(Page page) throws FotaException {
        int limit = Math.max(1, Math.min(page.limit(), MAX_PAGE));
        return access.read(handle -> {
            Query query;
            if (page.prefix().isEmpty()) {
                query = handle.createQuery("SELECT * FROM record WHERE seq < :before ORDER BY seq DESC LIMIT :limit");
            } else if (isRare(handle, page.prefix())) {
                query = handle.createQuery("SELECT * FROM record WHERE run_id IN (" + matching("")
                        + ") AND seq < :before ORDER BY seq DESC LIMIT :limit");
            } else {
                query = handle.createQuery("SELECT * FROM record WHERE seq < :before AND (" + matches()
                        + ") ORDER BY seq DESC LIMIT :limit");
            }
            bindPrefix(query, page.prefix());
            return rows(query.bind("before", page.before()).bind("limit", limit));
        });
    }

    /** {@return the attempts of a run, the first one first; none if there is no such run} */
    public List<Map<String, Object>> run(String id) throws FotaException {
        return access.read(handle -> rows(handle.createQuery("SELECT * FROM record WHERE run_id = ? ORDER BY seq")
                .bind(0, id)));
    }

    /** {@return the attempt with this id; none if there is none} */
    public List<Map<String, Object>> attempt(String id) throws FotaException {
        return access.read(handle ->
                rows(handle.createQuery("SELECT * FROM record WHERE id = ?").bind(0, id)));
    }

    /** {@return the corrections of a run, the oldest first} */
    public List<Map<String, Object>> corrections(String run) throws FotaException {
        return access.read(handle -> rows(
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
        return access.read(handle -> rows(handle.createQuery("SELECT * FROM ("
                        + " SELECT at, who, mark AS action, bay, '' AS run_id, '' AS field, '' AS detail, '' AS why FROM place_mark"
                        + " WHERE mark <> 'CLEARED'"
                        + " UNION ALL SELECT at, who, mark, NULL, '', '', detail, '' FROM station_mark"
                        + " UNION ALL SELECT at, who, 'CORRECTED', NULL, run_id, field, value, why FROM correction"
                        + ") ORDER BY at DESC LIMIT ?")
                .bind(0, Math.max(1, Math.min(limit, MAX_PAGE)))));
    }

    /** Takes rows of an export. */
    @FunctionalInterface
    public interface Rows {
        /**
         * Takes some rows, outside of a transaction.
         *
         * @throws FotaException to end the export
         */
        void take(List<Map<String, Object>> rows) throws FotaException;
    }

    /**
     * Hands out all rows, the oldest first, 10 000 at a time; what is added meanwhile follows.
     *
     * @return how many there were
     */
    public long export(Rows to) throws FotaException {
        long after = 0;
        long count = 0;
        for (List<Map<String, Object>> rows = after(after); !rows.isEmpty(); rows = after(after)) {
            to.take(rows);
            count += rows.size();
            after = ((Number) rows.get(rows.size() - 1).get("seq")).longValue();
        }
        return count;
    }

    private List<Map<String, Object>> after(long seq) throws FotaException {
        return access.read(handle ->
                rows(handle.createQuery("SELECT * FROM record WHERE seq > ? ORDER BY seq LIMIT " + EXPORT_ROWS)
                        .bind(0, seq)));
    }

    /** {@return the columns of a row, in their order} */
    public List<String> columns() throws FotaException {
        return access.read(handle -> handle.createQuery("SELECT name FROM pragma_table_info('record') ORDER BY cid")
                .mapTo(String.class)
                .list());
    }

    private static boolean isRare(Handle handle, String prefix) {
        Query query = handle.createQuery("SELECT count(*) FROM (" + matching(" LIMIT " + FEW) + ")");
        bindPrefix(query, prefix);
        return query.mapTo(Integer.class).one() < FEW;
    }

    /** Ids of runs, each column by its index. */
    private static String matching(String limit) {
        return SEARCHED.entrySet().stream()
                .map(column -> "SELECT id FROM (SELECT " + (column.getValue().equals("run") ? "id" : "run_id AS id")
                        + " FROM " + column.getValue() + " WHERE " + matches(column.getKey()) + limit + ")")
                .collect(Collectors.joining(" UNION "));
    }

    private static String matches() {
        return SEARCHED.keySet().stream().map(Records::matches).collect(Collectors.joining(" OR "));
    }

    /** As a range, which an index serves; no text is behind a prefix and the last code point. */
    private static String matches(String column) {
        return column + " >= :prefix AND " + column + " < :end";
    }

    private static void bindPrefix(Query query, String prefix) {
        if (!prefix.isEmpty()) {
            query.bind("prefix", prefix).bind("end", prefix + Character.toString(Character.MAX_CODE_POINT));
        }
    }

    private static List<Map<String, Object>> rows(Query query) {
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
