package dev.fotabridge.station.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import dev.fotabridge.host.api.Reason;
import dev.fotabridge.host.api.WireTotals;
import dev.fotabridge.station.bay.UnitIdentity;
import dev.fotabridge.station.ledger.AttemptEnd;
import org.junit.jupiter.api.Test;

final class ProofTest {
    private static final UnitIdentity A = new UnitIdentity("unit-a", "probe-a", "label");
    private static final BoardsPort.Order ORDER = new BoardsPort.Order("r1", 1, 1, A, "file", "image");

    private static BoardOutcome outcome(Reason reason, UnitIdentity board, String hash) {
        return new BoardOutcome(reason, "", board, new AttemptEnd.Seen(hash, "", "", "{}", WireTotals.NONE));
    }

    private static Reason checked(Reason reason, UnitIdentity board, String hash) {
        return Proof.checked(outcome(reason, board, hash), ORDER).reason();
    }

    @Test
    void theBoardItselfWithTheImageProvesIt() {
        UnitIdentity said = new UnitIdentity("unit-a", "probe-a", "");
        assertEquals(Reason.SUCCEEDED, checked(Reason.SUCCEEDED, said, "image"));
        assertEquals(Reason.UP_TO_DATE, checked(Reason.UP_TO_DATE, said, "image"));
    }

    @Test
    void anotherBoardProvesNothing() {
        assertEquals(
                Reason.NOT_VERIFIED, checked(Reason.SUCCEEDED, new UnitIdentity("unit-b", "probe-b", ""), "image"));
        assertEquals(
                Reason.NOT_VERIFIED, checked(Reason.SUCCEEDED, new UnitIdentity("unit-b", "probe-a", ""), "image"));
    }

    /** A board that has an id says it always. */
    @Test
    void aBoardWithoutAnIdProvesNothingForOneThatHasOne() {
        assertEquals(Reason.NOT_VERIFIED, checked(Reason.UP_TO_DATE, UnitIdentity.NONE, "image"));
        assertEquals(Reason.NOT_VERIFIED, checked(Reason.SUCCEEDED, new UnitIdentity("", "probe-a", ""), "image"));
    }

    @Test
    void anotherImageProvesNothing() {
        assertEquals(Reason.NOT_VERIFIED, checked(Reason.SUCCEEDED, A, "old image"));
        assertEquals(Reason.NOT_VERIFIED, checked(Reason.UP_TO_DATE, A, ""));
    }

    @Test
    void aFailureNeedsNoProof() {
        BoardOutcome failed = outcome(Reason.REVERTED, UnitIdentity.NONE, "old image");
        assertSame(failed, Proof.checked(failed, ORDER));
    }
}
