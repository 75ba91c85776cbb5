package dev.fotabridge.host.jobs;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Thousands of jobs' lives in virtual time. {@code -Dfota.jobs.seeds=N} runs more of them, {@code -Dfota.jobs.seed=S} one
 * again.
 */
final class JobLifeSweepSimTest {
    private static final long DEFAULT_SEEDS = 1_000;

    @Test
    @Timeout(600)
    void everyJobHasOneTrueEnd() {
        Long one = Long.getLong("fota.jobs.seed");
        long first = one == null ? 1 : one;
        long last = one == null ? Long.getLong("fota.jobs.seeds", DEFAULT_SEEDS) : one;
        for (long seed = first; seed <= last; seed++) {
            try {
                new JobLifeRun(seed).run();
            } catch (Throwable e) {
                throw new AssertionError("again with: -Dtest=JobLifeSweepSimTest -Dfota.jobs.seed=" + seed, e);
            }
        }
    }
}
