package dev.fotabridge.host.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fotabridge.host.api.Reason;
import dev.fotabridge.station.control.RecordQuery;
import dev.fotabridge.station.control.StationRecord;
import dev.fotabridge.station.ledger.LedgerReader;
import dev.fotabridge.station.records.StationRecords;
import java.nio.file.Path;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RecordsTableTest {
    @TempDir
    Path directory;

    private List<StationRecord> records;

    @BeforeEach
    void play() throws Exception {
        try (SomeLedger ledger = SomeLedger.open(directory)) {
            ledger.begin("r1", 1, "unit\u001b[2J-" + "x".repeat(100));
            ledger.end("r1", Reason.SUCCEEDED);
            ledger.begin("r2", 12, "");
        }
        records = new StationRecords(LedgerReader.open(directory))
                .page(RecordQuery.NEWEST)
                .records();
    }

    @Test
    void aTableFitsItsTerminal() {
        List<String> lines = RecordsTable.lines(records, ZoneOffset.UTC, 80);
        assertEquals("seq  started              bay  attempt  verdict  reason     version  board", lines.get(0));
        assertEquals("2    2026-11-30 08:00:00  12   1        running  -          2.0.0    =label", lines.get(1));
        assertEquals("1    2026-11-30 08:00:00  1    1        PASS     SUCCEEDED  2.0.0    unit?[2J-x…", lines.get(2));
        assertEquals(80, lines.get(2).length());
        assertTrue(RecordsTable.lines(records, ZoneOffset.UTC, Integer.MAX_VALUE)
                .get(2)
                .endsWith("xxxx"));
    }

    @Test
    void timesAreThoseOfTheZone() {
        assertTrue(
                RecordsTable.lines(records, ZoneId.of("Europe/Oslo"), 80).get(1).contains("2026-11-30 09:00:00"));
        List<String> text = RecordText.lines(records.get(1), List.of(), ZoneId.of("Europe/Oslo"));
        assertTrue(text.contains("started            2026-11-30T09:00+01:00"), text::toString);
    }
}
