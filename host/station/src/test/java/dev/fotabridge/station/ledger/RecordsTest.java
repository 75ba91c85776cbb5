package dev.fotabridge.station.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fotabridge.host.api.FotaException;
import dev.fotabridge.host.api.Reason;
import dev.fotabridge.station.bay.LockRule;
import dev.fotabridge.station.bay.StopRule;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class RecordsTest {
    private final MemoryLedger memory = new MemoryLedger();
    private final Records records = memory.records();
    private Ledger ledger;

    @BeforeEach
    void open() throws FotaException {
        ledger = memory.open(new LockRule(0), new StopRule(0));
    }

    @AfterEach
    void close() {
        memory.close();
    }

    private void add(int first, int last) throws FotaException {
        for (int i = first; i <= last; i++) {
            ledger.begin(LedgerTest.run("r" + i, 1, "unit-" + i));
            ledger.end(LedgerTest.end("r" + i, Reason.SUCCEEDED));
        }
    }

    private List<Object> seqs(long before, int limit, String prefix) throws FotaException {
        return records.page(new Records.Page(before, limit, prefix)).stream()
                .map(row -> row.get("seq"))
                .toList();
    }

    @Test
    void pagesGoDownBySeq() throws FotaException {
        add(1, 5);
        assertEquals(List.of(5, 4), seqs(Long.MAX_VALUE, 2, ""));
        add(6, 6);
        assertEquals(List.of(3, 2), seqs(4, 2, ""));
        assertEquals(List.of(1), seqs(2, 2, ""));
        assertEquals(List.of(), seqs(1, 2, ""));
    }

    @Test
    void aPageHasAtLeastOneAndAtMostAThousandRows() throws FotaException {
        add(1, 2);
        assertEquals(1, seqs(Long.MAX_VALUE, 0, "").size());
        assertEquals(2, seqs(Long.MAX_VALUE, Integer.MAX_VALUE, "").size());
    }

    @Test
    void aPrefixFindsUnitsScansThingsAndJobs() throws FotaException {
        add(1, 12);
        assertEquals(List.of(12, 11, 10, 1), seqs(Long.MAX_VALUE, 10, "unit-1"));
        assertEquals(List.of(10, 1), seqs(11, 10, "unit-1"));
        assertEquals(List.of(), seqs(Long.MAX_VALUE, 10, "nit"));
        assertEquals(List.of(), seqs(Long.MAX_VALUE, 10, "%"));
    }

    /** More records than are walked down, each with a board of another name, at another bay. */
    private void bury(int first) {
        String numbers = " FROM (WITH RECURSIVE c (n) AS (SELECT " + first + " UNION ALL SELECT n + 1 FROM c WHERE n < "
                + (first + RecordSearch.WALK) + ") SELECT n FROM c)";
        memory.tables()
                .execute("INSERT INTO run SELECT NULL, 'b' || n, 2, '2026-11-30T08:00:00.000Z', 0, 'BUTTON', '2.0.0', '"
                        + LedgerTest.FILE + "', '" + LedgerTest.HASH + "', '2.0.0', 'thing-' || n, 'later', '1', '',"
                        + " '', '', '', '', '', '', '', '', ''" + numbers);
        memory.tables().execute("INSERT INTO run_board SELECT 'b' || n, 'board-' || n, '', 'SN-' || n" + numbers);
        memory.tables()
                .execute("INSERT INTO attempt SELECT NULL, 'a' || n, 'b' || n, 1, '2026-11-30T08:00:00.000Z', 0"
                        + numbers);
    }

    @Test
    void whatLiesDeepIsFoundByEachIndex() throws FotaException {
        add(1, 3);
        bury(4);
        add(9_001, 9_001);
        int newest = RecordSearch.WALK + 5;
        assertEquals(List.of(newest, 3, 2, 1), seqs(Long.MAX_VALUE, 10, "unit-"));
        assertEquals(List.of(newest, 3), seqs(Long.MAX_VALUE, 2, "unit-"));
        assertEquals(List.of(2, 1), seqs(3, 10, "unit-"));
        assertEquals(List.of(newest - 1, newest - 2), seqs(newest, 2, "board-"));
        assertEquals(List.of(799, 798), seqs(Long.MAX_VALUE, 2, "thing-7"));
        assertEquals(List.of(4), seqs(5, 2, "later"));
        assertEquals(List.of(4), seqs(5, 2, "SN-4"));
        assertEquals(List.of(), seqs(Long.MAX_VALUE, 2, "nobody"));
    }

    /** A run that began earlier may have the later attempt. */
    @Test
    void attemptsAreFoundInTheirOwnOrder() throws FotaException {
        ledger.begin(LedgerTest.run("r1", 1, "unit-1"));
        ledger.begin(LedgerTest.run("r2", 3, "unit-2"));
        ledger.tryAgain(LedgerTest.end("r1", Reason.LINK_LOST), "again");
        bury(3);
        assertEquals(List.of(3, 2, 1), seqs(Long.MAX_VALUE, 10, "unit-"));
        assertEquals(List.of(2, 1), seqs(3, 10, "unit-"));
        assertEquals(List.of(3), seqs(Long.MAX_VALUE, 1, "unit-"));
    }

    private List<Object> ofBay(int bay, long before, int limit, String prefix) throws FotaException {
        return records.page(new Records.Page(before, limit, prefix, Optional.of(bay))).stream()
                .map(row -> row.get("seq"))
                .toList();
    }

    @Test
    void aPageOfABayHasItsRecordsAlone() throws FotaException {
        ledger.begin(LedgerTest.run("r1", 1, "unit-1"));
        ledger.begin(LedgerTest.run("r2", 3, "unit-2"));
        ledger.tryAgain(LedgerTest.end("r1", Reason.LINK_LOST), "again");
        ledger.end(LedgerTest.end("r1", Reason.SUCCEEDED));
        bury(3);
        ledger.begin(LedgerTest.run("r3", 1, "unit-1"));
        int newest = RecordSearch.WALK + 5;
        assertEquals(List.of(newest, 3, 1), ofBay(1, Long.MAX_VALUE, 10, ""));
        assertEquals(List.of(newest, 3), ofBay(1, Long.MAX_VALUE, 2, ""));
        assertEquals(List.of(1), ofBay(1, 3, 2, ""));
        assertEquals(List.of(2), ofBay(3, Long.MAX_VALUE, 2, ""));
        assertEquals(List.of(), ofBay(9, Long.MAX_VALUE, 2, ""));
        assertEquals(List.of(newest, 3, 1), ofBay(1, Long.MAX_VALUE, 10, "unit-"));
        assertEquals(List.of(2), ofBay(3, Long.MAX_VALUE, 10, "unit-"));
        assertEquals(List.of(), ofBay(1, Long.MAX_VALUE, 10, "board-"));
    }

    @Test
    void anExportHasEveryRowOnce() throws FotaException {
        add(1, 30);
        List<Object> seqs = new ArrayList<>();
        long count = records.export(Function.identity(), row -> seqs.add(row.get("seq")));
        assertEquals(30, count);
        assertEquals(seqs.stream().distinct().toList(), seqs);
        assertEquals(30, seqs.size());
    }

    @Test
    void whatIsAddedDuringAnExportFollows() throws FotaException {
        add(1, 2);
        List<Object> seqs = new ArrayList<>();
        records.export(Function.identity(), row -> {
            seqs.add(row.get("seq"));
            if (seqs.size() == 1) {
                add(3, 5);
            }
        });
        assertEquals(List.of(1, 2, 3, 4, 5), seqs);
    }

    /** An export has the rows as SQLite packs them; a page has them value by value. */
    @Test
    void anExportHasTheSameRowsAsPages() throws FotaException {
        String label = "a\"b\\c,\n\u0001\u00fc\u20ac\ud83d\ude00";
        ledger.begin(LedgerTest.run("r1", 1, label));
        ledger.end(LedgerTest.end("r1", Reason.SUCCEEDED));
        ledger.begin(LedgerTest.run("r2", 1, "open"));
        List<Map<String, Object>> exported = new ArrayList<>();
        records.export(Function.identity(), exported::add);
        assertEquals(List.of(records.run("r1").get(0), records.run("r2").get(0)), exported);
        assertEquals(label, exported.get(0).get("unit"));
    }

    @Test
    void aCellThatASpreadsheetWouldRunIsText() {
        assertEquals(
                "'=1+1,'-2,-2,plain,\"a,b\",\"say \"\"hi\"\"\"\r\n",
                CsvText.line(List.of("=1+1", "-2", -2, "plain", "a,b", "say \"hi\"")));
        assertEquals("'@x,'+x,\"'\tx\nb\",\r\n", CsvText.line(List.of("@x", "+x", "\tx\nb", "")));
    }

    @Test
    void aRowHasAllColumns() throws FotaException {
        add(1, 1);
        Map<String, Object> row = records.run("r1").get(0);
        assertTrue(row.keySet()
                .containsAll(List.of(
                        "seq",
                        "id",
                        "run_id",
                        "final",
                        "bay",
                        "verdict",
                        "reason",
                        "message",
                        "started",
                        "ended",
                        "attempt",
                        "source",
                        "file_sha256",
                        "image_hash",
                        "image_hash_observed",
                        "from_version",
                        "to_version",
                        "thing",
                        "job_id",
                        "cloud_intended",
                        "cloud_answered",
                        "phases",
                        "bytes_sent")));
    }
}
