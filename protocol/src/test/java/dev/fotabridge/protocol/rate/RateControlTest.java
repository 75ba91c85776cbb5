package dev.fotabridge.protocol.rate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.fotabridge.protocol.message.Probe;
import dev.fotabridge.protocol.message.Probed;
import dev.fotabridge.protocol.rate.RateControl.Outgoing;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** HELLO's turns, and what may go out in each step of a climb. The ladder itself is tested in {@link RateLadderTest}. */
class RateControlTest {
    private static final int START = 115_200;
    private static final int HIGH = 1_000_000;
    private static final long MILLIS = 1_000_000L;
    private static final long TIMEOUT = 100 * MILLIS;
    private static final int LARGE = 400_000;

    private final RateControl rate = new RateControl(LineRates.from(START, HIGH));

    private void climbTo(Outgoing wanted) {
        rate.welcomed(List.of(START, HIGH), 0);
        rate.climb(LARGE, MILLIS, TIMEOUT, 0);
        if (wanted == Outgoing.REQUEST_ONLY) {
            return;
        }
        rate.answered(true, 0);
        rate.lineIs(HIGH, 0);
        rate.tick(20 * MILLIS);
    }

    private static Probed probed(long probes) {
        return new Probed(HIGH, probes, new byte[Probed.FILL_BYTES]);
    }

    @Test
    void helloIsRepeatedLessAndLessOften() {
        RateControl fixed = new RateControl(LineRates.FIXED);
        assertEquals(250 * MILLIS, fixed.nextHello(0));
        assertEquals(500 * MILLIS, fixed.nextHello(0));
        assertEquals(1_000 * MILLIS, fixed.nextHello(0));
        assertEquals(1_000 * MILLIS, fixed.nextHello(0));
        assertEquals(0, fixed.rate());
    }

    @Test
    void theOtherRateIsTriedAfterASilence() {
        RateControl both = new RateControl(new LineRates(START, START, HIGH, 1_000 * MILLIS, HIGH));
        both.nextHello(0);
        assertEquals(START, both.rate());
        both.nextHello(999 * MILLIS);
        assertEquals(START, both.rate());
        assertEquals(870 * MILLIS, both.nextHello(1_000 * MILLIS));
        assertEquals(START, both.rate());
        assertEquals(130 * MILLIS, both.nextHello(1_870 * MILLIS));
        assertEquals(HIGH, both.rate());
    }

    @Test
    void nothingLeavesBeforeTheLineHasItsRate() {
        assertEquals(Outgoing.EVERYTHING, rate.outgoing());
        climbTo(Outgoing.REQUEST_ONLY);
        assertEquals(Outgoing.REQUEST_ONLY, rate.outgoing());
        rate.answered(true, 0);
        assertEquals(Outgoing.NOTHING, rate.outgoing());
        rate.lineIs(HIGH, 0);
        assertEquals(Outgoing.NOTHING, rate.outgoing());
        rate.tick(20 * MILLIS);
        assertEquals(Outgoing.PROBES_ONLY, rate.outgoing());
    }

    @Test
    void probedNamesTheNewestProbesFrame() {
        climbTo(Outgoing.PROBES_ONLY);
        for (int i = 0; i < RateLadder.PROBES; i++) {
            Probe probe = rate.nextProbe();
            assertEquals(i, probe.index());
            rate.probeSent(probe, 40 + i, 20 * MILLIS);
        }
        assertNull(rate.nextProbe());
        assertEquals(-1, rate.probed(probed(0), 21 * MILLIS));
        assertEquals(42, rate.probed(probed(0b101), 21 * MILLIS));
    }

    @Test
    void aRateIsReportedWhenItChanges() {
        rate.welcomed(List.of(START), 0);
        assertEquals(Optional.of(Set.of()), rate.report().map(RateReport::bad));
        assertEquals(Optional.empty(), rate.report());
    }

    @Test
    void aFixedLineIsNotReported() {
        assertEquals(Optional.empty(), new RateControl(LineRates.FIXED).report());
    }
}
