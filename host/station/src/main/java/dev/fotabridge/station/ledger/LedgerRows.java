package dev.fotabridge.station.ledger;

import dev.fotabridge.host.api.Reason;
import dev.fotabridge.station.bay.StartGate;
import dev.fotabridge.station.bay.StopRule;
import dev.fotabridge.station.bay.UnitIdentity;
import dev.fotabridge.station.verdict.Verdict;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.result.RowView;
import org.jdbi.v3.core.statement.Query;

/**
 * The statements of a {@link Ledger}. Each belongs into a transaction. One thread adds rows at a time.
 * Tested by LedgerTest.
 */
final class LedgerRows {
    private final ClockRule clock;

    /** @param clock knows the latest time in the ledger */
    LedgerRows(ClockRule clock) {
        this.clock = clock;
    }

    static Instant latest(Handle handle) {
        return handle.createQuery(
                        "SELECT max(coalesce((SELECT max(started) FROM run WHERE seq > (SELECT max(seq) FROM run) - 64), ''),"
                                + " coalesce((SELECT max(ended) FROM attempt_end WHERE end_seq > (SELECT max(end_seq) FROM attempt_end) - 64), ''))")
                .mapTo(String.class)
                .findOne()
                .filter(text -> !text.isEmpty())
                .map(LedgerTime::parse)
                .orElse(Instant.EPOCH);
    }

    static Optional<StartGate.Taken> taken(Handle handle, String key) {
        return handle.createQuery("SELECT bay, run_id FROM idempotency WHERE key = ?")
                .bind(0, key)
                .map((row, context) -> new StartGate.Taken(row.getInt(1), row.getString(2)))
                .findOne();
    }

    void addRun(Handle handle, NewRun run) {
        handle.createUpdate(
                        "INSERT INTO run (id, bay, started, clock_suspect, start_kind, source, file_sha256, image_hash, to_version,"
                                + " thing, job_id, execution, continues, station, line, fixture, operator, part, revision, work_order,"
                                + " lot, tool_version) VALUES (:id, :bay, :at, :suspect, :kind, :source, :fileSha256, :imageHash,"
                                + " :version, :thing, :jobId, :execution, :continues, :station, :line, :fixture, :operator, :part,"
                                + " :revision, :workOrder, :lot, :toolVersion)")
                .bindMethods(run.what())
                .bindMethods(run.labels())
                .bind("id", run.id())
                .bind("bay", run.bay())
                .bind("at", LedgerTime.text(run.at()))
                .bind("suspect", clock.isSuspect(run.at()))
                .bind("kind", run.kind().name())
                .bind("continues", run.continues())
                .execute();
        addAttempt(handle, run.id(), run.attempt(), run.at());
        if (run.board().isKnown()) {
            addBoard(handle, run.id(), run.board());
        }
        handle.execute("INSERT INTO idempotency (key, bay, run_id) VALUES (?, ?, ?)", run.key(), run.bay(), run.id());
    }

    static int addBoard(Handle handle, String run, UnitIdentity board) {
        return handle.execute(
                "INSERT INTO run_board (run_id, unit, probe, scan) VALUES (?, ?, ?, ?)",
                run,
                board.unit(),
                board.probe(),
                board.scan());
    }

    void addAttempt(Handle handle, String run, String id, Instant at) {
        handle.execute(
                "INSERT INTO attempt (id, run_id, number, started, clock_suspect) SELECT ?, ?, coalesce(max(number), 0) + 1, ?, ?"
                        + " FROM attempt WHERE run_id = ?",
                id,
                run,
                LedgerTime.text(at),
                clock.isSuspect(at),
                run);
    }

    /** Returns the seq of the attempt: the newest of the run. */
    long addEnd(Handle handle, AttemptEnd end, boolean isFinal) {
        long attempt = handle.createQuery("SELECT max(seq) FROM attempt WHERE run_id = ?")
                .bind(0, end.run())
                .mapTo(Long.class)
                .one();
        handle.createUpdate(
                        "INSERT INTO attempt_end (attempt_seq, end_seq, run_id, final, ended, clock_suspect, duration_ms, verdict,"
                                + " reason, message, stage, board_gone, image_hash_observed, from_version, stub_version, phases,"
                                + " bytes_sent, bytes_received, bytes_retransmitted, pages_sent, evidence, cloud_intended) VALUES"
                                + " (:attempt, (SELECT coalesce(max(end_seq), 0) + 1 FROM attempt_end), :run, :final, :at, :suspect,"
                                + " :millis, :verdict, :reason, :message, :stage, :boardGone, :imageHash, :fromVersion, :stubVersion,"
                                + " :phases, :sentBytes, :receivedBytes, :retransmittedBytes, :pagesSent, :evidence, :cloud)")
                .bindMethods(end.result())
                .bindMethods(end.seen())
                .bindMethods(end.seen().wire())
                .bind("attempt", attempt)
                .bind("run", end.run())
                .bind("final", isFinal)
                .bind("at", LedgerTime.text(end.at()))
                .bind("suspect", clock.isSuspect(end.at()))
                .bind("millis", end.millis().isPresent() ? end.millis().getAsLong() : null)
                .bind("evidence", end.evidence())
                .bind("cloud", end.cloudIntended())
                .execute();
        return attempt;
    }

    static void addToPlantOutbox(Handle handle, long attempt) {
        handle.execute("INSERT INTO plant_outbox (attempt_seq) VALUES (?)", attempt);
    }

    static int addAnswer(Handle handle, long attempt, CloudAnswer answer, Instant at) {
        return handle.execute(
                "INSERT INTO cloud_answer (attempt_seq, at, answered, problem, message) VALUES (?, ?, ?, ?, ?)"
                        + " ON CONFLICT (attempt_seq) DO NOTHING",
                attempt,
                LedgerTime.text(at),
                answer.answered(),
                answer.problem(),
                answer.message());
    }

    static int bayOf(Handle handle, String run) {
        return handle.createQuery("SELECT bay FROM run WHERE id = ?")
                .bind(0, run)
                .mapTo(Integer.class)
                .one();
    }

    static int markPlace(Handle handle, int bay, String mark, Instant at, String who) {
        return handle.execute(
                "INSERT INTO place_mark (bay, mark, at, who, after_run)"
                        + " VALUES (?, ?, ?, ?, (SELECT coalesce(max(seq), 0) FROM run))",
                bay,
                mark,
                LedgerTime.text(at),
                who);
    }

    static int markStation(Handle handle, String mark, String detail, Instant at, String who) {
        return handle.execute(
                "INSERT INTO station_mark (mark, detail, at, who, after_end)"
                        + " VALUES (?, ?, ?, ?, (SELECT coalesce(max(end_seq), 0) FROM attempt_end))",
                mark,
                detail,
                LedgerTime.text(at),
                who);
    }

    static boolean addCorrection(Handle handle, Correction correction) {
        return handle.execute(
                        "INSERT INTO correction (run_id, field, value, why, who, at)"
                                + " SELECT id, ?, ?, ?, ?, ? FROM run WHERE id = ?",
                        correction.field(),
                        correction.value(),
                        correction.why(),
                        correction.who(),
                        LedgerTime.text(correction.at()),
                        correction.run())
                == 1;
    }

    static boolean isLocked(Handle handle, int bay) {
        return handle.createQuery("SELECT mark FROM place_mark WHERE bay = ? AND mark IN ('LOCKED', 'UNLOCKED')"
                        + " ORDER BY seq DESC LIMIT 1")
                .bind(0, bay)
                .mapTo(String.class)
                .findOne()
                .equals(Optional.of("LOCKED"));
    }

    static boolean isStopped(Handle handle) {
        return handle.createQuery(
                        "SELECT mark FROM station_mark WHERE mark IN ('STOPPED', 'RESUMED') ORDER BY seq DESC LIMIT 1")
                .mapTo(String.class)
                .findOne()
                .equals(Optional.of("STOPPED"));
    }

    static Optional<String> approved(Handle handle) {
        return handle.createQuery("SELECT detail FROM station_mark WHERE mark = 'RELEASE' ORDER BY seq DESC LIMIT 1")
                .mapTo(String.class)
                .findOne();
    }

    /** Returns the verdicts of a bay since it was unlocked, and since its last PASS, which begins the count again; the oldest first. */
    static List<Verdict> verdictsSinceUnlock(Handle handle, int bay) {
        return handle.createQuery(
                        "SELECT attempt_end.verdict FROM run JOIN attempt_end ON attempt_end.run_id = run.id AND final = 1"
                                + " WHERE run.bay = :bay AND run.seq > max("
                                + " coalesce((SELECT max(after_run) FROM place_mark WHERE bay = :bay AND mark = 'UNLOCKED'), 0),"
                                + " coalesce((SELECT passed.seq FROM run passed JOIN attempt_end ends ON ends.run_id = passed.id AND ends.final = 1"
                                + " WHERE passed.bay = :bay AND ends.verdict = 'PASS' ORDER BY passed.seq DESC LIMIT 1), 0))"
                                + " ORDER BY run.seq")
                .bind("bay", bay)
                .mapTo(String.class)
                .map(Verdict::valueOf)
                .list();
    }

    /**
     * Returns the ends since starts were resumed, and since the last end of another kind; the oldest first. The plus keeps SQLite
     * from the index of final ends, which has all of them, and is in another order.
     */
    static List<StopRule.End> endsSinceResume(Handle handle) {
        return handle.createQuery(
                        "SELECT unit, probe, scan, reason FROM attempt_end LEFT JOIN run_board ON run_board.run_id = attempt_end.run_id"
                                + " WHERE +final = 1 AND end_seq > max("
                                + " coalesce((SELECT max(after_end) FROM station_mark WHERE mark = 'RESUMED'), 0),"
                                + " coalesce((SELECT end_seq FROM attempt_end WHERE +final = 1 AND reason NOT IN ('REVERTED', 'NOT_VERIFIED')"
                                + " ORDER BY end_seq DESC LIMIT 1), 0)) ORDER BY end_seq")
                .map(row -> new StopRule.End(board(row).name(), Reason.valueOf(row.getColumn("reason", String.class))))
                .list();
    }

    /** Of each bay the newest run alone: the next one begins once that has ended. So no million of attempts is read. */
    static List<OpenRun> open(Handle handle) {
        return handle.createQuery(
                        "WITH RECURSIVE place (number) AS (SELECT min(bay) FROM run UNION ALL"
                                + " SELECT (SELECT min(bay) FROM run WHERE bay > number) FROM place WHERE number IS NOT NULL)"
                                + " SELECT run.id, bay, unit, probe, scan, file_sha256, thing, job_id, execution, attempt.number"
                                + " FROM place JOIN run ON run.seq = (SELECT max(seq) FROM run WHERE bay = place.number)"
                                + " JOIN attempt ON attempt.run_id = run.id LEFT JOIN run_board ON run_board.run_id = run.id"
                                + " WHERE NOT EXISTS (SELECT 1 FROM attempt_end WHERE attempt_seq = attempt.seq) ORDER BY attempt.seq")
                .map(row -> new OpenRun(
                        string(row, "id"),
                        row.getColumn("bay", Integer.class),
                        board(row),
                        row.getColumn("number", Integer.class),
                        string(row, "file_sha256"),
                        string(row, "thing"),
                        string(row, "job_id"),
                        string(row, "execution")))
                .list();
    }

    static List<UntoldEnd> untold(Handle handle) {
        return handle.createQuery(
                        "SELECT attempt_seq, run_id, ended, thing, job_id, execution, cloud_intended, reason, message"
                                + " FROM attempt_end JOIN run ON run.id = attempt_end.run_id"
                                + " WHERE cloud_intended <> '' AND attempt_seq NOT IN (SELECT attempt_seq FROM cloud_answer)"
                                + " ORDER BY attempt_seq")
                .map(row -> new UntoldEnd(
                        row.getColumn("attempt_seq", Long.class),
                        string(row, "run_id"),
                        LedgerTime.parse(string(row, "ended")),
                        string(row, "thing"),
                        string(row, "job_id"),
                        string(row, "execution"),
                        string(row, "cloud_intended"),
                        Reason.valueOf(string(row, "reason")),
                        string(row, "message")))
                .list();
    }

    static PlaceState place(Handle handle, int bay) {
        return handle.createQuery("SELECT run.id, unit, probe, scan, verdict, EXISTS (SELECT 1 FROM place_mark"
                        + " WHERE place_mark.bay = run.bay AND mark = 'CLEARED' AND after_run >= run.seq) AS cleared"
                        + " FROM run LEFT JOIN run_board ON run_board.run_id = run.id LEFT JOIN attempt_end ON attempt_end.run_id = run.id AND final = 1"
                        + " WHERE run.bay = ? ORDER BY run.seq DESC LIMIT 1")
                .bind(0, bay)
                .map(row -> new PlaceState(
                        string(row, "id"),
                        Optional.ofNullable(string(row, "verdict"))
                                .filter(verdict -> !row.getColumn("cleared", Boolean.class))
                                .map(Verdict::valueOf),
                        board(row),
                        isLocked(handle, bay)))
                .findOne()
                .orElse(PlaceState.NEW);
    }

    /** By the strongest name that the board has: a DK keeps its probe's number when its unit id is not known yet. */
    static List<Verdict> runsOf(Handle handle, UnitIdentity board, String fileSha256, long after) {
        String column = !board.unit().isEmpty() ? "unit" : !board.probe().isEmpty() ? "probe" : "scan";
        Query query = handle.createQuery(
                "SELECT verdict FROM run_board JOIN run ON run.id = run_board.run_id JOIN attempt_end ON attempt_end.run_id = run.id AND final = 1"
                        + " WHERE " + column + " = ? AND file_sha256 = ? AND run.seq > ? ORDER BY run.seq");
        return query.bind(0, board.name())
                .bind(1, fileSha256)
                .bind(2, after)
                .mapTo(String.class)
                .map(Verdict::valueOf)
                .list();
    }

    static long newestRun(Handle handle) {
        return handle.createQuery("SELECT coalesce(max(seq), 0) FROM run")
                .mapTo(Long.class)
                .one();
    }

    private static UnitIdentity board(RowView row) {
        return string(row, "unit") == null
                ? UnitIdentity.NONE
                : new UnitIdentity(string(row, "unit"), string(row, "probe"), string(row, "scan"));
    }

    private static String string(RowView row, String column) {
        return row.getColumn(column, String.class);
    }
}
