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

    @Test
    void aPrefixThatFindsMostRowsFindsTheNewest() throws FotaException {
        add(1, 3);
        String numbers =
                "(WITH RECURSIVE c (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c WHERE n < 10001) SELECT n FROM c)";
        memory.tables()
                .execute(
                        "INSERT INTO run SELECT NULL, id || n, bay, started, clock_suspect, start_kind, source, file_sha256,"
                                + " image_hash, to_version, thing, job_id, execution, continues, station, line, fixture, operator, part, revision,"
                                + " work_order, lot, tool_version FROM run, " + numbers + " WHERE run.id = 'r1'");
        memory.tables()
                .execute("INSERT INTO run_board SELECT run_id || n, unit || n, '', '' FROM run_board, " + numbers
                        + " WHERE run_id = 'r1'");
        assertEquals(List.of(3, 2, 1), seqs(Long.MAX_VALUE, 10, "unit-"));
    }

    @Test
    void anExportHasEveryRowOnce() throws FotaException {
        add(1, 30);
        List<Object> seqs = new ArrayList<>();
        long count = records.export(rows -> rows.forEach(row -> seqs.add(row.get("seq"))));
        assertEquals(30, count);
        assertEquals(seqs.stream().distinct().toList(), seqs);
        assertEquals(30, seqs.size());
    }

    @Test
    void whatIsAddedDuringAnExportFollows() throws FotaException {
        add(1, 2);
        List<Integer> sizes = new ArrayList<>();
        records.export(rows -> {
            sizes.add(rows.size());
            if (sizes.size() == 1) {
                add(3, 5);
            }
        });
        assertEquals(List.of(2, 3), sizes);
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
