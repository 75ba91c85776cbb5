package dev.fotabridge.protocol.rate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fotabridge.protocol.rate.RateLadder.Step;
import dev.fotabridge.protocol.time.Deadline;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each arrow of the ladder's drawing, and what it does not do. */
class RateLadderTest {
    private static final long MILLIS = 1_000_000L;
    private static final long PATIENCE = 100 * MILLIS;
    private static final long MUCH = 300_000;
    private static final int START = 115_200;
    private static final int MIDDLE = 460_800;
    private static final int FAST = 1_000_000;
    private static final List<Integer> OFFERED = List.of(START, FAST, MIDDLE);
    private static final long FIRST_BURST = 0xFFFFL;

    private final RateLadder ladder = new RateLadder(LineRates.from(START, FAST));
    private long now;

    private void climb() {
        ladder.welcomed(OFFERED, now);
        assertTrue(ladder.climb(MUCH, 0, PATIENCE, now));
    }

    /** What the driver does. */
    private void changeLine() {
        assertTrue(ladder.awaitsLine());
        ladder.lineIs(ladder.rate(), now);
        assertFalse(ladder.awaitsLine());
    }

    private void pass(long nanos) {
        now += nanos;
        ladder.tick(now);
    }

    private void waitForDeadline() {
        pass(ladder.deadline() - now);
    }

    /** As far as the first probe. */
    private void probing() {
        climb();
        assertEquals(RateAction.ASK, ladder.take());
        ladder.answered(true, now);
        changeLine();
        waitForDeadline();
        assertEquals(Step.PROBING, ladder.step());
    }

    private void sendProbes(int first) {
        for (int i = first; i < first + RateLadder.PROBES; i++) {
            assertEquals(i, ladder.nextProbe());
            ladder.probeSent(now);
        }
        assertEquals(-1, ladder.nextProbe());
    }

    private void committed() {
        probing();
        sendProbes(0);
        ladder.probed(FAST, FIRST_BURST, now);
        assertEquals(RateAction.ASK, ladder.take());
        ladder.answered(true, now);
        assertEquals(RateAction.GO_ON, ladder.take());
    }

    private void assertReturning(String reason) {
        assertEquals(Step.RETURNING, ladder.step());
        assertEquals(START, ladder.rate());
        assertTrue(ladder.explanation().contains(reason), ladder.explanation());
    }

    @Test
    void asksForTheHighestRateFirst() {
        climb();
        assertEquals(Step.ASKING, ladder.step());
        assertEquals(FAST, ladder.target());
        assertEquals(RateAction.ASK, ladder.take());
        assertEquals(RateAction.NONE, ladder.take());
        assertEquals(START, ladder.rate(), "the line stays until the board has agreed");
    }

    @Test
    void theLineChangesWhenTheBoardHasAgreed() {
        climb();
        ladder.answered(true, now);
        assertEquals(Step.CHANGING, ladder.step());
        assertEquals(FAST, ladder.rate());
        assertTrue(ladder.awaitsLine());
    }

    @Test
    void probesWaitUntilTheLineHasSettled() {
        climb();
        ladder.answered(true, now);
        changeLine();
        assertEquals(Step.SETTLING, ladder.step());
        assertEquals(-1, ladder.nextProbe());
        pass(19 * MILLIS);
        assertEquals(Step.SETTLING, ladder.step());
        pass(MILLIS);
        assertEquals(0, ladder.nextProbe());
    }

    @Test
    void aRateWhoseProbesAllCameIsCommitted() {
        probing();
        sendProbes(0);
        ladder.probed(FAST, FIRST_BURST - 1, now);
        assertEquals(Step.PROBING, ladder.step());
        ladder.probed(FAST, FIRST_BURST, now);
        assertEquals(Step.COMMITTING, ladder.step());
        assertEquals(RateAction.ASK, ladder.take());
        assertEquals(FAST, ladder.target());
        ladder.answered(true, now);
        assertEquals(Step.REST, ladder.step());
        assertEquals(RateAction.GO_ON, ladder.take());
        assertEquals("The line runs at 1000000 baud.", ladder.explanation());
    }

    @Test
    void oneProbeThatIsLostMeansAnotherBurst() {
        probing();
        sendProbes(0);
        ladder.probed(FAST, FIRST_BURST - 1, now);
        waitForDeadline();
        sendProbes(RateLadder.PROBES);
        ladder.probed(FAST, 0xFFFF_FFFEL, now);
        assertEquals(Step.COMMITTING, ladder.step());
    }

    @Test
    void twoBurstsWithLossesAreTheEndOfARate() {
        probing();
        sendProbes(0);
        ladder.probed(FAST, FIRST_BURST - 1, now);
        waitForDeadline();
        sendProbes(RateLadder.PROBES);
        ladder.probed(FAST, 0x7FFF_FFFEL, now);
        waitForDeadline();
        assertReturning("1000000 does not carry its probes");
        assertEquals(Set.of(FAST), ladder.bad());
    }

    @Test
    void aRateAtWhichNothingIsHeardHasOneBurst() {
        probing();
        sendProbes(0);
        waitForDeadline();
        assertReturning("1000000 does not carry its probes");
    }

    @Test
    void damageBeforeTheFirstAnswerIsOfTheChange() {
        probing();
        sendProbes(0);
        ladder.damaged();
        ladder.probed(FAST, 1, now);
        ladder.probed(FAST, FIRST_BURST, now);
        assertEquals(Step.COMMITTING, ladder.step());
    }

    @Test
    void damageAmongTheAnswersCountsAsALoss() {
        probing();
        sendProbes(0);
        ladder.probed(FAST, 1, now);
        ladder.damaged();
        ladder.probed(FAST, FIRST_BURST, now);
        assertEquals(Step.PROBING, ladder.step());
        sendProbes(RateLadder.PROBES);
        ladder.probed(FAST, 0xFFFF_FFFFL, now);
        assertEquals(Step.COMMITTING, ladder.step());
    }

    @Test
    void anAnswerAboutAnotherRateIsNone() {
        probing();
        sendProbes(0);
        ladder.probed(MIDDLE, FIRST_BURST, now);
        assertEquals(Step.PROBING, ladder.step());
    }

    @Test
    void afterAFailureBothMeetAtTheStartAndTheNextLowerRateIsTried() {
        probing();
        sendProbes(0);
        waitForDeadline();
        changeLine();
        assertEquals(Step.LISTENING, ladder.step());
        assertEquals(RateAction.PING, ladder.take());
        waitForDeadline();
        assertEquals(RateAction.PING, ladder.take(), "again and again: the board comes back by itself");
        ladder.heard(now);
        assertEquals(RateAction.GO_ON, ladder.take());
        assertTrue(ladder.climb(MUCH, 0, PATIENCE, now));
        assertEquals(MIDDLE, ladder.target());
    }

    @Test
    void aRateThatTheBoardRefusesIsNotBad() {
        climb();
        ladder.take();
        ladder.answered(false, now);
        assertEquals(RateAction.GO_ON, ladder.take());
        assertTrue(ladder.climb(MUCH, 0, PATIENCE, now));
        assertEquals(MIDDLE, ladder.target());
        assertEquals(Set.of(), ladder.bad());
    }

    @Test
    void aQuestionIsAskedThreeTimes() {
        climb();
        for (int i = 0; i < 3; i++) {
            assertEquals(RateAction.ASK, ladder.take());
            ladder.unanswered(now);
        }
        assertEquals(RateAction.GO_ON, ladder.take());
        assertEquals(START, ladder.rate());
        assertEquals(Set.of(), ladder.bad());
    }

    @Test
    void aCommitWithoutAnAnswerLeavesTheRate() {
        probing();
        sendProbes(0);
        ladder.probed(FAST, FIRST_BURST, now);
        for (int i = 0; i < 3; i++) {
            assertEquals(RateAction.ASK, ladder.take());
            ladder.unanswered(now);
        }
        assertReturning("1000000 brought no answer");
        assertEquals(Set.of(FAST), ladder.bad());
    }

    @Test
    void silenceAtARaisedRateEndsItBeforeTheBoardDoes() {
        committed();
        long heard = now;
        ladder.heard(now);
        pass(RateLadder.SILENT - 1);
        assertEquals(Step.REST, ladder.step());
        pass(1);
        assertReturning("1000000 fell silent");
        assertTrue(now - heard < 3_000 * MILLIS, "the board waits for 3 s");
        assertEquals(Set.of(), ladder.bad(), "a cable that is pulled is not the rate's fault");
    }

    @Test
    void silenceAtTheStartingRateIsNotTheLaddersBusiness() {
        ladder.welcomed(OFFERED, now);
        assertEquals(Deadline.NEVER, ladder.deadline());
        pass(60_000 * MILLIS);
        assertEquals(Step.REST, ladder.step());
    }

    @Test
    void aRateThatLosesTooMuchIsLeftForTheNextLower() {
        committed();
        assertTrue(ladder.stepDown(PATIENCE));
        assertEquals(MIDDLE, ladder.target());
        assertEquals(FAST, ladder.rate());
        assertEquals(Set.of(FAST), ladder.bad());
    }

    @Test
    void theStartingRateIsReachedWithoutProbes() {
        ladder.avoid(Set.of(MIDDLE));
        committed();
        assertTrue(ladder.stepDown(PATIENCE));
        assertEquals(START, ladder.target());
        ladder.take();
        ladder.answered(true, now);
        changeLine();
        assertEquals(Step.REST, ladder.step());
        assertEquals(RateAction.GO_ON, ladder.take());
        assertFalse(ladder.stepDown(PATIENCE), "there is nothing below");
    }

    @Test
    void aClimbThatIsCancelledLeavesTheRateOnTrial() {
        climb();
        ladder.cancel();
        assertEquals(Step.REST, ladder.step());
        assertEquals(RateAction.NONE, ladder.take());
        ladder.climb(MUCH, 0, PATIENCE, now);
        ladder.answered(true, now);
        ladder.cancel();
        assertEquals(Step.RETURNING, ladder.step());
        assertEquals(START, ladder.rate());
        assertEquals(Set.of(), ladder.bad());
    }

    @Test
    void whatFailedBeforeIsNotTried() {
        ladder.avoid(Set.of(FAST));
        climb();
        assertEquals(MIDDLE, ladder.target());
    }

    @ParameterizedTest
    @ValueSource(ints = {START, 230_400})
    void noRateAboveTheCeilingIsTried(int ceiling) {
        RateLadder low = new RateLadder(LineRates.from(START, ceiling));
        low.welcomed(OFFERED, now);
        assertFalse(low.climb(MUCH, 0, PATIENCE, now));
        assertEquals(RateAction.NONE, low.take());
        assertTrue(low.explanation().contains("a higher rate is not allowed"), low.explanation());
    }

    @Test
    void aFewBytesAreNotWorthAClimb() {
        ladder.welcomed(OFFERED, now);
        assertFalse(ladder.climb(0, 0, PATIENCE, now));
        assertFalse(ladder.climb(1_024, 0, PATIENCE, now));
        assertTrue(ladder.explanation().contains("1000000 is not worth the climb"), ladder.explanation());
        assertFalse(ladder.climb(4_096, 100 * MILLIS, PATIENCE, now), "a slow answer makes it dearer");
        assertTrue(ladder.climb(4_096, 2 * MILLIS, PATIENCE, now));
    }

    @Test
    void aBoardWithOneRateIsLeftAlone() {
        ladder.welcomed(List.of(), now);
        assertFalse(ladder.climb(MUCH, 0, PATIENCE, now));
        assertEquals("The line runs at 115200 baud: the board offers no other.", ladder.explanation());
    }

    @Test
    void aLineOfAFixedRateHasNoLadder() {
        RateLadder fixed = new RateLadder(LineRates.FIXED);
        fixed.welcomed(OFFERED, now);
        assertFalse(fixed.climb(MUCH, 0, PATIENCE, now));
        assertFalse(fixed.awaitsLine());
        assertEquals(Deadline.NEVER, fixed.deadline());
    }

    /** It was left there by a host that died, maybe before it had committed. */
    @Test
    void aBoardThatIsFoundAtARaisedRateIsCommittedWithoutProbes() {
        RateLadder found = new RateLadder(new LineRates(START, START, FAST, FAST));
        found.helloAt(FAST);
        assertTrue(found.awaitsLine());
        found.lineIs(FAST, now);
        found.welcomed(OFFERED, now);
        assertTrue(found.climb(MUCH, 0, PATIENCE, now));
        assertEquals(Step.COMMITTING, found.step());
        assertEquals(FAST, found.target());
        found.answered(true, now);
        assertFalse(found.climb(MUCH, 0, PATIENCE, now));
    }
}
