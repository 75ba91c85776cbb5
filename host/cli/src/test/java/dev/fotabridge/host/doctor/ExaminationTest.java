package dev.fotabridge.host.doctor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.fotabridge.host.api.FotaException;
import dev.fotabridge.host.api.Reason;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which checks are skipped, and what a failed one leaves behind. */
final class ExaminationTest {
    private boolean interrupted;
    private final Examination examination = new Examination(() -> interrupted);

    private static CheckResult<Void> fails() throws FotaException {
        throw new FotaException(Reason.CREDENTIALS, "No key.");
    }

    private static CheckResult<Void> neverRuns() {
        throw new AssertionError("a check ran although one that it needs failed");
    }

    private List<String> findings() {
        return examination.diagnosis().findings().stream()
                .map(finding -> finding.check() + " " + finding.status() + " " + finding.message())
                .toList();
    }

    @Test
    void whatACheckHandsOnIsThereForTheNext() throws FotaException {
        Prerequisite<Integer> first =
                examination.run("first", () -> CheckResult.ok("Fine.").with(7));
        examination.run("second", () -> CheckResult.warn("Seven is " + first.value() + ".", ""), first);
        assertEquals(List.of("first OK Fine.", "second WARN Seven is 7."), findings());
        assertEquals(Reason.SUCCEEDED, examination.diagnosis().reason());
    }

    @Test
    void whatNeedsAFailedCheckIsSkippedAndWhatNeedsThatToo() throws FotaException {
        Prerequisite<Void> key = examination.run("key", ExaminationTest::fails);
        Prerequisite<Void> pair = examination.run("pair", ExaminationTest::neverRuns, key);
        examination.run("connect", ExaminationTest::neverRuns, pair);
        examination.run("port", () -> CheckResult.ok("Fine."));
        assertEquals(
                List.of(
                        "key FAIL No key.",
                        "pair SKIPPED Not looked at, for it needs 'key'.",
                        "connect SKIPPED Not looked at, for it needs 'pair'.",
                        "port OK Fine."),
                findings());
        assertEquals(Reason.CREDENTIALS, examination.diagnosis().reason());
    }

    @Test
    void aWarningThatBlocksIsNamed() throws FotaException {
        Prerequisite<Void> port = examination.run("port", () -> CheckResult.warnAndBlock("In use.", ""));
        examination.run("board", ExaminationTest::neverRuns, port);
        assertEquals(List.of("port WARN In use.", "board SKIPPED Not looked at: see 'port'."), findings());
    }

    @Test
    void anInterruptionEndsTheExamination() {
        interrupted = true;
        FotaException end =
                assertThrows(FotaException.class, () -> examination.run("first", ExaminationTest::neverRuns));
        assertEquals(Reason.INTERRUPTED, end.reason());
    }

    @Test
    void anInterruptionWithinACheckIsNoFinding() {
        FotaException end = assertThrows(
                FotaException.class,
                () -> examination.run("first", () -> {
                    throw new FotaException(Reason.INTERRUPTED, "Interrupted.");
                }));
        assertEquals(Reason.INTERRUPTED, end.reason());
        assertEquals(List.of(), findings());
    }
}
