package dev.fotabridge.station.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fotabridge.host.api.UnfinishedUpdate;
import dev.fotabridge.station.bay.UnitIdentity;
import dev.fotabridge.station.ledger.OpenRun;
import java.util.List;
import org.junit.jupiter.api.Test;

final class CutOffRunsTest {
    private static final String FILE = "ab".repeat(32);
    private static final CutOffRuns RUNS = new CutOffRuns(List.of(
            new UnfinishedUpdate("cd".repeat(32), "MARKED", 75, "1.0.0", "unit-1", "1050"),
            new UnfinishedUpdate(FILE, "SENDING", 31, "1.0.0", "unit-1", "1050"),
            new UnfinishedUpdate(FILE, "MARKING", 75, "", "", "1051"),
            new UnfinishedUpdate(FILE, "REWRITING", 7, "1.0.0", "", "")));

    private static String evidence(UnitIdentity board) {
        return RUNS.evidence(new OpenRun("r1", 1, board, 1, FILE, "", "", ""));
    }

    @Test
    void theJournalOfTheBoardAndFileSaysHowFarTheRunHadCome() {
        assertEquals(
                "Stage SENDING, 31 pages durable, before it 1.0.0. What the board runs now is not known: the next run asks it.",
                evidence(new UnitIdentity("unit-1", "1050", "SN-1")));
        assertTrue(evidence(new UnitIdentity("", "1051", ""))
                .startsWith("Stage MARKING, 75 pages durable, before it an unknown version."));
    }

    @Test
    void anotherBoardsJournalSaysNothing() {
        assertTrue(evidence(new UnitIdentity("unit-2", "1052", "")).startsWith("No journal of this board"));
    }

    /** A board without an identity may be any. */
    @Test
    void aBoardThatWasNotKnownHasNoJournal() {
        assertEquals("The board was not known.", evidence(UnitIdentity.NONE));
    }
}
