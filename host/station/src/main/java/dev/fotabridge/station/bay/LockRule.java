package dev.fotabridge.station.bay;

import dev.fotabridge.station.verdict.Verdict;
import java.util.List;

/**
 * Locks a bay that fails again and again: its cable or fixture may be the cause.
 *
 * @param lockAfter runs in a row that end FAIL or ERROR until the bay is locked; 0: never
 */
public record LockRule(int lockAfter) {
    /**
     * Tells whether a bay is locked.
     *
     * @param verdicts those of its runs since it was unlocked, the oldest first. PASS begins the count again; ABORTED and UNKNOWN do not
     *     count
     */
    public boolean locks(List<Verdict> verdicts) {
        int inARow = 0;
        for (Verdict verdict : verdicts) {
            if (verdict == Verdict.PASS) {
                inARow = 0;
            } else if (verdict == Verdict.FAIL || verdict == Verdict.ERROR) {
                inARow++;
            }
            if (lockAfter > 0 && inARow >= lockAfter) {
                return true;
            }
        }
        return false;
    }
}
