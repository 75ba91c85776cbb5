package dev.fotabridge.host.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The table of exit codes as it was promised: a number that changes here breaks somebody's script. {@link ReadmeExitCodesTest} holds new
 * reasons against the README.
 */
final class ReasonTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0 | SUCCEEDED | SUCCEEDED | SUCCEEDED",
                "0 | UP_TO_DATE | SUCCEEDED | UP_TO_DATE",
                "1 | ERROR | FAILED | INTERNAL_ERROR",
                "2 | ERROR | NOTHING | USAGE",
                "3 | ERROR | NOTHING | CONFIGURATION IMAGE_UNREADABLE THING_BUSY CREDENTIALS",
                "4 | ERROR | NOTHING | NO_BOARD SEVERAL_BOARDS",
                "5 | ERROR | NOTHING | PORT_BUSY PORT_FORBIDDEN PORT_MISSING",
                "6 | FAILED | FAILED | LINK_LOST NO_ANSWER",
                "7 | FAILED | FAILED | NOT_A_STUB STUB_VERSION",
                "8 | REFUSED | REJECTED | IMAGE_FORMAT IMAGE_TRUNCATED IMAGE_HASH IMAGE_SIZE IMAGE_SIGNATURE BOARD_TYPE MODEM_BASE"
                        + " DOWNGRADE NO_MARKER BAD_DOCUMENT",
                "9 | FAILED | FAILED | DOWNLOAD_NOT_FOUND DOWNLOAD_FORBIDDEN DOWNLOAD_NO_RANGE DOWNLOAD_HOST_UNKNOWN"
                        + " DOWNLOAD_HOST_NOT_ALLOWED DOWNLOAD_TIMEOUT DOWNLOAD_SIZE DOWNLOAD_FAILED",
                "10 | NO_JOB | NOTHING | NO_JOB",
                "11 | FAILED | FAILED | WRITE_MISMATCH MODEM_FAILED",
                "12 | FAILED | FAILED | NOT_VERIFIED",
                "13 | REVERTED | FAILED | REVERTED",
                "14 | ERROR | NOTHING | CLOUD_UNREACHABLE CLOUD_REFUSED CLOUD_POLICY"
                        + " PROXY_UNREACHABLE PROXY_REFUSED REPORT_REFUSED",
                "15 | CANCELED | NOTHING | JOB_CANCELED JOB_DELETED JOB_TIMED_OUT JOB_TAKEN_OVER",
                "16 | FAILED | FAILED | STORAGE_FULL STORAGE_UNWRITABLE",
                "17 | FAILED | FAILED | BOARD_NOT_READY MODEM_NOT_READY",
                "20 | PARTIAL | NOTHING | PARTIAL",
                "130 | INTERRUPTED | NOTHING | INTERRUPTED"
            })
    void isTheRow(int exitCode, Outcome outcome, AtAws atAws, String reasons) {
        for (String name : reasons.split(" ")) {
            Reason reason = Reason.valueOf(name);
            assertEquals(exitCode, reason.exitCode(), name);
            assertEquals(outcome, reason.outcome(), name);
            assertEquals(atAws, reason.atAws(), name);
        }
    }

    @ParameterizedTest
    @EnumSource(Reason.class)
    void everyFailureSaysWhatToTry(Reason reason) {
        assertEquals(reason.exitCode() == 0, reason.whatToTry().isEmpty());
    }

    @Test
    void noCodeIsZeroButForSuccess() {
        assertFalse(Arrays.stream(Reason.values()).anyMatch(r -> r.exitCode() == 0 && r.atAws() != AtAws.SUCCEEDED));
    }
}
