package dev.fotabridge.station.verdict;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.fotabridge.host.api.Outcome;
import dev.fotabridge.host.api.Reason;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

final class VerdictRuleTest {
    @ParameterizedTest
    @CsvSource({
        "PASS, SUCCEEDED UP_TO_DATE",
        "FAIL, REVERTED WRITE_MISMATCH MODEM_FAILED BOARD_NOT_READY MODEM_NOT_READY BOARD_TYPE MODEM_BASE DOWNGRADE NOT_A_STUB"
                + " STUB_VERSION NO_ANSWER LINK_LOST",
        "ERROR, IMAGE_FORMAT IMAGE_TRUNCATED IMAGE_HASH IMAGE_SIZE IMAGE_SIGNATURE NO_MARKER BAD_DOCUMENT DOWNLOAD_NOT_FOUND"
                + " DOWNLOAD_FORBIDDEN DOWNLOAD_NO_RANGE DOWNLOAD_HOST_UNKNOWN DOWNLOAD_HOST_NOT_ALLOWED DOWNLOAD_TIMEOUT"
                + " DOWNLOAD_SIZE DOWNLOAD_FAILED CLOUD_UNREACHABLE CLOUD_REFUSED CLOUD_POLICY REPORT_REFUSED"
                + " PROXY_UNREACHABLE PROXY_REFUSED THING_BUSY IMAGE_UNREADABLE CREDENTIALS NO_JOB NO_BOARD SEVERAL_BOARDS PORT_BUSY"
                + " PORT_FORBIDDEN PORT_MISSING STORAGE_FULL STORAGE_UNWRITABLE LOCK_UNAVAILABLE CONFIGURATION USAGE PARTIAL"
                + " INTERNAL_ERROR",
        "ABORTED, JOB_CANCELED JOB_DELETED JOB_TIMED_OUT JOB_TAKEN_OVER INTERRUPTED",
        "UNKNOWN, NOT_VERIFIED"
    })
    void aReasonHasOneVerdict(Verdict verdict, String reasons) {
        for (String name : reasons.split(" ")) {
            assertEquals(verdict, VerdictRule.of(Reason.valueOf(name), RunStage.WRITING, false), name);
        }
    }

    /** Also of reasons that are added later: PASS is what the library calls success, and nothing else. */
    @ParameterizedTest
    @EnumSource(Reason.class)
    void passIsSuccessAndNothingElse(Reason reason) {
        boolean success = reason.outcome() == Outcome.SUCCEEDED || reason.outcome() == Outcome.UP_TO_DATE;
        for (RunStage stage : RunStage.values()) {
            assertEquals(success, VerdictRule.of(reason, stage, false) == Verdict.PASS, stage.name());
            assertEquals(success, VerdictRule.of(reason, stage, true) == Verdict.PASS, stage.name());
        }
    }

    @ParameterizedTest
    @EnumSource(
            names = {
                "LINK_LOST",
                "NO_ANSWER",
                "NO_BOARD",
                "SEVERAL_BOARDS",
                "PORT_BUSY",
                "PORT_FORBIDDEN",
                "PORT_MISSING"
            })
    void aLossBetweenMarkAndProofIsUnknown(Reason loss) {
        for (boolean gone : new boolean[] {false, true}) {
            assertEquals(Verdict.UNKNOWN, VerdictRule.of(loss, RunStage.MARKED, gone));
            assertEquals(Verdict.UNKNOWN, VerdictRule.of(loss, RunStage.CONFIRMING, gone));
        }
        assertEquals(Verdict.ABORTED, VerdictRule.of(loss, RunStage.WRITING, true));
    }

    @Test
    void aBoardThatLeftDoesNotChangeWhatWasFoundOutBefore() {
        assertEquals(Verdict.FAIL, VerdictRule.of(Reason.REVERTED, RunStage.PROVEN, true));
        assertEquals(Verdict.PASS, VerdictRule.of(Reason.SUCCEEDED, RunStage.PROVEN, true));
        assertEquals(Verdict.ERROR, VerdictRule.of(Reason.IMAGE_HASH, RunStage.WRITING, true));
    }

    @Test
    void onlyBetweenMarkAndProofTheBoardIsInDoubt() {
        Set<RunStage> doubtful = EnumSet.allOf(RunStage.class);
        doubtful.removeIf(stage -> !stage.isInDoubt());
        assertEquals(EnumSet.of(RunStage.MARKED, RunStage.CONFIRMING), doubtful);
    }
}
