package dev.fotabridge.host.api;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import org.junit.jupiter.api.Test;

/** How a command ended, beside what became of the board. */
final class UpdateRecordTest {
    private static final RunEnd UNIT = new RunEnd(Reason.SUCCEEDED, "The board runs 2.0.0.");
    private static final UpdateRecord RECORD = UpdateRecord.early(UNIT.reason(), UNIT.message());
    private static final CloudEnd WAITING = CloudEnd.waiting(AtAws.SUCCEEDED);

    @Test
    void withoutAProblemOfTheCloudTheBoardsEndCounts() {
        assertEquals(UNIT, RECORD.end());
        assertEquals(UNIT, RECORD.with(WAITING).end());
        assertEquals(UNIT, RECORD.with(WAITING.taken()).end());
    }

    @Test
    void aProblemOfTheCloudIsTheEndAndLeavesTheBoards() {
        RunEnd problem = new RunEnd(Reason.JOB_CANCELED, "AWS has cancelled the job.");
        UpdateRecord record = RECORD.with(WAITING.failed(Optional.of("CANCELED"), problem));

        assertEquals(problem, record.end());
        assertEquals(Reason.JOB_CANCELED, record.reason());
        assertEquals("AWS has cancelled the job.", record.message());
        assertEquals(UNIT, record.unit());
        assertEquals(
                new CloudEnd(AtAws.SUCCEEDED, Optional.of("CANCELED"), Optional.of(problem)),
                record.cloud().orElseThrow());
    }

    @Test
    void aTakenEndHasTheIntendedStateAndNoProblem() {
        CloudEnd late = WAITING.failed(Optional.empty(), new RunEnd(Reason.CLOUD_UNREACHABLE, "No answer."));

        assertEquals(Optional.empty(), WAITING.answered());
        assertEquals(Optional.empty(), late.answered());
        assertEquals(new CloudEnd(AtAws.SUCCEEDED, Optional.of("SUCCEEDED"), Optional.empty()), late.taken());
    }
}
