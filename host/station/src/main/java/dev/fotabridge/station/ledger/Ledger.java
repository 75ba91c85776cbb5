package dev.fotabridge.station.ledger;

import dev.fotabridge.host.api.FotaException;
import dev.fotabridge.station.bay.LockRule;
import dev.fotabridge.station.bay.StartGate;
import dev.fotabridge.station.bay.StopRule;
import dev.fotabridge.station.bay.UnitIdentity;
import dev.fotabridge.station.verdict.Verdict;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What a station has done, kept for ever. A write returns once it is on disk, and throws if it is not: then nothing of it is. Rows are
 * added, never changed; the database itself refuses that. Every method blocks, and any thread may call.
 */
public final class Ledger {
    private final LedgerAccess access;
    private final LedgerRows rows;
    private final LockRule lockRule;
    private final StopRule stopRule;

    /**
     * @param lockRule decides in the transaction of an end whether its bay is locked
     * @param stopRule decides there whether starts are stopped
     * @throws FotaException STORAGE_UNWRITABLE if the database cannot be read
     */
    Ledger(LedgerAccess access, LockRule lockRule, StopRule stopRule) throws FotaException {
        this.access = access;
        this.lockRule = lockRule;
        this.stopRule = stopRule;
        this.rows = new LedgerRows(new ClockRule(access.read(LedgerRows::latest)));
    }

    /**
     * Adds a run, its first attempt and the key of its start.
     *
     * @return empty if it is stored; the start that was taken with this key if there is one, and nothing is stored
     * @throws FotaException STORAGE_FULL or STORAGE_UNWRITABLE
     */
    public Optional<StartGate.Taken> begin(NewRun run) throws FotaException {
        return access.write(handle -> {
            Optional<StartGate.Taken> taken = LedgerRows.taken(handle, run.key());
            if (taken.isEmpty()) {
                rows.addRun(handle, run);
            }
            return taken;
        });
    }

    /** Adds the board of a run whose start was taken before the board was known. To be called once, before the board is touched. */
    public void identify(String run, UnitIdentity board) throws FotaException {
        if (board.isKnown()) {
            access.write(handle -> LedgerRows.addBoard(handle, run, board));
        }
    }

    /** {@return the start that was taken with this key; empty if none was} */
    public Optional<StartGate.Taken> taken(String key) throws FotaException {
        return access.read(handle -> LedgerRows.taken(handle, key));
    }

    /**
     * Ends the attempt of a run and begins its next one, in one transaction: a run never stands without an open attempt or its final end.
     *
     * @param next id of the next attempt
     */
    public void tryAgain(AttemptEnd end, String next) throws FotaException {
        access.write(handle -> {
            rows.addEnd(handle, end, false);
            rows.addAttempt(handle, end.run(), next, end.at());
            return null;
        });
    }

    /** Ends a run: the end of its attempt, what AWS is to be told, what the plant is to get, and what follows for bay and station. */
    public StoredEnd end(AttemptEnd end) throws FotaException {
        return access.write(handle -> {
            long attempt = rows.addEnd(handle, end, true);
            LedgerRows.addToPlantOutbox(handle, attempt);
            int bay = LedgerRows.bayOf(handle, end.run());
            boolean locks = lockRule.locks(LedgerRows.verdictsSinceUnlock(handle, bay));
            boolean stops = stopRule.stops(LedgerRows.endsSinceResume(handle));
            if (locks && !LedgerRows.isLocked(handle, bay)) {
                LedgerRows.markPlace(handle, bay, "LOCKED", end.at(), "station");
            }
            if (stops && !LedgerRows.isStopped(handle)) {
                LedgerRows.markStation(handle, "STOPPED", "", end.at(), "station");
            }
            return new StoredEnd(attempt, locks, stops);
        });
    }

    /** Adds what AWS said to an end. A second answer to it changes nothing. */
    public void answer(long attempt, CloudAnswer answer, Instant at) throws FotaException {
        access.write(handle -> LedgerRows.addAnswer(handle, attempt, answer, at));
    }

    /** {@return the runs without a final end, the oldest first: those that a station was killed in} */
    public List<OpenRun> open() throws FotaException {
        return access.read(LedgerRows::open);
    }

    /** {@return the ends that AWS has not answered, the oldest first} */
    public List<UntoldEnd> untold() throws FotaException {
        return access.read(LedgerRows::untold);
    }

    /** {@return what a bay showed last} */
    public PlaceState place(int bay) throws FotaException {
        return access.read(handle -> LedgerRows.place(handle, bay));
    }

    /** {@return verdicts of a board's runs with a file, the oldest first; empty if the board has no identity} */
    public List<Verdict> runsOf(UnitIdentity board, String fileSha256) throws FotaException {
        return runsOf(board, fileSha256, 0);
    }

    /**
     * {@return the same of the runs that began later}
     *
     * @param after seq of a run, from {@link #newestRun}
     */
    public List<Verdict> runsOf(UnitIdentity board, String fileSha256, long after) throws FotaException {
        return board.isKnown() ? access.read(handle -> LedgerRows.runsOf(handle, board, fileSha256, after)) : List.of();
    }

    /** {@return seq of the newest run; 0 if there is none} */
    public long newestRun() throws FotaException {
        return access.read(LedgerRows::newestRun);
    }

    /** Another board has come: the verdict no longer stands at the bay. */
    public void clear(int bay, Instant at) throws FotaException {
        mark(bay, "CLEARED", at, "station");
    }

    /** An engineer unlocks a bay. */
    public void unlock(int bay, Instant at, String who) throws FotaException {
        mark(bay, "UNLOCKED", at, who);
    }

    private void mark(int bay, String mark, Instant at, String who) throws FotaException {
        access.write(handle -> LedgerRows.markPlace(handle, bay, mark, at, who));
    }

    /** {@return whether starts are stopped} */
    public boolean isStopped() throws FotaException {
        return access.read(LedgerRows::isStopped);
    }

    /** An engineer resumes starts. */
    public void resume(Instant at, String who) throws FotaException {
        access.write(handle -> LedgerRows.markStation(handle, "RESUMED", "", at, who));
    }

    /**
     * Approves a release.
     *
     * @param fileSha256 64 hex digits
     */
    public void approve(String fileSha256, Instant at, String who) throws FotaException {
        access.write(handle -> LedgerRows.markStation(handle, "RELEASE", fileSha256, at, who));
    }

    /** {@return fileSha256 of the approved release; empty if none was approved} */
    public Optional<String> approved() throws FotaException {
        return access.read(LedgerRows::approved);
    }

    /**
     * Corrects a field of a run. The run's row stays; the correction is a row of its own.
     *
     * @throws FotaException USAGE if there is no such run or the field is none that can be corrected
     */
    public void correct(Correction correction) throws FotaException {
        Corrections.add(access, correction);
    }
}
