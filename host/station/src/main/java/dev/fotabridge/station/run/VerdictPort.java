package dev.fotabridge.station.run;

import dev.fotabridge.station.verdict.Verdict;

/** Where verdicts are seen: screens, lamps, hooks. */
@FunctionalInterface
public interface VerdictPort {
    /**
     * A verdict may be seen. Returns at once; what goes wrong here changes nothing.
     *
     * @param bay number of the bay
     * @param run id of the run
     * @param verdict as it is stored
     */
    void show(int bay, String run, Verdict verdict);

    /**
     * AWS has answered the end of a run, if it was for a job, and the answer is stored. Returns at once.
     *
     * @param run id of the run
     */
    default void told(String run) {}
}
