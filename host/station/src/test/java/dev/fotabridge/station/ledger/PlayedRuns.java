package dev.fotabridge.station.ledger;

import dev.fotabridge.host.api.FotaException;
import dev.fotabridge.host.api.Reason;

/** Runs in a ledger, for tests of what reads it. */
public final class PlayedRuns {
    private PlayedRuns() {}

    /** A run of one attempt; its attempt's id is the run's with {@code -1} behind it. */
    public static void play(Ledger ledger, String run, int bay, String unit, Reason reason) throws FotaException {
        ledger.begin(LedgerTest.run(run, bay, unit));
        ledger.end(LedgerTest.end(run, reason));
    }

    /** A run of two attempts. */
    public static void playTwice(Ledger ledger, String run, int bay, String unit) throws FotaException {
        ledger.begin(LedgerTest.run(run, bay, unit));
        ledger.tryAgain(LedgerTest.end(run, Reason.NO_ANSWER), run + "-2");
        ledger.end(LedgerTest.end(run, Reason.SUCCEEDED));
    }

    /** A run that has not ended. */
    public static void begin(Ledger ledger, String run, int bay, String unit) throws FotaException {
        ledger.begin(LedgerTest.run(run, bay, unit));
    }
}
