package dev.fotabridge.host.doctor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fotabridge.host.api.BoardReport;
import dev.fotabridge.host.api.Reason;
import dev.fotabridge.host.doctor.Finding.Status;
import dev.fotabridge.station.bay.StartKind;
import dev.fotabridge.station.place.BayPlace;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class IdentityOfBoardsCheckTest {
    private static BayBoard board(int bay, String probe, String unit) {
        BoardReport report = new BoardReport(
                "nrf9160dk_nrf9160_ns",
                unit,
                "0123456789abcdef",
                "1.0.0",
                1,
                new BoardReport.Running("1.0.0", "00", "CONFIRMED", false),
                new BoardReport.Slot(0, 0, 4_096, 0, 0, "SWAP", "EMPTY"),
                Optional.empty());
        return new BayBoard(new BayPlace(bay, BayPlace.Kind.PORT, "/dev/" + bay, "", bay), probe, report);
    }

    private static CheckResult<Void> check(StartKind start, BayBoard... boards) {
        return new IdentityOfBoardsCheck(start, List.of(boards)).run();
    }

    @Test
    void insertIsRefusedForABoardWithoutIdentity() {
        CheckResult<Void> found = check(StartKind.INSERT, board(1, "960", ""), board(2, "", ""));
        assertEquals(Status.FAIL, found.status());
        assertEquals(Optional.of(Reason.CONFIGURATION), found.reason());
        assertTrue(found.message().startsWith("The board at bay 2 tells no unit id"), found.message());
        assertTrue(found.whatToTry().contains("start: button"), found.whatToTry());
    }

    @Test
    void anotherStartIsOnlyWarnedOf() {
        for (StartKind start : List.of(StartKind.BUTTON, StartKind.SCAN, StartKind.JOB)) {
            assertEquals(Status.WARN, check(start, board(1, "", "")).status());
        }
    }

    @Test
    void eitherNumberIsAnIdentity() {
        assertEquals(
                Status.OK,
                check(StartKind.INSERT, board(1, "960", ""), board(2, "", "u2")).status());
    }

    @Test
    void oneSerialNumberTwiceNeedsUnitIdsThatDiffer() {
        assertEquals(
                Status.OK,
                check(StartKind.BUTTON, board(1, "1", "a"), board(2, "1", "b")).status());
        for (BayBoard other : List.of(board(2, "1", ""), board(2, "1", "a"))) {
            CheckResult<Void> found = check(StartKind.BUTTON, board(1, "1", "a"), other);
            assertEquals(Status.FAIL, found.status());
            assertTrue(found.message().contains("bay 1 and bay 2 cannot be told from one another"), found.message());
        }
        assertEquals(
                Status.FAIL,
                check(StartKind.BUTTON, board(1, "1", ""), board(2, "1", "")).status());
    }

    @Test
    void oneUnitIdTwiceIsNoIdentity() {
        CheckResult<Void> found = check(StartKind.BUTTON, board(1, "1", "u"), board(2, "2", "u"));
        assertEquals(Status.FAIL, found.status());
        assertTrue(found.message().endsWith("both have the unit id u."), found.message());
    }

    @Test
    void withoutABoardInsertCannotBeKnown() {
        assertEquals(Status.WARN, check(StartKind.INSERT).status());
        assertEquals(Status.OK, check(StartKind.BUTTON).status());
    }
}
