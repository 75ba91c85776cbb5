package dev.fotabridge.station.live;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.fotabridge.host.api.FotaException;
import dev.fotabridge.host.api.Reason;
import dev.fotabridge.host.api.WireTotals;
import dev.fotabridge.station.bay.LockRule;
import dev.fotabridge.station.bay.RunResult;
import dev.fotabridge.station.bay.StartKind;
import dev.fotabridge.station.bay.StopRule;
import dev.fotabridge.station.bay.UnitIdentity;
import dev.fotabridge.station.ledger.AttemptEnd;
import dev.fotabridge.station.ledger.Ledger;
import dev.fotabridge.station.ledger.MemoryLedger;
import dev.fotabridge.station.ledger.NewRun;
import dev.fotabridge.station.records.StationRecords;
import dev.fotabridge.station.verdict.RunStage;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** On the shipped tables and statements. */
final class YieldsTest {
    private static final Instant AT = Instant.parse("2026-11-30T08:00:00Z");
    private static final String HASH = "ab".repeat(32);

    private final MemoryLedger memory = new MemoryLedger();
    private Ledger ledger;
    private int runs;

    @BeforeEach
    void open() throws FotaException {
        ledger = memory.open(new LockRule(0), new StopRule(0));
    }

    @AfterEach
    void close() {
        memory.close();
    }

    private void run(Yields yields, UnitIdentity board, String file, Reason reason) throws FotaException {
        String id = "r" + ++runs;
        NewRun.What what = NewRun.What.release("2.0.0", file, HASH, "2.0.0");
        NewRun.Labels labels = new NewRun.Labels("", "", "", "", "", "", "", "", "");
        ledger.begin(new NewRun(id, "a" + runs, 1, AT, StartKind.BUTTON, "k" + runs, what, board, "", labels));
        RunResult result = new RunResult(reason, "It ended.", RunStage.PROVEN, false);
        AttemptEnd.Seen seen = new AttemptEnd.Seen(HASH, "", "", "{}", WireTotals.NONE);
        ledger.end(new AttemptEnd(id, AT, OptionalLong.empty(), result, seen, "", ""));
        yields.ended(new StationRecords(memory.records()).run(id).get(0));
    }

    private static UnitIdentity unit(int number) {
        return new UnitIdentity("unit-" + number, "", "");
    }

    @Test
    void unitsAreCountedOnceForEachFile() throws FotaException {
        Yields yields = new Yields(ledger);
        assertEquals(Optional.empty(), yields.first());
        run(yields, unit(1), "f1", Reason.SUCCEEDED);
        run(yields, unit(2), "f1", Reason.REVERTED);
        run(yields, unit(2), "f1", Reason.SUCCEEDED);
        run(yields, unit(3), "f1", Reason.INTERRUPTED);
        assertEquals(Optional.of(0.5), yields.first());
        assertEquals(Optional.of(1.0), yields.last());
        run(yields, unit(1), "f2", Reason.REVERTED);
        assertEquals(Optional.of(1 / 3.0), yields.first());
        assertEquals(Optional.of(2 / 3.0), yields.last());
    }

    @Test
    void boardsThatCannotBeToldApartAreNotCounted() throws FotaException {
        Yields yields = new Yields(ledger);
        run(yields, UnitIdentity.NONE, "f1", Reason.SUCCEEDED);
        assertEquals(Optional.empty(), yields.first());
    }

    @Test
    void theyBeginAnewWithTheStationAndWithAReloadedRelease() throws FotaException {
        Yields before = new Yields(ledger);
        run(before, unit(1), "f1", Reason.REVERTED);
        Yields yields = new Yields(ledger);
        run(yields, unit(1), "f1", Reason.SUCCEEDED);
        assertEquals(Optional.of(1.0), yields.first());
        yields.restart();
        assertEquals(Optional.empty(), yields.last());
        run(yields, unit(1), "f1", Reason.REVERTED);
        assertEquals(Optional.of(0.0), yields.last());
    }
}
