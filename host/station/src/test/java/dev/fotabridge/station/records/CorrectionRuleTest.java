package dev.fotabridge.station.records;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fotabridge.host.api.FotaException;
import dev.fotabridge.host.api.Reason;
import dev.fotabridge.station.bay.LockRule;
import dev.fotabridge.station.bay.StopRule;
import dev.fotabridge.station.control.RecordCorrection;
import dev.fotabridge.station.control.StationRecord;
import dev.fotabridge.station.ledger.Correction;
import dev.fotabridge.station.ledger.MemoryLedger;
import dev.fotabridge.station.ledger.PlayedRuns;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class CorrectionRuleTest {
    private StationRecord record;

    @BeforeEach
    void play() throws FotaException {
        try (MemoryLedger memory = new MemoryLedger()) {
            PlayedRuns.play(memory.open(new LockRule(0), new StopRule(0)), "r1", 1, "u1", Reason.SUCCEEDED);
            record = new StationRecords(memory.records()).numbered(1).orElseThrow();
        }
    }

    private Correction rule(String field, String value, String why, String who) throws FotaException {
        return CorrectionRule.of(record, new RecordCorrection(1, field, value, why, who), Instant.EPOCH);
    }

    @Test
    void fieldsHaveTheNamesOfARecord() throws FotaException {
        List<String> fields = List.of("scan", "operator", "part", "revision", "workOrder", "lot", "fixture", "line");
        assertEquals(fields, CorrectionRule.fields());
        assertEquals(
                new Correction("r1", "work_order", "W", "typo", "eve", Instant.EPOCH),
                rule("workOrder", "W", "typo", "eve"));
        for (String field : fields) {
            rule(field, "", "typo", "eve");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "verdict, PASS, please, eve, 'verdict'",
        "work_order, W, typo, eve, 'workOrder'",
        "lot, L, '', eve, does not say why",
        "lot, L, '  ', eve, does not say why",
        "lot, L, typo, '', does not say who",
    })
    void whatCannotBeIsRefused(String field, String value, String why, String who, String said) {
        FotaException refused = assertThrows(FotaException.class, () -> rule(field, value, why, who));
        assertEquals(Reason.USAGE, refused.reason());
        assertTrue(refused.getMessage().contains(said.replace("'", "")), refused.getMessage());
    }

    @Test
    void textsAreBounded() throws FotaException {
        rule("lot", "x".repeat(128), "y".repeat(500), "z".repeat(64));
        assertThrows(FotaException.class, () -> rule("lot", "x".repeat(129), "y", "z"));
        assertThrows(FotaException.class, () -> rule("lot", "x", "y".repeat(501), "z"));
        assertThrows(FotaException.class, () -> rule("lot", "x", "y", "z".repeat(65)));
    }
}
