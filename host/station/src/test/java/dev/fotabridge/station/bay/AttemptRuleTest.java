package dev.fotabridge.station.bay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fotabridge.host.api.Reason;
import dev.fotabridge.station.verdict.RunStage;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class AttemptRuleTest {
    private static final AttemptRule TWO = new AttemptRule(2);

    @Test
    void onlyWhatASecondTryMayMendIsTriedAgain() {
        Set<Reason> again = EnumSet.allOf(Reason.class);
        again.removeIf(reason -> !TWO.triesAgain(result(reason, RunStage.WRITING, false), 1));
        assertEquals(
                EnumSet.of(
                        Reason.LINK_LOST,
                        Reason.NO_ANSWER,
                        Reason.PORT_BUSY,
                        Reason.PORT_FORBIDDEN,
                        Reason.PORT_MISSING,
                        Reason.DOWNLOAD_FORBIDDEN,
                        Reason.DOWNLOAD_NO_RANGE,
                        Reason.DOWNLOAD_HOST_UNKNOWN,
                        Reason.DOWNLOAD_TIMEOUT,
                        Reason.DOWNLOAD_SIZE,
                        Reason.DOWNLOAD_FAILED,
                        Reason.STORAGE_FULL,
                        Reason.STORAGE_UNWRITABLE),
                again);
    }

    @Test
    void theLastAttemptIsTheLast() {
        RunResult lost = result(Reason.LINK_LOST, RunStage.WRITING, false);
        assertFalse(TWO.triesAgain(lost, 2));
        assertFalse(new AttemptRule(1).triesAgain(lost, 1));
        assertTrue(new AttemptRule(3).triesAgain(lost, 2));
    }

    @Test
    void aBoardThatIsGoneOrInDoubtIsNotTriedAgain() {
        assertFalse(TWO.triesAgain(result(Reason.LINK_LOST, RunStage.WRITING, true), 1));
        assertFalse(TWO.triesAgain(result(Reason.LINK_LOST, RunStage.MARKED, false), 1));
        assertFalse(TWO.triesAgain(result(Reason.STORAGE_FULL, RunStage.WRITING, true), 1));
    }

    private static RunResult result(Reason reason, RunStage stage, boolean boardGone) {
        return new RunResult(reason, "", stage, boardGone);
    }
}
