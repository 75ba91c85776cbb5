package dev.fotabridge.host.jobs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ReconnectPolicyTest {
    private static final long SECOND = 1_000_000_000L;

    @Test
    void growsWithJitterUpToTheCap() {
        for (int seed = 0; seed < 200; seed++) {
            ReconnectPolicy policy = ReconnectPolicy.standard(new SplittableRandom(seed));
            assertEquals(SECOND, policy.nextPause());
            for (int failure = 1; failure < 100; failure++) {
                long pause = policy.nextPause();
                long ceiling = Math.min(64, 1L << Math.min(failure, 30)) * SECOND;
                assertTrue(pause >= SECOND && pause <= ceiling, "pause " + pause + " after " + failure);
            }
        }
    }

    /** Paho's own delay is static: all clients of a process double one number. */
    @Test
    void isNotShared() {
        ReconnectPolicy tired = ReconnectPolicy.standard(new SplittableRandom(1));
        for (int i = 0; i < 10; i++) {
            tired.nextPause();
        }
        assertEquals(SECOND, ReconnectPolicy.standard(new SplittableRandom(1)).nextPause());
        tired.succeeded();
        assertEquals(SECOND, tired.nextPause());
    }

    @Test
    void spreadsBoardsThatFellTogether() {
        ReconnectPolicy one = ReconnectPolicy.standard(new SplittableRandom(1));
        ReconnectPolicy two = ReconnectPolicy.standard(new SplittableRandom(2));
        one.nextPause();
        two.nextPause();
        assertNotEquals(one.nextPause(), two.nextPause());
    }
}
