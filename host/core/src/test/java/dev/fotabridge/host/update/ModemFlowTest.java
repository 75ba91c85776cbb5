package dev.fotabridge.host.update;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fotabridge.host.api.BayEvent;
import dev.fotabridge.host.api.CompleteOn;
import dev.fotabridge.host.api.FotaEvent;
import dev.fotabridge.host.api.FotaException;
import dev.fotabridge.host.api.Reason;
import dev.fotabridge.host.link.BoardIdentity;
import dev.fotabridge.host.update.UpdateJournal.Stage;
import dev.fotabridge.protocol.board.ModemInfo;
import dev.fotabridge.protocol.modem.ModemCode;
import dev.fotabridge.protocol.modem.ModemResult;
import dev.fotabridge.protocol.session.SessionEvent;
import dev.fotabridge.protocol.session.SessionFailure;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A modem delta from the first HELLO to the modem's result. */
final class ModemFlowTest {
    private static final long MINUTE = 60 * FlowRig.SECOND;

    private final FlowRig rig = new FlowRig().modem();

    private static SessionEvent progress(long bytes) {
        return new SessionEvent.ModemProgress(bytes, 5_000);
    }

    private static UpdateJournal journal(Stage stage, String uuid, int attempt) {
        return new UpdateJournal(
                "job",
                Boards.NEW,
                Boards.NEW,
                stage,
                Boards.BOOT_1,
                attempt,
                0,
                "mfw_1",
                uuid,
                Optional.of(BoardIdentity.NONE));
    }

    private FlowRig scheduled() {
        return rig.start()
                .connected(Modems.old(0))
                .on(new SessionEvent.ModemWritten())
                .on(new SessionEvent.ModemScheduled())
                .on(new SessionEvent.Resetting());
    }

    @Test
    void aDirtyAreaIsErasedThenWrittenScheduledAndApplied() {
        rig.start()
                .connected(Modems.old(ModemInfo.DIRTY))
                .on(new SessionEvent.ModemErasing())
                .on(new SessionEvent.ModemErased())
                .on(progress(0))
                .on(progress(452))
                .on(new SessionEvent.ModemWritten())
                .on(new SessionEvent.ModemScheduled())
                .on(new SessionEvent.Resetting())
                .connected(Modems.renewed(ModemResult.OK, Boards.BOOT_2));
        assertEquals(
                List.of(
                        "CONNECT",
                        "connect",
                        "START",
                        "persist SENDING",
                        "modemsend",
                        "ERASE",
                        "ERASE_PENDING",
                        "ERASE_DONE",
                        "TRANSFER",
                        "MARK",
                        "persist MARKING",
                        "modemschedule",
                        "persist MARKED",
                        "APPLY",
                        "reset",
                        "connect",
                        "end SUCCEEDED"),
                rig.steps());
        assertEquals("OK", rig.modemResult());
        assertEquals("mfw_1", rig.journal().from());
        assertEquals(Modems.OLD_UUID, rig.journal().modemUuid());
    }

    @Test
    void theRateThatTheLineReachedIsReported() {
        rig.start().connected(Modems.old(0)).clear().on(new SessionEvent.LineRate(460_800, Set.of(), "The line runs."));
        assertEquals(
                List.of(new UpdateEffect.Report(new BayEvent.Log("The line runs."))),
                rig.all(UpdateEffect.Report.class));
    }

    /** The journal that calls the area ours is not on disk before the area holds nothing else. */
    @Test
    void whatNobodyKnowsIsErasedBeforeTheJournalCallsItOurs() {
        rig.start().connected(Modems.old(452));
        assertEquals(List.of("CONNECT", "connect", "START", "modemerase"), rig.steps());
        rig.clear().on(new SessionEvent.ModemErasing()).on(new SessionEvent.ModemErased());
        assertEquals(
                List.of("ERASE", "ERASE_PENDING", "ERASE_DONE", "TRANSFER", "persist SENDING", "modemsend"),
                rig.steps());
    }

    @Test
    void theBeginningOfThisFileIsKept() {
        rig.journal(journal(Stage.SENDING, Modems.OLD_UUID, 0)).start().connected(Modems.old(452));
        assertEquals(List.of("CONNECT", "connect", "START", "TRANSFER", "persist SENDING", "modemsend"), rig.steps());
    }

    @Test
    void theBeginningForAnotherFirmwareIsNot() {
        rig.journal(journal(Stage.SENDING, Modems.NEW_UUID, 0)).start().connected(Modems.old(452));
        assertTrue(rig.has(UpdateEffect.ModemErase.class));
        assertFalse(rig.has(UpdateEffect.Persist.class));
    }

    /**
     * The host died behind SCHEDULE; the delta is scheduled again, and the power goes before the modem has answered.
     */
    @Test
    void whatMayBeScheduledIsStillKnownWhenItWasAppliedMeanwhile() {
        rig.journal(journal(Stage.MARKING, Modems.OLD_UUID, 1).of(new BoardIdentity("AAAA", "")))
                .start()
                .connected(Boards.ofUnit("AAAA", Modems.old(5_000)))
                .failed(SessionFailure.BOARD_RESTARTED)
                .clear()
                .connected(Boards.ofUnit("AAAA", Modems.renewed(ModemResult.OK, Boards.BOOT_2)));
        assertEquals(Reason.SUCCEEDED, rig.ended());
    }

    /** A host that dies there again and again has not restarted the board once. */
    @Test
    void schedulingAgainAtTheSameStartIsNotAnotherAttempt() {
        rig.journal(journal(Stage.MARKING, Modems.OLD_UUID, 2))
                .start()
                .connected(Modems.old(5_000))
                .on(new SessionEvent.ModemWritten());
        assertEquals(2, rig.journal().attempt());
        rig.on(new SessionEvent.ModemScheduled())
                .on(new SessionEvent.Resetting())
                .connected(Modems.renewed(ModemResult.OK, Boards.BOOT_2));
        assertEquals(Reason.SUCCEEDED, rig.ended());
    }

    @Test
    void whatWasErasedIsNotScheduledAnyMore() {
        rig.journal(journal(Stage.MARKING, Modems.OLD_UUID, 1)).start().connected(Modems.old(0));
        assertEquals(Stage.SENDING, rig.journal().stage());
    }

    @Test
    void aJournalOfAnImageSaysNothing() {
        UpdateJournal image = new UpdateJournal("job", Boards.NEW, Boards.NEW, Stage.MARKED, Boards.BOOT_1, 1, 3, "");
        rig.journal(image).start().connected(Modems.old(452));
        assertTrue(rig.has(UpdateEffect.ModemErase.class));
    }

    @Test
    void aLostLinkIsTakenUpWhereTheModemIs() {
        rig.start()
                .connected(Boards.ofUnit("AAAA", Modems.old(0)))
                .on(progress(452))
                .failed(SessionFailure.LINK_LOST)
                .clear()
                .connected(Boards.ofUnit("AAAA", Modems.old(452, ModemResult.NONE, Boards.BOOT_2)));
        assertEquals(List.of("persist SENDING", "modemsend"), rig.steps());
        assertFalse(rig.has(UpdateEffect.ModemErase.class));
    }

    @Test
    void aLinkLostInTheEraseFindsItGoingOn() {
        rig.start()
                .connected(Modems.old(ModemInfo.DIRTY))
                .on(new SessionEvent.ModemErasing())
                .failed(SessionFailure.LINK_LOST)
                .clear()
                .connected(Modems.erasing(Boards.BOOT_1))
                .passToDeadline()
                .connected(Modems.erasing(Boards.BOOT_1))
                .passToDeadline()
                .connected(Modems.old(0));
        assertEquals(
                List.of("connect", "connect", "ERASE_DONE", "TRANSFER", "persist SENDING", "modemsend"), rig.steps());
    }

    @Test
    void anEraseThatAnotherBeganIsAwaited() {
        rig.start()
                .connected(Modems.erasing(Boards.BOOT_1))
                .clear()
                .passToDeadline()
                .connected(Modems.old(0));
        assertEquals(List.of("connect", "ERASE_DONE", "TRANSFER", "persist SENDING", "modemsend"), rig.steps());
    }

    @Test
    void anEraseThatNeverEndsIsGivenUp() {
        rig.start().connected(Modems.old(ModemInfo.DIRTY)).on(new SessionEvent.ModemErasing());
        for (int minute = 1; minute < 15; minute++) {
            rig.clear().passToDeadline();
            assertEquals(minute * MINUTE, rig.now);
            assertEquals(1, rig.all(UpdateEffect.Report.class).size());
        }
        assertEquals(Reason.MODEM_NOT_READY, rig.clear().passToDeadline().ended());
        assertEquals("ERASE_PENDING", rig.modemResult());
    }

    @Test
    void anEraseThatNeverEndsIsGivenUpWithoutASessionToo() {
        rig.start().connected(Modems.erasing(Boards.BOOT_1));
        while (!rig.has(UpdateEffect.Finish.class)) {
            rig.passToDeadline();
            if (!rig.has(UpdateEffect.Finish.class)) {
                rig.connected(Modems.erasing(Boards.BOOT_1));
            }
        }
        assertEquals(Reason.MODEM_NOT_READY, rig.ended());
        assertEquals(15 * MINUTE, rig.now);
    }

    @ParameterizedTest
    @CsvSource({
        "WRITE, 9, MODEM_BASE, INVALID_UUID",
        "WRITE, 3, IMAGE_HASH, INVALID_HEADER_DATA",
        "SCHEDULE, 5, IMAGE_HASH, INVALID_DATA",
        "SCHEDULE, 19, IMAGE_TRUNCATED, INCOMPLETE_DATA",
        "WRITE, 12, MODEM_FAILED, WRITE_ERROR",
        "ERASE, 13, MODEM_FAILED, ERASE_ERROR",
        "WRITE, 23, MODEM_NOT_READY, NOT_ALLOWED_POFWARN_ON",
        "OPEN, -110, MODEM_NOT_READY, ESHUTDOWN",
        "WRITE, 99, MODEM_FAILED, code 99"
    })
    void whatTheModemRefusesHasItsReason(String operation, int code, Reason reason, String name) {
        rig.start().connected(Modems.old(0)).on(new SessionEvent.ModemRefused(operation, code));
        assertEquals(reason, rig.ended());
        assertEquals(name, rig.modemResult());
        assertTrue(rig.all(UpdateEffect.Finish.class).get(0).message().contains(operation + " with " + name));
    }

    @ParameterizedTest
    @CsvSource({"11", "14", "15", "16", "20"})
    void whatTheModemHoldsAgainstTheDeltaIsErasedTwice(int code) {
        rig.start().connected(Modems.old(0));
        for (int i = 0; i < 2; i++) {
            rig.clear().on(new SessionEvent.ModemRefused("WRITE", code));
            assertEquals(List.of("persist SENDING", "modemerase"), rig.steps());
            rig.on(new SessionEvent.ModemErasing()).on(new SessionEvent.ModemErased());
            assertTrue(rig.has(UpdateEffect.ModemSend.class));
        }
        assertEquals(
                Reason.MODEM_FAILED,
                rig.clear().on(new SessionEvent.ModemRefused("WRITE", code)).ended());
    }

    @Test
    void aBoardWithoutAModemIsRefused() {
        ModemBoardCheck check = new ModemBoardCheck(null, List.of(), List.of());
        rig.check(check).start().connected(Boards.board(Boards.OLD, null, Boards.BOOT_1));
        assertEquals(Reason.BOARD_TYPE, rig.ended());
    }

    @Test
    void theCheckComesBeforeTheErase() {
        rig.check(board -> {
                    throw new FotaException(Reason.MODEM_BASE, "Other firmware.");
                })
                .start()
                .connected(Modems.old(452));
        assertEquals(List.of("CONNECT", "connect", "end MODEM_BASE"), rig.steps());
    }

    @Test
    void aModemThatIsOffIsNotReady() {
        rig.start().connected(Modems.mute(-110, ModemResult.NONE, Boards.BOOT_1));
        assertEquals(Reason.MODEM_NOT_READY, rig.ended());
        assertEquals("ESHUTDOWN", rig.modemResult());
    }

    @ParameterizedTest
    @CsvSource({
        "AUTH_ERROR, REVERTED",
        "UUID_ERROR, REVERTED",
        "INTERNAL_ERROR, MODEM_FAILED",
        "HARDWARE_ERROR, MODEM_FAILED"
    })
    void aResultThatIsNotOkHasItsReason(ModemResult result, Reason reason) {
        scheduled().connected(Modems.old(ModemInfo.DIRTY, result, Boards.BOOT_2));
        assertEquals(reason, rig.ended());
        assertEquals(result.name(), rig.modemResult());
    }

    @Test
    void withoutAResultTheFirmwareIsTheProof() {
        scheduled().connected(Modems.renewed(ModemResult.NONE, Boards.BOOT_2));
        assertEquals(Reason.SUCCEEDED, rig.ended());
    }

    @Test
    void aLowSupplyIsTriedAgain() {
        scheduled().clear().connected(Modems.old(5_000, ModemResult.VOLTAGE_LOW, Boards.BOOT_2));
        assertEquals(List.of("persist MARKED", "reset"), rig.steps());
        assertEquals(2, rig.journal().attempt());
        rig.on(new SessionEvent.Resetting()).connected(Modems.renewed(ModemResult.OK, "3333333333333333"));
        assertEquals(Reason.SUCCEEDED, rig.ended());
    }

    @Test
    void aSupplyThatStaysLowIsGivenUp() {
        scheduled();
        for (int i = 2; i <= 4; i++) {
            rig.connected(Modems.old(5_000, ModemResult.VOLTAGE_LOW, i + "222222222222222"));
            if (i < 4) {
                rig.on(new SessionEvent.Resetting());
            }
        }
        assertEquals(Reason.MODEM_NOT_READY, rig.ended());
        assertEquals("VOLTAGE_LOW", rig.modemResult());
        assertEquals(3, rig.all(UpdateEffect.Reset.class).size());
    }

    @Test
    void aBoardThatNeverResetsIsNotResetForEver() {
        scheduled();
        for (int i = 0; !rig.has(UpdateEffect.Finish.class) && i < 20; i++) {
            rig.connected(Modems.old(5_000)).on(new SessionEvent.Resetting());
        }
        assertEquals(Reason.NOT_VERIFIED, rig.ended());
    }

    @Test
    void aBoardThatStaysSilentAfterTheResetIsNotVerified() {
        scheduled().failed(SessionFailure.LINK_LOST);
        assertEquals(Reason.NOT_VERIFIED, rig.pass(6 * MINUTE).ended());
    }

    @Test
    void completeOnWrittenRestartsNothing() {
        rig.completeOn(CompleteOn.WRITTEN)
                .start()
                .connected(Modems.old(0))
                .on(new SessionEvent.ModemWritten())
                .on(new SessionEvent.ModemScheduled());
        assertEquals(Reason.SUCCEEDED, rig.ended());
        assertFalse(rig.has(UpdateEffect.Reset.class));
        FlowRig again = new FlowRig()
                .modem()
                .completeOn(CompleteOn.WRITTEN)
                .journal(journal(Stage.MARKED, Modems.OLD_UUID, 1))
                .start();
        assertEquals(List.of("CONNECT", "connect"), again.steps());
        again.connected(Modems.old(452));
        assertEquals(Reason.SUCCEEDED, again.ended());
        assertFalse(again.has(UpdateEffect.Reset.class));
    }

    @Test
    void aCancellationBeforeTheScheduleLeavesNothingToApply() {
        rig.start().connected(Modems.old(0)).on(progress(452)).cancel();
        assertEquals(Reason.JOB_CANCELED, rig.ended());
        assertFalse(rig.mayBePending());
    }

    @Test
    void aCancellationInTheScheduleErasesIt() {
        rig.start().connected(Modems.old(0)).on(new SessionEvent.ModemWritten()).cancel();
        assertFalse(rig.has(UpdateEffect.Finish.class));
        rig.on(new SessionEvent.ModemScheduled());
        assertTrue(rig.has(UpdateEffect.ModemErase.class));
        assertFalse(rig.has(UpdateEffect.Reset.class));
        assertEquals(
                Reason.JOB_CANCELED, rig.on(new SessionEvent.ModemErasing()).ended());
        assertFalse(rig.mayBePending());
    }

    @Test
    void aCancellationThatFindsTheDeltaStillThereErasesIt() {
        UpdateJournal own = journal(Stage.MARKED, Modems.OLD_UUID, 1).of(new BoardIdentity("AAAA", ""));
        rig.journal(own).start().cancel();
        rig.connected(Boards.ofUnit("AAAA", Modems.old(5_000, ModemResult.VOLTAGE_LOW, Boards.BOOT_2)));
        assertTrue(rig.has(UpdateEffect.ModemErase.class));
        assertEquals(
                Reason.JOB_CANCELED, rig.on(new SessionEvent.ModemErasing()).ended());
        assertFalse(rig.mayBePending());
    }

    @Test
    void aCancellationThatComesTooLateSaysSo() {
        scheduled().cancel().connected(Modems.renewed(ModemResult.OK, Boards.BOOT_2));
        assertEquals(Reason.JOB_CANCELED, rig.ended());
        assertTrue(rig.all(UpdateEffect.Finish.class).get(0).message().contains("mfw_2"));
        assertFalse(rig.mayBePending());
    }

    @Test
    void aBoardThatCouldNotBeReachedMayStillApplyIt() {
        rig.journal(journal(Stage.MARKED, Modems.OLD_UUID, 1)).start().cancel();
        rig.connected(Modems.old(5_000)).failed(SessionFailure.LINK_LOST);
        assertEquals(Reason.JOB_CANCELED, rig.ended());
        assertTrue(rig.mayBePending());
    }

    @Test
    void aJournalThatCannotBeWrittenSendsNothing() {
        rig.start().connected(Modems.old(0)).storageFailed();
        assertEquals(Reason.STORAGE_FULL, rig.ended());
    }

    @Test
    void progressCountsWhatTheModemHasForGood() {
        rig.start().connected(Modems.old(0)).clear().on(progress(2_500));
        BayEvent.Fota fota =
                (BayEvent.Fota) rig.all(UpdateEffect.Report.class).get(0).event();
        assertEquals(new BayEvent.Fota(FotaEvent.DL_PROGRESS, 50), fota);
    }

    @Test
    void everyCodeHasANameAndAnEnd() {
        for (int code = -200; code < 200; code++) {
            assertFalse(ModemCode.name(code).isBlank());
            assertTrue(ModemRefusals.reason(code).exitCode() > 0);
        }
    }
}
