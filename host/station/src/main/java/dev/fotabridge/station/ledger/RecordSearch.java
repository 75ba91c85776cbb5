package dev.fotabridge.station.ledger;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;

/**
 * A page of records, the newest first, without reading a million of them. What most records match is soon met by walking down from the
 * newest one. What few match is found by the indexes.
 * Tested by RecordsTest.
 */
final class RecordSearch {
    /** Records that are walked down. Each takes about 2 us. */
    static final int WALK = 5_000;

    /**
     * Runs that are taken from the indexes beyond a page. A run at another bay may have begun before them and have a later attempt; a
     * station has at most so many bays.
     */
    private static final int BESIDE = 256;

    /** Columns with an index, and their table. */
    private static final Map<String, String> SEARCHED =
            new TreeMap<>(Map.of("unit", "run_board", "scan", "run_board", "thing", "run", "job_id", "run"));

    private static final String WALKED = "SELECT * FROM record WHERE seq < :before"
            + " AND seq > (SELECT max(seq) FROM attempt WHERE seq < :before) - " + WALK + " AND (" + matches() + ")";

    /** The newest run of which an attempt is asked for; runs and their first attempts have one order. */
    private static final String NEWEST = "(SELECT run.seq FROM attempt JOIN run ON run.id = attempt.run_id"
            + " WHERE attempt.seq < :before AND number = 1 ORDER BY attempt.seq DESC LIMIT 1)";

    /** In a bay one run follows the other, so that the order of its runs is that of its attempts. */
    private static final String OF_BAY = "SELECT record.* FROM run CROSS JOIN record ON record.run_id = run.id"
            + " WHERE run.bay = :bay AND run.seq <= " + NEWEST + " AND record.seq < :before"
            + " ORDER BY run.seq DESC, record.seq DESC";

    private static final String NEWEST_FIRST = " ORDER BY record.seq DESC";

    private final Handle handle;
    private final Records.Page page;

    RecordSearch(Handle handle, Records.Page page) {
        this.handle = handle;
        this.page = page;
    }

    /** Returns the rows, the newest first. */
    List<Map<String, Object>> rows() {
        int limit = Math.max(1, Math.min(page.limit(), Records.MAX_PAGE));
        if (page.prefix().isEmpty()) {
            return rows(
                    page.bay().isPresent() ? OF_BAY : "SELECT * FROM record WHERE seq < :before" + NEWEST_FIRST, limit);
        }
        List<Map<String, Object>> walked = rows(WALKED + atBay("bay") + NEWEST_FIRST, limit);
        return walked.size() == limit ? walked : rows(indexed() + NEWEST_FIRST, limit);
    }

    private String indexed() {
        String runs = SEARCHED.entrySet().stream()
                .map(column -> "SELECT seq FROM (" + runs(column.getKey(), column.getValue()) + ")")
                .collect(Collectors.joining(" UNION "));
        return "SELECT record.* FROM (" + runs + ") AS found CROSS JOIN run ON run.seq = found.seq"
                + " CROSS JOIN record ON record.run_id = run.id WHERE record.seq < :before";
    }

    private String runs(String column, String table) {
        String from = table.equals("run") ? "run" : table + " CROSS JOIN run ON run.id = run_id";
        return "SELECT run.seq FROM " + from + " WHERE " + matches(column) + atBay("run.bay") + " AND run.seq <= "
                + NEWEST + " ORDER BY run.seq DESC LIMIT :limit + " + BESIDE;
    }

    private String atBay(String column) {
        return page.bay().isPresent() ? " AND " + column + " = :bay" : "";
    }

    private static String matches() {
        return SEARCHED.keySet().stream().map(RecordSearch::matches).collect(Collectors.joining(" OR "));
    }

    /** As a range, which an index serves; no text is behind a prefix and the last code point. */
    private static String matches(String column) {
        return column + " >= :prefix AND " + column + " < :end";
    }

    private List<Map<String, Object>> rows(String select, int limit) {
        Query query = handle.createQuery(select + " LIMIT :limit");
        query.bind("before", page.before()).bind("limit", limit);
        page.bay().ifPresent(bay -> query.bind("bay", bay));
        if (!page.prefix().isEmpty()) {
            query.bind("prefix", page.prefix())
                    .bind("end", page.prefix() + Character.toString(Character.MAX_CODE_POINT));
        }
        return NamedRows.of(query);
    }
}
