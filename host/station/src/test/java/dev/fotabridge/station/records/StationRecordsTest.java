package dev.fotabridge.station.records;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fotabridge.host.api.FotaException;
import dev.fotabridge.host.api.Reason;
import dev.fotabridge.station.bay.LockRule;
import dev.fotabridge.station.bay.StopRule;
import dev.fotabridge.station.control.RecordCorrection;
import dev.fotabridge.station.control.RecordPage;
import dev.fotabridge.station.control.RecordQuery;
import dev.fotabridge.station.control.StationRecord;
import dev.fotabridge.station.ledger.Ledger;
import dev.fotabridge.station.ledger.MemoryLedger;
import dev.fotabridge.station.ledger.PlayedRuns;
import dev.fotabridge.station.verdict.Verdict;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class StationRecordsTest {
    private static final Instant NOW = Instant.parse("2026-11-30T09:00:00Z");

    private final MemoryLedger memory = new MemoryLedger();
    private final StationRecords records = new StationRecords(memory.records());
    private Ledger ledger;

    @BeforeEach
    void play() throws FotaException {
        ledger = memory.open(new LockRule(0), new StopRule(0));
        PlayedRuns.play(ledger, "r1", 1, "u1", Reason.SUCCEEDED);
        PlayedRuns.playTwice(ledger, "r2", 2, "u2");
        PlayedRuns.play(ledger, "r3", 1, "u3", Reason.NO_ANSWER);
        PlayedRuns.begin(ledger, "r4", 1, "u1");
    }

    @AfterEach
    void close() {
        memory.close();
    }

    private static List<Long> seqs(List<StationRecord> page) {
        return page.stream().map(StationRecord::seq).toList();
    }

    @Test
    void aRowIsARecordWithAllFields() throws FotaException {
        StationRecord record = records.numbered(1).orElseThrow();
        assertEquals(Optional.of(Verdict.PASS), record.verdict());
        assertEquals(Optional.of(20.0), record.seconds());
        assertEquals("r1-1", record.id());
        assertEquals("WO-9", record.workOrder());
        assertTrue(record.isFinal());
        StationRecord running = records.numbered(5).orElseThrow();
        assertEquals(Optional.empty(), running.verdict());
        assertEquals(Optional.empty(), running.ended());
        assertFalse(running.isFinal());
    }

    @Test
    void pagesAreThoseOfABayToo() throws FotaException {
        RecordPage page = records.page(new RecordQuery("", Optional.empty(), Long.MAX_VALUE, 2));
        assertEquals(List.of(5L, 4L), seqs(page.records()));
        assertEquals(Optional.of(4L), page.next());
        RecordPage ofBay = records.page(new RecordQuery("", Optional.of(1), 5, 10));
        assertEquals(List.of(4L, 1L), seqs(ofBay.records()));
        assertEquals(Optional.empty(), ofBay.next());
        assertEquals(
                List.of(5L, 1L),
                seqs(records.page(new RecordQuery("u1", Optional.empty(), Long.MAX_VALUE, 10))
                        .records()));
    }

    @Test
    void aRecordIsFoundBySeqIdAndRun() throws FotaException {
        assertEquals(2, records.find("2").orElseThrow().seq());
        assertEquals(2, records.find("r2-1").orElseThrow().seq());
        assertEquals(3, records.find("r2").orElseThrow().seq(), "the last attempt");
        assertEquals(Optional.empty(), records.find("9"));
        assertEquals(Optional.empty(), records.find("999999999999999999"));
        assertEquals(Optional.empty(), records.find("r2%"));
    }

    @Test
    void anExportIsInOrderAndEndsWithItsSink() throws Exception {
        List<Long> seqs = new ArrayList<>();
        records.export(record -> seqs.add(record.seq()));
        assertEquals(List.of(1L, 2L, 3L, 4L, 5L), seqs);
        IOException full = new IOException("full");
        assertEquals(
                full,
                assertThrows(
                        IOException.class,
                        () -> records.export(record -> {
                            throw full;
                        })));
    }

    private void correct(String field, String value) throws FotaException {
        StationRecord record = records.numbered(1).orElseThrow();
        ledger.correct(
                CorrectionRule.of(record, new RecordCorrection(record.seq(), field, value, "misread", "eve"), NOW));
    }

    @Test
    void aCorrectionStandsBesideItsRecordByTheRecordsNames() throws FotaException {
        correct("workOrder", "WO-8");
        correct("lot", "");
        assertEquals("WO-9", records.numbered(1).orElseThrow().workOrder(), "the record stays");
        assertEquals(
                List.of(
                        new RecordChange("workOrder", "WO-8", "misread", "eve", NOW),
                        new RecordChange("lot", "", "misread", "eve", NOW)),
                records.corrections("r1"));
        assertEquals(List.of(), records.corrections("r2"));
    }

    @Test
    void whatWasDoneBesideRunsIsKept() throws FotaException {
        ledger.approve("ab".repeat(32), NOW, "station");
        ledger.clear(1, NOW.plusSeconds(1));
        ledger.unlock(2, NOW.plusSeconds(2), "engineer");
        ledger.resume(NOW.plusSeconds(3), "engineer");
        StationRecord record = records.numbered(1).orElseThrow();
        RecordCorrection asked = new RecordCorrection(1, "workOrder", "WO-8", "misread", "eve");
        ledger.correct(CorrectionRule.of(record, asked, NOW.plusSeconds(4)));
        assertEquals(
                List.of(
                        new StationAction(
                                NOW.plusSeconds(4),
                                "eve",
                                "CORRECTED",
                                Optional.empty(),
                                "r1",
                                "workOrder",
                                "WO-8",
                                "misread"),
                        new StationAction(NOW.plusSeconds(3), "engineer", "RESUMED", Optional.empty(), "", "", "", ""),
                        new StationAction(NOW.plusSeconds(2), "engineer", "UNLOCKED", Optional.of(2), "", "", "", ""),
                        new StationAction(NOW, "station", "RELEASE", Optional.empty(), "", "", "ab".repeat(32), "")),
                records.actions(10));
        assertEquals(2, records.actions(2).size());
    }
}
