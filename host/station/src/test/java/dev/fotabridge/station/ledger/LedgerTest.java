package dev.fotabridge.station.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fotabridge.host.api.FotaException;
import dev.fotabridge.host.api.Reason;
import dev.fotabridge.host.api.WireTotals;
import dev.fotabridge.station.bay.LockRule;
import dev.fotabridge.station.bay.RunResult;
import dev.fotabridge.station.bay.StartGate;
import dev.fotabridge.station.bay.StartKind;
import dev.fotabridge.station.bay.StopRule;
import dev.fotabridge.station.bay.UnitIdentity;
import dev.fotabridge.station.verdict.RunStage;
import dev.fotabridge.station.verdict.Verdict;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jdbi.v3.core.statement.UnableToExecuteStatementException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The shipped tables and statements, in memory. */
final class LedgerTest {
    static final Instant START = Instant.parse("2026-11-30T08:00:00Z");
    static final String HASH = "ab".repeat(32);
    static final String FILE = "cd".repeat(32);
    static final NewRun.Labels LABELS =
            new NewRun.Labels("line-1", "L", "F-7", "Ann", "P-1", "B", "WO-9", "LOT-3", "fota-bridge 0.1.0");

    private final MemoryLedger memory = new MemoryLedger();
    private Ledger ledger;

    @BeforeEach
    void open() throws FotaException {
        ledger = memory.open(new LockRule(2), new StopRule(3));
    }

    @AfterEach
    void close() {
        memory.close();
    }

    static NewRun run(String id, int bay, String unit) {
        return new NewRun(
                id,
                id + "-1",
                bay,
                START,
                StartKind.BUTTON,
                "key-of-" + id,
                NewRun.What.release("2.0.0", FILE, HASH, "2.0.0"),
                new UnitIdentity(unit, "", ""),
                "",
                LABELS);
    }

    static AttemptEnd end(String run, Reason reason) {
        boolean passed = reason == Reason.SUCCEEDED;
        return new AttemptEnd(
                run,
                START.plusSeconds(20),
                OptionalLong.of(20_000),
                new RunResult(reason, "It ended.", RunStage.PROVEN, false),
                new AttemptEnd.Seen(passed ? HASH : "", "1.0.0", "1.0", "{}", WireTotals.NONE),
                "",
                "");
    }

    private StoredEnd play(String run, int bay, String unit, Reason reason) throws FotaException {
        ledger.begin(run(run, bay, unit));
        return ledger.end(end(run, reason));
    }

    @Test
    void aRunIsOneRecordWithAllThatIsKnown() throws FotaException {
        play("r1", 3, "u1", Reason.SUCCEEDED);
        List<Map<String, Object>> rows = memory.records().page(new Records.Page(Long.MAX_VALUE, 10, ""));
        assertEquals(1, rows.size());
        Map<String, Object> row = rows.get(0);
        assertEquals("PASS", row.get("verdict"));
        assertEquals(1, row.get("final"));
        assertEquals(3, row.get("bay"));
        assertEquals("2026-11-30T08:00:00.000Z", row.get("started"));
        assertEquals("2026-11-30T08:00:20.000Z", row.get("ended"));
        assertEquals(HASH, row.get("image_hash_observed"));
        assertEquals("Ann", row.get("operator"));
        assertEquals(20_000, row.get("duration_ms"));
        assertEquals(memory.records().columns(), List.copyOf(row.keySet()));
    }

    @Test
    void aRunInProgressIsARecordWithoutAnEnd() throws FotaException {
        ledger.begin(run("r1", 1, "u1"));
        Map<String, Object> row = memory.records().run("r1").get(0);
        assertEquals("", row.get("verdict"));
        assertEquals(List.of(new OpenRun("r1", 1, new UnitIdentity("u1", "", ""), 1, FILE, "", "", "")), ledger.open());
    }

    @Test
    void aBoardThatIsKnownLaterIsPartOfItsRecord() throws FotaException {
        ledger.begin(run("r1", 1, ""));
        assertEquals(UnitIdentity.NONE, ledger.open().get(0).board());
        UnitIdentity board = new UnitIdentity("u1", "p1", "s1");
        ledger.identify("r1", board);
        assertEquals(board, ledger.open().get(0).board());
        assertEquals(board, ledger.place(1).board());
        assertEquals("u1", memory.records().run("r1").get(0).get("unit"));
        assertThrows(FotaException.class, () -> ledger.identify("r1", board));
    }

    @Test
    void theSameKeyIsTheSameRunForEver() throws FotaException {
        assertEquals(Optional.empty(), ledger.begin(run("r1", 1, "u1")));
        NewRun again = new NewRun(
                "r2",
                "r2-1",
                1,
                START,
                StartKind.BUTTON,
                "key-of-r1",
                run("r2", 1, "u1").what(),
                UnitIdentity.NONE,
                "",
                LABELS);
        assertEquals(Optional.of(new StartGate.Taken(1, "r1")), ledger.begin(again));
        ledger.end(end("r1", Reason.SUCCEEDED));
        open();
        assertEquals(Optional.of(new StartGate.Taken(1, "r1")), ledger.taken("key-of-r1"));
        assertEquals(1, count("run"));
    }

    @Test
    void aSecondAttemptBeginsWithTheEndOfTheFirst() throws FotaException {
        ledger.begin(run("r1", 1, "u1"));
        ledger.tryAgain(end("r1", Reason.LINK_LOST), "r1-2");
        assertEquals(2, ledger.open().get(0).attempt());
        ledger.end(end("r1", Reason.SUCCEEDED));
        List<Map<String, Object>> rows = memory.records().run("r1");
        assertEquals(
                List.of("FAIL", "PASS"),
                rows.stream().map(row -> row.get("verdict")).toList());
        assertEquals(List.of(0, 1), rows.stream().map(row -> row.get("final")).toList());
        assertEquals(List.of(), ledger.open());
        assertEquals(1, count("plant_outbox"));
    }

    @Test
    void aRunHasOneFinalEnd() throws FotaException {
        play("r1", 1, "u1", Reason.SUCCEEDED);
        FotaException refused = assertThrows(FotaException.class, () -> ledger.end(end("r1", Reason.REVERTED)));
        assertEquals(Reason.STORAGE_UNWRITABLE, refused.reason());
        assertEquals(1, count("attempt_end"));
    }

    @Test
    void theDatabaseRefusesAPassWithoutTheHash() throws FotaException {
        ledger.begin(run("r1", 1, "u1"));
        AttemptEnd blind = new AttemptEnd(
                "r1",
                START,
                OptionalLong.empty(),
                new RunResult(Reason.SUCCEEDED, "", RunStage.PROVEN, false),
                AttemptEnd.Seen.NOTHING,
                "",
                "");
        FotaException refused = assertThrows(FotaException.class, () -> ledger.end(blind));
        assertTrue(refused.getMessage().contains("PASS without the hash"), refused.getMessage());
        assertEquals(0, count("attempt_end"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "run",
                "run_board",
                "attempt",
                "attempt_end",
                "cloud_answer",
                "idempotency",
                "place_mark",
                "station_mark",
                "correction",
                "plant_outbox"
            })
    void noRowIsChangedOrDeleted(String table) throws FotaException {
        play("r1", 1, "u1", Reason.SUCCEEDED);
        ledger.answer(1, new CloudAnswer("SUCCEEDED", "", ""), START);
        ledger.clear(1, START);
        ledger.resume(START, "eve");
        ledger.correct(new Correction("r1", "lot", "LOT-4", "misread", "eve", START));
        assertTrue(count(table) > 0, table);
        String column = memory.tables()
                .createQuery("SELECT name FROM pragma_table_info('" + table + "') LIMIT 1")
                .mapTo(String.class)
                .one();
        refused("UPDATE " + table + " SET " + column + " = " + column);
        refused("DELETE FROM " + table);
    }

    private void refused(String statement) {
        String said = assertThrows(
                        UnableToExecuteStatementException.class,
                        () -> memory.tables().execute(statement))
                .getMessage();
        assertTrue(said.contains("are never changed"), said);
    }

    @Test
    void aFailedWriteLeavesNothing() throws FotaException {
        memory.failWith(new FotaException(Reason.STORAGE_FULL, "full"));
        assertThrows(FotaException.class, () -> ledger.begin(run("r1", 1, "u1")));
        memory.failWith(null);
        assertEquals(0, count("run"));
        assertEquals(Optional.empty(), ledger.taken("key-of-r1"));
    }

    @Test
    void theVerdictOfAPlaceIsThatOfItsLastRun() throws FotaException {
        assertEquals(PlaceState.NEW, ledger.place(1));
        play("r1", 1, "u1", Reason.SUCCEEDED);
        play("r2", 2, "u2", Reason.REVERTED);
        assertEquals(
                new PlaceState("r1", Optional.of(Verdict.PASS), new UnitIdentity("u1", "", ""), false),
                ledger.place(1));
        ledger.begin(run("r3", 1, "u3"));
        assertEquals(Optional.empty(), ledger.place(1).verdict());
    }

    @Test
    void anotherBoardsVerdictStaysCleared() throws FotaException {
        play("r1", 1, "u1", Reason.SUCCEEDED);
        ledger.clear(2, START);
        assertEquals(Optional.of(Verdict.PASS), ledger.place(1).verdict());
        ledger.clear(1, START);
        assertEquals(Optional.empty(), ledger.place(1).verdict());
        assertEquals("r1", ledger.place(1).lastRun());
        play("r2", 1, "u2", Reason.REVERTED);
        assertEquals(Optional.of(Verdict.FAIL), ledger.place(1).verdict());
    }

    @Test
    void aBayIsLockedInTheTransactionOfTheEndThatLocksIt() throws FotaException {
        assertFalse(play("r1", 1, "u1", Reason.REVERTED).locks());
        assertFalse(play("r2", 2, "u2", Reason.REVERTED).locks());
        assertTrue(play("r3", 1, "u3", Reason.STORAGE_FULL).locks());
        open();
        assertTrue(ledger.place(1).locked());
        assertFalse(ledger.place(2).locked());
        ledger.unlock(1, START, "eve");
        assertFalse(ledger.place(1).locked());
        assertFalse(play("r4", 1, "u4", Reason.REVERTED).locks());
    }

    @Test
    void aPassBeginsTheCountAgain() throws FotaException {
        play("r1", 1, "u1", Reason.REVERTED);
        play("r2", 1, "u2", Reason.SUCCEEDED);
        assertFalse(play("r3", 1, "u3", Reason.REVERTED).locks());
        assertTrue(play("r4", 1, "u4", Reason.REVERTED).locks());
    }

    @Test
    void startsAreStoppedUntilSomebodyResumes() throws FotaException {
        assertFalse(play("r1", 1, "u1", Reason.REVERTED).stops());
        assertFalse(play("r2", 2, "u2", Reason.NOT_VERIFIED).stops());
        assertTrue(play("r3", 3, "u3", Reason.REVERTED).stops());
        play("r4", 4, "u4", Reason.SUCCEEDED);
        open();
        assertTrue(ledger.isStopped());
        ledger.resume(START, "eve");
        assertFalse(ledger.isStopped());
        assertFalse(play("r5", 5, "u5", Reason.REVERTED).stops());
    }

    @Test
    void anUnitsRunsAreFoundByFile() throws FotaException {
        play("r1", 1, "u1", Reason.REVERTED);
        play("r2", 2, "u2", Reason.SUCCEEDED);
        play("r3", 2, "u1", Reason.SUCCEEDED);
        UnitIdentity unit = new UnitIdentity("u1", "p1", "");
        assertEquals(List.of(Verdict.FAIL, Verdict.PASS), ledger.runsOf(unit, FILE));
        assertEquals(List.of(), ledger.runsOf(unit, HASH));
        assertEquals(List.of(), ledger.runsOf(UnitIdentity.NONE, FILE));
    }

    @Test
    void whatAwsHasNotAnsweredIsListedUntilItHas() throws FotaException {
        NewRun.What what = new NewRun.What("aws", FILE, HASH, "2.0.0", "dk-1", "job-1", "1@1700000000");
        ledger.begin(new NewRun("r1", "a1", 1, START, StartKind.JOB, "k1", what, UnitIdentity.NONE, "", LABELS));
        AttemptEnd end = end("r1", Reason.SUCCEEDED);
        StoredEnd stored =
                ledger.end(new AttemptEnd("r1", end.at(), end.millis(), end.result(), end.seen(), "", "SUCCEEDED"));
        UntoldEnd untold = new UntoldEnd(
                stored.attempt(),
                "r1",
                end.at(),
                "dk-1",
                "job-1",
                "1@1700000000",
                "SUCCEEDED",
                Reason.SUCCEEDED,
                "It ended.");
        assertEquals(List.of(untold), ledger.untold());
        ledger.answer(stored.attempt(), new CloudAnswer("CANCELED", "JOB_CANCELED", "Cancelled."), START);
        ledger.answer(stored.attempt(), new CloudAnswer("SUCCEEDED", "", ""), START);
        assertEquals(List.of(), ledger.untold());
        Map<String, Object> row = memory.records().run("r1").get(0);
        assertEquals("SUCCEEDED", row.get("cloud_intended"));
        assertEquals("CANCELED", row.get("cloud_answered"));
        assertEquals("JOB_CANCELED", row.get("cloud_problem"));
    }

    @Test
    void aClockThatWentBackMarksItsRows() throws FotaException {
        play("r1", 1, "u1", Reason.SUCCEEDED);
        open();
        NewRun early = run("r2", 1, "u2");
        ledger.begin(new NewRun(
                "r2", "a2", 1, START.minusSeconds(3_600), early.kind(), "k2", early.what(), early.board(), "", LABELS));
        assertEquals(0, memory.records().run("r1").get(0).get("clock_suspect"));
        assertEquals(1, memory.records().run("r2").get(0).get("clock_suspect"));
    }

    @Test
    void aCorrectionIsARowOfItsOwn() throws FotaException {
        play("r1", 1, "u1", Reason.SUCCEEDED);
        ledger.correct(new Correction("r1", "scan", "SN-2", "wrong label", "eve", START));
        assertEquals("", memory.records().run("r1").get(0).get("scan"));
        assertEquals("SN-2", memory.records().corrections("r1").get(0).get("value"));
        Correction unknownRun = new Correction("r9", "scan", "SN-2", "wrong label", "eve", START);
        assertEquals(
                Reason.USAGE,
                assertThrows(FotaException.class, () -> ledger.correct(unknownRun))
                        .reason());
        Correction verdict = new Correction("r1", "verdict", "PASS", "please", "eve", START);
        String said =
                assertThrows(FotaException.class, () -> ledger.correct(verdict)).getMessage();
        assertTrue(said.contains("work_order"), said);
    }

    @Test
    void theNewestApprovedReleaseCounts() throws FotaException {
        assertEquals(Optional.empty(), ledger.approved());
        ledger.approve(FILE, START, "eve");
        ledger.approve(HASH, START, "eve");
        assertEquals(Optional.of(HASH), ledger.approved());
    }

    private int count(String table) {
        return memory.tables()
                .createQuery("SELECT count(*) FROM " + table)
                .mapTo(Integer.class)
                .one();
    }
}
