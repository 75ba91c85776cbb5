package dev.fotabridge.host.update;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fotabridge.host.api.BayEvent;
import dev.fotabridge.host.api.CompleteOn;
import dev.fotabridge.host.api.FotaException;
import dev.fotabridge.host.api.Reason;
import dev.fotabridge.host.link.BoardIdentity;
import dev.fotabridge.host.update.UpdateJournal.Stage;
import dev.fotabridge.protocol.board.BoardInfo;
import dev.fotabridge.protocol.board.RunningState;
import dev.fotabridge.protocol.session.SessionEvent;
import dev.fotabridge.protocol.session.SessionFailure;
import dev.fotabridge.protocol.time.Deadline;
import dev.fotabridge.protocol.upload.Upload.Trust;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

final class UpdateFlowTest {
    private static final BoardInfo OLD = Boards.board(Boards.OLD, RunningState.CONFIRMED, Boards.BOOT_1);
    private static final BoardInfo OLD_AGAIN = Boards.board(Boards.OLD, RunningState.CONFIRMED, Boards.BOOT_2);
    private static final BoardInfo TRIAL = Boards.board(Boards.NEW, RunningState.ON_TRIAL, Boards.BOOT_2);
    private static final BoardInfo PROVED = Boards.board(Boards.NEW, RunningState.CONFIRMED, Boards.BOOT_2);

    private FlowRig rig = new FlowRig();

    private FlowRig sending() {
        return rig.start().connected(OLD).planned(4);
    }

    private FlowRig marking() {
        return sending().progress(4).on(new SessionEvent.Verified());
    }

    private FlowRig resetting() {
        return marking().on(new SessionEvent.Marked());
    }

    private FlowRig swapping() {
        return resetting().on(new SessionEvent.Resetting());
    }

    @Test
    void bringsAnImageToTheBoardAndProvesIt() {
        swapping().connected(TRIAL).on(new SessionEvent.Confirmed()).connected(PROVED);

        assertEquals(
                List.of(
                        "CONNECT",
                        "connect",
                        "send",
                        "persist SENDING",
                        "TRANSFER",
                        "START",
                        "VERIFY",
                        "MARK",
                        "persist MARKING",
                        "mark",
                        "SWAP",
                        "persist MARKED",
                        "reset",
                        "connect",
                        "CONFIRM",
                        "confirm",
                        "connect",
                        "end SUCCEEDED"),
                rig.steps().stream().filter(w -> !w.equals("log")).toList());
    }

    @ParameterizedTest
    @EnumSource(RunningState.class)
    void aBoardOfTheWrongTypeIsRefusedThoughItRunsTheImage(RunningState state) {
        BoardCheck otherType = new BoardCheck() {
            @Override
            public void require(BoardInfo board) {
                throw new AssertionError("nothing is to be sent");
            }

            @Override
            public void requireType(BoardInfo board) throws FotaException {
                throw new FotaException(Reason.BOARD_TYPE, "Another type.");
            }
        };
        rig.check(otherType).start().connected(Boards.board(Boards.NEW, state, Boards.BOOT_1));

        assertEquals(Reason.BOARD_TYPE, rig.ended());
    }

    @Test
    void theJournalIsOnDiskBeforeMark() {
        marking();

        List<String> steps = rig.steps();
        assertTrue(steps.indexOf("persist MARKING") < steps.indexOf("mark"));
        assertEquals(Boards.BOOT_1, rig.journal().bootId());
        assertEquals(1, rig.journal().attempt());
    }

    @Test
    void nothingIsMarkedBeforeTheProof() {
        sending().progress(4);
        assertFalse(rig.has(UpdateEffect.Mark.class));

        rig.on(new SessionEvent.Verified());
        assertTrue(rig.has(UpdateEffect.Mark.class));
    }

    @Test
    void hundredPercentComesAfterTheProofOnly() {
        sending().progress(4);
        assertFalse(percents().contains(100));

        rig.on(new SessionEvent.Verified());
        assertTrue(percents().contains(100));
    }

    private List<Integer> percents() {
        return rig.all(UpdateEffect.Report.class).stream()
                .map(UpdateEffect.Report::event)
                .flatMap(e -> e instanceof BayEvent.Fota fota ? Stream.of(fota.percent()) : Stream.empty())
                .toList();
    }

    @Test
    void startIsReportedOnceTheBoardHasAcceptedWork() {
        rig.start().connected(OLD);
        assertFalse(rig.steps().contains("START"));

        rig.planned(4).failed(SessionFailure.LINK_LOST).connected(OLD).planned(2);
        assertEquals(1, rig.steps().stream().filter("START"::equals).count());
    }

    @Test
    void anImageThatTheBoardRefusesIsNeverSent() {
        rig.check(board -> {
                    throw new FotaException(Reason.IMAGE_SIZE, "Too large.");
                })
                .start()
                .connected(OLD);

        assertEquals(Reason.IMAGE_SIZE, rig.ended());
        assertFalse(rig.has(UpdateEffect.Send.class));
    }

    @Test
    void aLostLinkGoesOnFromWhatIsDurable() {
        sending().progress(3).failed(SessionFailure.LINK_LOST).clear().connected(OLD);

        assertEquals(List.of(new UpdateEffect.Send(Trust.UNCLEAN, 3)), rig.all(UpdateEffect.Send.class));
    }

    @ParameterizedTest
    @CsvSource({"LINK_LOST, NO_ANSWER", "NOT_A_STUB, NOT_A_STUB"})
    void aFirstContactThatFailsSaysWhetherAnythingWasHeard(SessionFailure failure, Reason reason) {
        rig.start();
        for (int i = 0; i < 1000 && rig.all(UpdateEffect.Finish.class).isEmpty(); i++) {
            rig.failed(failure).passToDeadline();
        }

        assertEquals(reason, rig.ended());
    }

    @Test
    void aBoardThatStaysAwayIsALostLink() {
        sending().progress(1).failed(SessionFailure.LINK_LOST);
        long lostAt = rig.now;
        for (int i = 0; i < 1000 && rig.all(UpdateEffect.Finish.class).isEmpty(); i++) {
            rig.portFailed(Reason.PORT_MISSING).passToDeadline();
        }

        assertEquals(Reason.LINK_LOST, rig.ended());
        assertEquals(60 * FlowRig.SECOND, rig.now - lostAt);
    }

    @Test
    void aLinkThatComesAndGoesWithoutProgressEnds() {
        sending();
        for (int i = 0; i < 11; i++) {
            rig.failed(SessionFailure.BOARD_RESTARTED).connected(OLD).planned(4);
        }

        assertEquals(Reason.LINK_LOST, rig.ended());
    }

    @Test
    void progressMakesALinkThatComesAndGoesWorthwhile() {
        sending();
        for (int i = 0; i < 50; i++) {
            rig.progress(i + 1)
                    .failed(SessionFailure.BOARD_RESTARTED)
                    .connected(OLD)
                    .planned(4);
        }

        assertFalse(rig.has(UpdateEffect.Finish.class));
    }

    @Test
    void afterAMismatchEveryPageIsSentOnce() {
        sending().progress(4).failed(SessionFailure.MISMATCH).clear().connected(OLD);
        assertEquals(List.of(new UpdateEffect.Send(Trust.NOTHING, 0)), rig.all(UpdateEffect.Send.class));
        // Nothing is compared first: the very first request makes the board write.
        assertEquals(List.of("persist REWRITING", "send", "TRANSFER"), rig.steps());

        rig.planned(4).failed(SessionFailure.MISMATCH);
        assertEquals(Reason.WRITE_MISMATCH, rig.ended());
    }

    @Test
    void theOldImageAfterTheResetIsARevert() {
        swapping().connected(OLD_AGAIN);

        assertEquals(Reason.REVERTED, rig.ended());
        assertEquals(1, rig.all(UpdateEffect.Send.class).size());
    }

    @Test
    void aBoardThatStaysSilentAfterTheResetIsNotVerified() {
        swapping().passToDeadline();

        assertEquals(Reason.NOT_VERIFIED, rig.ended());
        long swapOf8Pages = 3 * 8 * 131_500_000L;
        assertEquals(swapOf8Pages + 60 * FlowRig.SECOND, rig.now);
    }

    @Test
    void aLostAnswerToMarkMarksAgainWithoutASecondTransfer() {
        marking()
                .failed(SessionFailure.BOARD_RESTARTED)
                .clear()
                .connected(OLD_AGAIN)
                .on(Boards.compared(true))
                .planned(0);
        assertEquals(List.of(new UpdateEffect.Send(Trust.CLEAN, 0)), rig.all(UpdateEffect.Send.class));

        rig.on(new SessionEvent.Verified());
        assertTrue(rig.has(UpdateEffect.Mark.class));
        assertEquals(2, rig.journal().attempt());
    }

    /** A board that nobody has reset has not failed to restart. */
    @Test
    void hostsThatAreKilledBeforeTheResetDoNotUseUpTheBoardsAttempts() {
        UpdateJournal left = journal(Stage.MARKED, 4).of(new BoardIdentity("AAAA", ""));
        for (int life = 0; life < 5; life++) {
            FlowRig host = new FlowRig();
            host.journal(left)
                    .start()
                    .connected(Boards.ofUnit("AAAA", OLD))
                    .planned(0)
                    .on(new SessionEvent.Verified());
            assertTrue(host.has(UpdateEffect.Mark.class), "life " + life);
            left = host.journal();
        }
        assertEquals(1, left.attempt());
    }

    @Test
    void anImageThatTheBootloaderThrewOutIsNotSentAgain() {
        rig.start()
                .connected(Boards.ofUnit("AAAA", OLD))
                .planned(4)
                .on(new SessionEvent.Verified())
                .failed(SessionFailure.BOARD_RESTARTED)
                .clear()
                .connected(Boards.ofUnit("AAAA", OLD_AGAIN))
                .planned(4);

        assertEquals(Reason.REVERTED, rig.ended());
    }

    @Test
    void aBoardThatNeverResetsIsNotMarkedForEver() {
        swapping();
        for (int i = 0; i < 3 && rig.all(UpdateEffect.Finish.class).isEmpty(); i++) {
            rig.connected(OLD)
                    .planned(0)
                    .on(new SessionEvent.Verified())
                    .on(new SessionEvent.Marked())
                    .on(new SessionEvent.Resetting());
        }

        assertEquals(Reason.NOT_VERIFIED, rig.ended());
    }

    @Test
    void aConfirmThatCannotBeReadBackIsNoSuccess() {
        swapping().connected(TRIAL).on(new SessionEvent.Confirmed()).connected(TRIAL);

        assertEquals(Reason.NOT_VERIFIED, rig.ended());
    }

    @Test
    void aCrashOnTrialIsARevert() {
        swapping().connected(TRIAL).failed(SessionFailure.BOARD_RESTARTED).connected(OLD_AGAIN);

        assertEquals(Reason.REVERTED, rig.ended());
    }

    @Test
    void anApplicationThatConfirmsItselfIsWaitedFor() {
        BoardInfo self = Boards.board(Boards.NEW, RunningState.ON_TRIAL, Boards.BOOT_2, true);
        swapping().connected(self).clear().passToDeadline();
        assertTrue(rig.has(UpdateEffect.Connect.class));
        assertFalse(rig.has(UpdateEffect.Confirm.class));

        rig.connected(PROVED);
        assertEquals(Reason.SUCCEEDED, rig.ended());
    }

    @Test
    void anApplicationThatNeverConfirmsItselfIsNotVerified() {
        BoardInfo self = Boards.board(Boards.NEW, RunningState.ON_TRIAL, Boards.BOOT_2, true);
        swapping().connected(self);
        for (int i = 0; i < 100 && rig.all(UpdateEffect.Finish.class).isEmpty(); i++) {
            rig.passToDeadline().connected(self);
        }

        assertEquals(Reason.NOT_VERIFIED, rig.ended());
    }

    @Test
    void writtenEndsWithTheMark() {
        rig.completeOn(CompleteOn.WRITTEN);
        resetting();

        assertEquals(Reason.SUCCEEDED, rig.ended());
        assertFalse(rig.has(UpdateEffect.Reset.class));
    }

    @Test
    void writtenAndMarkedNeedsTheAnswerOfThatVeryBoardAfterARestart() {
        rig.completeOn(CompleteOn.WRITTEN).journal(journal(Stage.MARKED, 4)).start();
        assertFalse(rig.has(UpdateEffect.Finish.class));

        rig.connected(Boards.pending(OLD));
        assertEquals(Reason.SUCCEEDED, rig.ended());
        assertFalse(rig.has(UpdateEffect.Send.class));
    }

    @Test
    void writtenAndMarkedWithoutAnAnswerIsNotKnown() {
        rig.completeOn(CompleteOn.WRITTEN)
                .journal(journal(Stage.MARKED, 4))
                .start()
                .passToDeadline();

        assertEquals(Reason.NOT_VERIFIED, rig.ended());
    }

    @Test
    void bootedLeavesConfirmingToTheApplication() {
        rig.completeOn(CompleteOn.BOOTED);
        swapping().connected(TRIAL);

        assertEquals(Reason.SUCCEEDED, rig.ended());
        assertFalse(rig.has(UpdateEffect.Confirm.class));
    }

    @Test
    void aRestartedHostSendsOnlyWhatIsMissing() {
        UpdateJournal own = journal(Stage.SENDING, 2).of(new BoardIdentity("AAAA", ""));
        rig.journal(own).start().connected(Boards.ofUnit("AAAA", OLD_AGAIN));

        assertEquals(List.of(new UpdateEffect.Send(Trust.UNCLEAN, 2)), rig.all(UpdateEffect.Send.class));
    }

    /** What had not been written again yet reads right, as it did before the mismatch. */
    @Test
    void aRestartedHostTrustsNoPageOfASlotThatDidNotVerify() {
        UpdateJournal own = journal(Stage.REWRITING, 2).of(new BoardIdentity("AAAA", ""));
        rig.journal(own).start().connected(Boards.ofUnit("AAAA", OLD_AGAIN));

        assertEquals(List.of(new UpdateEffect.Send(Trust.NOTHING, 0)), rig.all(UpdateEffect.Send.class));
    }

    @Test
    void ofABoardThatMayBeAnotherOnlyTheDigestsAreBelieved() {
        rig.journal(journal(Stage.SENDING, 2)).start().connected(OLD_AGAIN);

        assertEquals(List.of(new UpdateEffect.Send(Trust.UNCLEAN, 0)), rig.all(UpdateEffect.Send.class));
    }

    @Test
    void aRestartedHostDoesNotTransferAgainAfterARevert() {
        rig.journal(journal(Stage.MARKED, 4)).start().connected(OLD_AGAIN).on(Boards.compared(true));

        assertEquals(Reason.REVERTED, rig.ended());
        assertFalse(rig.has(UpdateEffect.Send.class));
    }

    @Test
    void aJournalOfAnotherJobSaysNothing() {
        UpdateJournal other =
                new UpdateJournal("another", Boards.NEW, Boards.NEW, Stage.MARKED, Boards.BOOT_1, 1, 4, "");
        rig.journal(other).start().connected(OLD_AGAIN);

        assertEquals(List.of(new UpdateEffect.Send(Trust.UNKNOWN, 0)), rig.all(UpdateEffect.Send.class));
    }

    @Test
    void cancelledWhileSendingTheSlotIsMadeHarmless() {
        sending().progress(2).cancel();
        assertTrue(rig.has(UpdateEffect.Abort.class));

        rig.on(new SessionEvent.Aborted());
        assertEquals(Reason.JOB_CANCELED, rig.ended());
    }

    @Test
    void cancelledWhileMarkingABoardThatStillAnswersMarkedIsNotReset() {
        marking().cancel().on(new SessionEvent.Marked());
        assertFalse(rig.has(UpdateEffect.Reset.class));

        rig.on(new SessionEvent.Aborted());
        assertEquals(Reason.JOB_CANCELED, rig.ended());
    }

    @Test
    void cancelledAfterTheResetTheBoardGoesBack() {
        swapping().cancel().clear().connected(TRIAL);
        assertEquals(List.of("ABORT", "reset"), rig.steps());

        rig.on(new SessionEvent.Resetting()).connected(OLD_AGAIN);
        assertEquals(Reason.JOB_CANCELED, rig.ended());
        assertFalse(rig.has(UpdateEffect.Confirm.class));
    }

    @Test
    void cancelledItSaysWhetherTheImageMayStillStart() {
        assertFalse(marking().cancel().on(new SessionEvent.Aborted()).mayBePending());
        rig = new FlowRig();
        assertTrue(marking().cancel().failed(SessionFailure.LINK_LOST).mayBePending());
        rig = new FlowRig();
        assertTrue(swapping().cancel().passToDeadline().mayBePending());
        rig = new FlowRig();
        assertFalse(swapping().cancel().connected(OLD_AGAIN).mayBePending());
    }

    @Test
    void cancelledBeforeAnythingWasDoneItJustEnds() {
        rig.start().cancel();

        assertEquals(Reason.JOB_CANCELED, rig.ended());
    }

    @Test
    void aBoardThatCannotBeReachedDoesNotHoldUpACancel() {
        sending().cancel().passToDeadline();

        assertEquals(Reason.JOB_CANCELED, rig.ended());
    }

    @Test
    void interruptedNothingIsTakenBack() {
        sending().progress(2).clear().interrupt();

        assertEquals(List.of("end INTERRUPTED"), rig.steps());
        assertEquals(2, rig.journal().durablePages());
    }

    @Test
    void aFullDiskBeforeMarkEndsItWithoutMark() {
        sending().progress(4).clear();
        rig.on(new SessionEvent.Verified());
        // Whoever performs effects stops at the Persist that failed.
        assertTrue(rig.steps().indexOf("persist MARKING") < rig.steps().indexOf("mark"));

        rig.storageFailed();
        assertEquals(Reason.STORAGE_FULL, rig.ended());
    }

    /** MARKING is on the disk already, and a host that lives knows the rest. */
    @Test
    void aFullDiskAfterMarkDoesNotEndAnUpdateThatIsPending() {
        FlowRig rig = resetting();
        rig.clear().storageFailed();
        assertEquals(List.of(), rig.all(UpdateEffect.Finish.class));

        rig.on(new SessionEvent.Resetting());
        assertTrue(rig.mayBePending());
    }

    @Test
    void aPortThatIsNotThereAtFirstIsSaidAtOnce() {
        rig.start().portFailed(Reason.PORT_BUSY);

        assertEquals(Reason.PORT_BUSY, rig.ended());
    }

    @Test
    void aBoardThatNeverAnswersIsNamedByTheSession() {
        rig.start();
        rig.now = 10 * FlowRig.SECOND;
        rig.failed(SessionFailure.NOT_A_STUB);

        assertEquals(Reason.NOT_A_STUB, rig.ended());
    }

    @Test
    void anotherImageOnTrialIsLeftAlone() {
        rig.start().connected(Boards.board(Boards.THIRD, RunningState.ON_TRIAL, Boards.BOOT_1));

        assertEquals(Reason.BOARD_NOT_READY, rig.ended());
        assertFalse(rig.has(UpdateEffect.Send.class));
    }

    @ParameterizedTest
    @EnumSource(SessionFailure.class)
    void everyFailureInEveryStepLeadsSomewhere(SessionFailure failure) {
        for (int step = 0; step < 6; step++) {
            FlowRig each = new FlowRig();
            List<Runnable> steps = List.of(
                    () -> each.start(),
                    () -> each.connected(OLD).planned(4),
                    () -> each.progress(4).on(new SessionEvent.Verified()),
                    () -> each.on(new SessionEvent.Marked()),
                    () -> each.on(new SessionEvent.Resetting()),
                    () -> each.connected(TRIAL));
            steps.subList(0, step + 1).forEach(Runnable::run);
            each.clear().failed(failure);
            boolean goesOn = each.has(UpdateEffect.Connect.class) || each.deadline() != Deadline.NEVER;
            assertTrue(goesOn || each.has(UpdateEffect.Finish.class), failure + " in step " + step);
        }
    }

    private static UpdateJournal journal(Stage stage, int durable) {
        return new UpdateJournal("job", Boards.NEW, Boards.NEW, stage, Boards.BOOT_1, 1, durable, "1.0.0");
    }
}
