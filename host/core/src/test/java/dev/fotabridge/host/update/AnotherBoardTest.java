package dev.fotabridge.host.update;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fotabridge.host.api.CompleteOn;
import dev.fotabridge.host.api.Reason;
import dev.fotabridge.host.link.BoardIdentity;
import dev.fotabridge.host.update.UpdateJournal.Stage;
import dev.fotabridge.protocol.board.BoardInfo;
import dev.fotabridge.protocol.board.RunningState;
import dev.fotabridge.protocol.modem.ModemResult;
import dev.fotabridge.protocol.session.SessionEvent;
import dev.fotabridge.protocol.session.SessionFailure;
import dev.fotabridge.protocol.upload.Upload.Trust;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Another board in the place of the one that is updated: nothing is done to it, and nothing is said for it. */
final class AnotherBoardTest {
    private static final String A = "AAAA";
    private static final String B = "BBBB";
    private static final String NONE = "";
    private static final BoardInfo OLD = Boards.board(Boards.OLD, RunningState.CONFIRMED, Boards.BOOT_1);
    private static final BoardInfo OLD_AGAIN = Boards.board(Boards.OLD, RunningState.CONFIRMED, Boards.BOOT_2);
    private static final BoardInfo TRIAL = Boards.board(Boards.NEW, RunningState.ON_TRIAL, Boards.BOOT_2);
    private static final BoardInfo PROVED = Boards.board(Boards.NEW, RunningState.CONFIRMED, Boards.BOOT_2);

    private final FlowRig rig = new FlowRig();

    private static BoardInfo of(String unit, BoardInfo board) {
        return Boards.ofUnit(unit, board);
    }

    private static UpdateJournal journal(Stage stage, String unit) {
        return new UpdateJournal("job", Boards.NEW, Boards.NEW, stage, Boards.BOOT_1, 1, 4, "1.0.0")
                .of(new BoardIdentity(unit, ""));
    }

    private FlowRig sending(String unit) {
        return rig.start().connected(of(unit, OLD)).planned(4).progress(2);
    }

    private FlowRig swapping(String unit) {
        return sending(unit)
                .progress(4)
                .on(new SessionEvent.Verified())
                .on(new SessionEvent.Marked())
                .on(new SessionEvent.Resetting());
    }

    private void assertLeftAlone(Reason reason) {
        assertEquals(reason, rig.ended());
        assertTrue(rig.effects.stream().allMatch(e -> e instanceof UpdateEffect.Finish), rig.effects::toString);
        assertTrue(rig.metAnother());
    }

    private String sentence() {
        return rig.all(UpdateEffect.Finish.class).get(0).message();
    }

    @ParameterizedTest
    @ValueSource(strings = {B, NONE})
    void afterTheResetItProvesNothing(String unit) {
        swapping(A).clear().connected(of(unit, PROVED));

        assertLeftAlone(Reason.NOT_VERIFIED);
        assertTrue(sentence().contains(A), sentence());
        assertTrue(sentence().contains(unit.isEmpty() ? "without a unit id" : B), sentence());
        assertEquals(A, rig.board().orElseThrow().identity().unit(), "the RESULT is about the board that was updated");
    }

    @ParameterizedTest
    @ValueSource(strings = {B, NONE})
    void onTrialItIsNotConfirmed(String unit) {
        swapping(A).clear().connected(of(unit, TRIAL));

        assertLeftAlone(Reason.NOT_VERIFIED);
    }

    @Test
    void aUnitIdThatAppearsWithTheNewImageProvesNothing() {
        swapping(NONE).clear().connected(of(B, TRIAL));

        assertLeftAlone(Reason.NOT_VERIFIED);
    }

    @Test
    void theDebuggerKnowsItsBoardWhateverTheFirmwareSays() {
        rig.probe("683");
        swapping(A).clear().connected(of(NONE, TRIAL));

        assertTrue(rig.has(UpdateEffect.Confirm.class));
    }

    @Test
    void anotherDebuggerIsAnotherBoard() {
        rig.probe("683");
        swapping(NONE).clear().probe("684").connected(of(NONE, PROVED));

        assertLeftAlone(Reason.NOT_VERIFIED);
    }

    @ParameterizedTest
    @ValueSource(strings = {B, NONE})
    void inTheMiddleOfATransferNothingIsWrittenToIt(String unit) {
        sending(A).failed(SessionFailure.LINK_LOST).clear().connected(of(unit, OLD));

        assertLeftAlone(Reason.LINK_LOST);
    }

    @Test
    void insteadOfAnAnswerToMarkItProvesNothing() {
        sending(A)
                .on(new SessionEvent.Verified())
                .failed(SessionFailure.LINK_LOST)
                .clear()
                .connected(of(B, PROVED));

        assertLeftAlone(Reason.NOT_VERIFIED);
    }

    @Test
    void afterConfirmItProvesNothing() {
        swapping(A).connected(of(A, TRIAL)).on(new SessionEvent.Confirmed()).clear();
        rig.connected(of(B, PROVED));

        assertLeftAlone(Reason.NOT_VERIFIED);
    }

    @ParameterizedTest
    @ValueSource(strings = {B, NONE})
    void aCancelledImageIsNotTakenBackFromIt(String unit) {
        swapping(A).cancel().clear().connected(of(unit, TRIAL));

        assertLeftAlone(Reason.JOB_CANCELED);
        assertTrue(rig.mayBePending(), "the journal stays for its board");
    }

    @Test
    void whatAnEarlierRunLeftIsNotTakenBackFromIt() {
        rig.journal(journal(Stage.MARKED, A)).start().cancel().clear().connected(of(B, TRIAL));

        assertLeftAlone(Reason.JOB_CANCELED);
        assertTrue(rig.mayBePending());
    }

    @Test
    void aJournalOfAnotherBoardCountsAsNone() {
        rig.journal(journal(Stage.MARKED, A)).start().connected(of(B, OLD_AGAIN));

        assertEquals(List.of(new UpdateEffect.Send(Trust.UNKNOWN, 0)), rig.all(UpdateEffect.Send.class));
        assertEquals(Optional.of(new BoardIdentity(B, "")), rig.journal().board());
        assertEquals(Stage.SENDING, rig.journal().stage());
    }

    @Test
    void pagesThatMayBeOfAnotherBoardCountForNothing() {
        rig.journal(journal(Stage.SENDING, NONE)).start().connected(OLD_AGAIN);
        assertEquals(0, rig.all(UpdateEffect.Send.class).get(0).knownDurablePages());

        FlowRig same =
                new FlowRig().journal(journal(Stage.SENDING, NONE)).start().connected(OLD);
        assertEquals(4, same.all(UpdateEffect.Send.class).get(0).knownDurablePages());
    }

    @Test
    void aMarkOfAnotherBoardIsNotWhatWasWritten() {
        rig.completeOn(CompleteOn.WRITTEN)
                .journal(journal(Stage.MARKED, A))
                .start()
                .connected(of(B, OLD));

        assertFalse(rig.has(UpdateEffect.Finish.class));
        assertTrue(rig.has(UpdateEffect.Send.class));
    }

    @Test
    void eachBoardIsJudgedByItsOwnJournal() {
        rig.journal(journal(Stage.MARKED, B))
                .journal(journal(Stage.MARKED, A))
                .start()
                .connected(of(A, OLD_AGAIN));

        assertEquals(Reason.REVERTED, rig.ended());
    }

    @Test
    void withoutAnIdentityTheSlotsBytesSayThatItWasGivenTheImage() {
        rig.journal(journal(Stage.MARKED, NONE)).start().clear().connected(OLD_AGAIN);
        assertEquals(List.of(new UpdateEffect.Compare()), rig.effects);

        rig.on(Boards.compared(false));
        assertEquals(Reason.NOT_VERIFIED, rig.ended());
        assertTrue(sentence().contains("not known"), sentence());
    }

    @Test
    void aJournalThatNamesNoBoardIsProvenByItsBootIdAlone() {
        UpdateJournal older = new UpdateJournal(
                "job", Boards.NEW, Boards.NEW, Stage.MARKED, Boards.BOOT_1, 1, 4, "1.0.0", "", Optional.empty());
        rig.journal(older).start().clear().connected(of(A, OLD_AGAIN));
        assertTrue(rig.has(UpdateEffect.Compare.class));

        FlowRig same = new FlowRig().journal(older).start().connected(of(A, OLD));
        assertTrue(same.has(UpdateEffect.Send.class), "marked again");
        assertEquals(Optional.of(new BoardIdentity(A, "")), same.journal().board());
    }

    @Test
    void anotherBoardsModemProvesNothing() {
        rig.modem()
                .start()
                .connected(of(A, Modems.old(0)))
                .on(new SessionEvent.ModemWritten())
                .on(new SessionEvent.ModemScheduled())
                .on(new SessionEvent.Resetting())
                .clear()
                .connected(of(B, Modems.renewed(ModemResult.OK, Boards.BOOT_2)));

        assertLeftAlone(Reason.NOT_VERIFIED);
    }

    @Test
    void aDeltaIsNotGoneOnWithInAModemThatMayBeAnothers() {
        rig.modem()
                .start()
                .connected(Modems.old(0))
                .failed(SessionFailure.LINK_LOST)
                .clear();
        rig.connected(Modems.old(452, ModemResult.NONE, Boards.BOOT_2));

        assertTrue(rig.has(UpdateEffect.ModemErase.class));
    }

    @Test
    void aModemThatMayBeAnothersIsNotErasedForACancelledJob() {
        UpdateJournal scheduled = new UpdateJournal(
                "job",
                Boards.NEW,
                Boards.NEW,
                Stage.MARKED,
                Boards.BOOT_1,
                1,
                0,
                "mfw_1",
                Modems.OLD_UUID,
                Optional.of(BoardIdentity.NONE));
        rig.modem().journal(scheduled).start().cancel().clear();
        rig.connected(Modems.old(452, ModemResult.NONE, Boards.BOOT_2));

        assertEquals(Reason.JOB_CANCELED, rig.ended());
        assertFalse(rig.has(UpdateEffect.ModemErase.class));
    }
}
