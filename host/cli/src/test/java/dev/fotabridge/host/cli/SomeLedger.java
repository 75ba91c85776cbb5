package dev.fotabridge.host.cli;

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
import dev.fotabridge.station.ledger.LedgerFile;
import dev.fotabridge.station.ledger.NewRun;
import dev.fotabridge.station.verdict.RunStage;
import java.nio.file.Path;
import java.time.Instant;
import java.util.OptionalLong;

/** The ledger of a station that is at work, as far as it writes records. */
final class SomeLedger implements AutoCloseable {
    static final Instant START = Instant.parse("2026-11-30T08:00:00Z");
    private static final String HASH = "ab".repeat(32);

    private final LedgerFile file;
    private final Ledger ledger;

    private SomeLedger(LedgerFile file) throws FotaException {
        this.file = file;
        ledger = file.ledger(new LockRule(0), new StopRule(0));
    }

    static SomeLedger open(Path directory) throws FotaException {
        return new SomeLedger(LedgerFile.open(directory));
    }

    void begin(String run, int bay, String unit) throws FotaException {
        ledger.begin(new NewRun(
                run,
                run + "-1",
                bay,
                START,
                StartKind.BUTTON,
                "key-of-" + run,
                NewRun.What.release("2.0.0", "cd".repeat(32), HASH, "2.0.0"),
                new UnitIdentity(unit, "", "=label"),
                "",
                new NewRun.Labels("line-1", "L", "F-7", "Zoë", "P-1", "B", "WO-9", "LOT-3", "fota-bridge test")));
    }

    void end(String run, Reason reason) throws FotaException {
        ledger.end(ended(run, reason));
    }

    void tryAgain(String run) throws FotaException {
        ledger.tryAgain(ended(run, Reason.NO_ANSWER), run + "-2");
    }

    void unlock(int bay) throws FotaException {
        ledger.unlock(bay, START, "engineer");
    }

    private static AttemptEnd ended(String run, Reason reason) {
        boolean passed = reason == Reason.SUCCEEDED;
        return new AttemptEnd(
                run,
                START.plusSeconds(20),
                OptionalLong.of(20_000),
                new RunResult(reason, "It ended.", RunStage.PROVEN, false),
                new AttemptEnd.Seen(passed ? HASH : "", "1.0.0", "1.0", "{\"TRANSFER\":3.5}", WireTotals.NONE),
                "",
                "");
    }

    @Override
    public void close() {
        file.close();
    }
}
