package dev.fotabridge.host.jobs;

import dev.fotabridge.fixtures.sweep.Sweep;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * Thousands of jobs' lives in virtual time. {@link Sweep} says how to choose the seeds; {@code -Dfota.jobs.replay=SEED} plays
 * one life, as a failure prints it. What ever failed stands in {@code failed-seeds.txt} and is played first.
 */
@Timeout(600)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@Tag("sim")
final class JobLifeSweepSimTest {
    private static final String REPLAY = "fota.jobs.replay";
    private static final long SEEDS = 1_000;

    @Test
    @EnabledIfSystemProperty(named = REPLAY, matches = ".+")
    void replays() throws Exception {
        play(Long.getLong(REPLAY));
    }

    @Test
    @Order(1)
    @DisabledIfSystemProperty(named = REPLAY, matches = ".+")
    void whatEverFailedDoesNotFailAgain() throws Exception {
        for (String line : Sweep.onceFailed(getClass(), "failed-seeds.txt")) {
            play(Long.parseLong(line));
        }
    }

    @Test
    @Order(2)
    @DisabledIfSystemProperty(named = REPLAY, matches = ".+")
    void everySeedEndsWell() throws InterruptedException {
        Sweep.play("jobs", SEEDS, Long::valueOf, () -> JobLifeSweepSimTest::play);
    }

    private static void play(long seed) throws Exception {
        try {
            new JobLifeRun(seed).run();
        } catch (AssertionError | RuntimeException e) {
            throw new AssertionError(e.getMessage() + "\nreplay with -Dfota.jobs.replay='" + seed + "'", e);
        }
    }
}
