package dev.fotabridge.junit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class TimeBudgetTest {
    private long now;
    private final TimeBudget budget = TimeBudget.ofTest(Duration.ofSeconds(60), () -> now);

    private void pass(int seconds) {
        now += Duration.ofSeconds(seconds).toNanos();
    }

    @Test
    void theShorterDeadlineCounts() {
        pass(20);
        TimeBudget.Limit own = budget.limit(Duration.ofSeconds(10));
        assertEquals(Duration.ofSeconds(10), own.time());
        assertEquals("10 s for this wait, and then 30 s are left", own.sentence());
        TimeBudget.Limit whole = budget.limit(Duration.ofSeconds(50));
        assertEquals(Duration.ofSeconds(40), whole.time());
        assertEquals("60 s of the test (fotabridge.rig.test-timeout)", whole.sentence());
    }

    @Test
    void whatIsLeftIsSaidWithWhoseItIs() {
        TimeBudget claim = TimeBudget.ofClaim(Duration.ofSeconds(300), () -> now);
        pass(10);
        assertEquals("290 s are left of the 300 s of the claim (fotabridge.rig.claim-timeout)", claim.sentence());
    }

    @Test
    void nothingIsLeftAfterTheDeadline() {
        pass(61);
        assertEquals(Duration.ZERO, budget.limit(Duration.ofSeconds(1)).time());
    }

    @Test
    void theClockStandsWhileABoardIsUpdated() {
        Duration inside = budget.standing(() -> {
            pass(300);
            return budget.left();
        });
        assertEquals(Duration.ofSeconds(60), inside);
        pass(1);
        assertEquals(Duration.ofSeconds(59), budget.left());
    }

    @Test
    void timesAreReadable() {
        assertEquals("90 s", TimeBudget.seconds(Duration.ofSeconds(90)));
        assertEquals("0.2 s", TimeBudget.seconds(Duration.ofMillis(200)));
    }
}
