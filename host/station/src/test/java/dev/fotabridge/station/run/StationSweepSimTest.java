package dev.fotabridge.station.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fotabridge.fixtures.sweep.Sweep;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Thousands of mornings of a station with eight bays, in virtual time: the shipped bays, rules, sequence, tables and statements; in a third of
 * them the shipped AWS mode and job queues, too; boards, AWS, people and the disk around them; the process killed between any two steps. {@link StationJudge} says what must hold. {@link Sweep}
 * says how to choose the seeds; {@code -Dfota.station.replay=SEED} plays one, as a failure prints it. What ever failed stands in {@code
 * failed-seeds.txt} and is played first.
 */
@Timeout(600)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@Tag("sim")
final class StationSweepSimTest {
    private static final String REPLAY = "fota.station.replay";
    private static final long SEEDS = 2_000;
    private static final String WHAT_CAN_HAPPEN = """
            ABORTED INTERRUPTED
            ABORTED JOB_CANCELED
            ABORTED JOB_DELETED
            ABORTED JOB_TAKEN_OVER
            ABORTED JOB_TIMED_OUT
            ABORTED LINK_LOST
            ABORTED NO_BOARD
            CLEARED
            ERROR DOWNLOAD_NOT_FOUND
            ERROR IMAGE_FORMAT
            ERROR IMAGE_SIGNATURE
            ERROR NO_BOARD
            FAIL LINK_LOST
            FAIL NO_ANSWER
            FAIL REVERTED
            LOCKED
            PASS SUCCEEDED
            PASS UP_TO_DATE
            RESUMED
            STOPPED
            UNKNOWN NOT_VERIFIED
            UNLOCKED
            attempt 2
            clock suspect
            continues
            evidence MARKED
            evidence MARKING
            evidence SENDING
            killed at at AWS
            killed at before a commit
            killed at behind a commit
            killed at board
            killed at discard
            killed at discarded
            killed at forget
            killed at forgotten
            killed at in progress
            killed at outbox create
            killed at outbox delete
            killed at outbox move
            killed at outbox write
            killed at shown
            killed at take
            killed at tell
            killed at told
            not opened: STORAGE_FULL
            start 202 ACCEPT
            start 202 SAME_START
            start 409 BUSY
            start 409 NO_BOARD
            start 409 RETEST
            start 409 SHARED_PROBE
            start 422 SCAN_FIRST
            start 423 LOCKED
            start 423 STOPPED
            start 503 NOT_STORABLE
            told FAILED, AWS FAILED
            told FAILED, AWS TIMED_OUT
            told REJECTED, AWS REJECTED
            told SUCCEEDED, AWS CANCELED
            told SUCCEEDED, AWS JOB_DELETED
            told SUCCEEDED, AWS JOB_TAKEN_OVER
            told SUCCEEDED, AWS SUCCEEDED
            told SUCCEEDED, AWS TIMED_OUT
            """;
    private static final Set<String> MET = ConcurrentHashMap.newKeySet();
    private static final int MOST_SEEDS_FOR_A_PLANTED_FAULT = 400;

    @Test
    @EnabledIfSystemProperty(named = REPLAY, matches = ".+")
    void replays() {
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

    @ParameterizedTest
    @Order(2)
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NONE")
    @DisabledIfSystemProperty(named = REPLAY, matches = ".+")
    void theJudgeFindsWhatIsPlanted(Planted planted) {
        for (long seed = 1; seed <= MOST_SEEDS_FOR_A_PLANTED_FAULT; seed++) {
            long mine = seed;
            try {
                run(mine, planted);
            } catch (AssertionError found) {
                assertTrue(found.getMessage().contains(planted.finding), found::getMessage);
                assertThrows(AssertionError.class, () -> run(mine, planted), "the same seed finds it again");
                return;
            }
        }
        throw new AssertionError("no seed finds " + planted);
    }

    @Test
    @Order(3)
    @DisabledIfSystemProperty(named = REPLAY, matches = ".+")
    void everySeedEndsWell() throws InterruptedException {
        Sweep.play("station", SEEDS, Long::valueOf, () -> StationSweepSimTest::play);
    }

    /** A sweep in which nothing happens would end well, too. */
    @Test
    @Order(4)
    @DisabledIfSystemProperty(named = REPLAY, matches = ".+")
    @DisabledIfSystemProperty(named = "fota.sweep.seeds", matches = ".+")
    @DisabledIfSystemProperty(named = "fota.sweep.seconds", matches = ".+")
    void theSeedsHaveMetWhatCanHappen() {
        Set<String> missed = new TreeSet<>(WHAT_CAN_HAPPEN.lines().toList());
        missed.removeAll(MET);
        assertEquals(Set.of(), missed, () -> "of " + new TreeSet<>(MET));
    }

    private static void play(long seed) {
        try {
            MET.addAll(run(seed, Planted.NONE));
        } catch (AssertionError | RuntimeException e) {
            throw new AssertionError(e.getMessage() + "\nreplay with -Dfota.station.replay='" + seed + "'", e);
        }
    }

    private static Set<String> run(long seed, Planted planted) {
        try (StationWorld world = new StationWorld(seed, planted)) {
            world.run();
            return world.met();
        }
    }
}
