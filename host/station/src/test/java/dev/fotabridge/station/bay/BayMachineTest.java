package dev.fotabridge.station.bay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fotabridge.host.api.Reason;
import dev.fotabridge.station.verdict.RunStage;
import dev.fotabridge.station.verdict.Verdict;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Every input in every state, against answers that were written by hand; then what one cell of the table cannot show. */
final class BayMachineTest {
    private static final UnitIdentity A = new UnitIdentity("unit-a", "probe-a", "");
    private static final UnitIdentity B = new UnitIdentity("unit-b", "probe-b", "");
    private static final RunResult DONE = new RunResult(Reason.SUCCEEDED, "Done.", RunStage.PROVEN, false);

    /** State, input, answer, next state, actions. */
    private static final String EXPECTED = """
            EMPTY       BOARD_CAME     IDENTIFY          IDENTIFYING Identify
            IDENTIFYING BOARD_CAME     NOTHING           IDENTIFYING
            NEEDS_SCAN  BOARD_CAME     NOTHING           NEEDS_SCAN
            READY       BOARD_CAME     NOTHING           READY
            QUEUED      BOARD_CAME     NOTE              QUEUED
            RUNNING     BOARD_CAME     NOTE              RUNNING
            STORING     BOARD_CAME     NOTE              STORING
            ENDED       BOARD_CAME     NOTHING           ENDED
            EMPTY       BOARD_ANSWERED NOTHING           EMPTY
            IDENTIFYING BOARD_ANSWERED RECOGNISE         READY
            NEEDS_SCAN  BOARD_ANSWERED NOTHING           NEEDS_SCAN
            READY       BOARD_ANSWERED NOTHING           READY
            QUEUED      BOARD_ANSWERED NOTHING           QUEUED
            RUNNING     BOARD_ANSWERED NOTHING           RUNNING
            STORING     BOARD_ANSWERED NOTHING           STORING
            ENDED       BOARD_ANSWERED NOTHING           ENDED
            EMPTY       BOARD_SILENT   NOTHING           EMPTY
            IDENTIFYING BOARD_SILENT   RECOGNISE_SILENT  READY
            NEEDS_SCAN  BOARD_SILENT   NOTHING           NEEDS_SCAN
            READY       BOARD_SILENT   NOTHING           READY
            QUEUED      BOARD_SILENT   NOTHING           QUEUED
            RUNNING     BOARD_SILENT   NOTHING           RUNNING
            STORING     BOARD_SILENT   NOTHING           STORING
            ENDED       BOARD_SILENT   NOTHING           ENDED
            EMPTY       BOARD_LEFT     NOTHING           EMPTY
            IDENTIFYING BOARD_LEFT     LEAVE             EMPTY
            NEEDS_SCAN  BOARD_LEFT     LEAVE             EMPTY
            READY       BOARD_LEFT     LEAVE             EMPTY
            QUEUED      BOARD_LEFT     END_WITHOUT_BOARD STORING     ReturnSlot Store(ABORTED)
            RUNNING     BOARD_LEFT     LOSE_BOARD        RUNNING     Stop(LINK_LOST)
            STORING     BOARD_LEFT     NOTE              STORING
            ENDED       BOARD_LEFT     LEAVE             EMPTY
            EMPTY       SCANNED        NOTHING_TO_SCAN   EMPTY
            IDENTIFYING SCANNED        KEEP_SCAN         IDENTIFYING
            NEEDS_SCAN  SCANNED        TAKE_SCAN         READY
            READY       SCANNED        RESCAN            READY
            QUEUED      SCANNED        SCANNED_ALREADY   QUEUED
            RUNNING     SCANNED        SCANNED_ALREADY   RUNNING
            STORING     SCANNED        SCANNED_ALREADY   STORING
            ENDED       SCANNED        RESCAN            ENDED
            EMPTY       START          NO_BOARD          EMPTY
            IDENTIFYING START          KEEP_START        IDENTIFYING
            NEEDS_SCAN  START          SCAN_FIRST        NEEDS_SCAN
            READY       START          ACCEPT            QUEUED      AskSlot
            QUEUED      START          BUSY              QUEUED
            RUNNING     START          BUSY              RUNNING
            STORING     START          BUSY              STORING
            ENDED       START          ACCEPT            QUEUED      AskSlot
            EMPTY       ABORT          NOT_RUNNING       EMPTY
            IDENTIFYING ABORT          NOT_RUNNING       IDENTIFYING
            NEEDS_SCAN  ABORT          NOT_RUNNING       NEEDS_SCAN
            READY       ABORT          NOT_RUNNING       READY
            QUEUED      ABORT          END_QUEUED        STORING     ReturnSlot Store(ABORTED)
            RUNNING     ABORT          STOP_RUN          RUNNING     Stop(INTERRUPTED)
            STORING     ABORT          TOO_LATE          STORING
            ENDED       ABORT          NOT_RUNNING       ENDED
            EMPTY       UNLOCK         UNLOCKED          EMPTY
            IDENTIFYING UNLOCK         UNLOCKED          IDENTIFYING
            NEEDS_SCAN  UNLOCK         UNLOCKED          NEEDS_SCAN
            READY       UNLOCK         UNLOCKED          READY
            QUEUED      UNLOCK         UNLOCKED          QUEUED
            RUNNING     UNLOCK         UNLOCKED          RUNNING
            STORING     UNLOCK         UNLOCKED          STORING
            ENDED       UNLOCK         UNLOCKED          ENDED
            EMPTY       SLOT_FREE      RETURN_SLOT       EMPTY       ReturnSlot
            IDENTIFYING SLOT_FREE      RETURN_SLOT       IDENTIFYING ReturnSlot
            NEEDS_SCAN  SLOT_FREE      RETURN_SLOT       NEEDS_SCAN  ReturnSlot
            READY       SLOT_FREE      RETURN_SLOT       READY       ReturnSlot
            QUEUED      SLOT_FREE      BEGIN_RUN         RUNNING     Run
            RUNNING     SLOT_FREE      NOTHING           RUNNING
            STORING     SLOT_FREE      RETURN_SLOT       STORING     ReturnSlot
            ENDED       SLOT_FREE      RETURN_SLOT       ENDED       ReturnSlot
            EMPTY       STAGE_REACHED  STALE             EMPTY
            IDENTIFYING STAGE_REACHED  STALE             IDENTIFYING
            NEEDS_SCAN  STAGE_REACHED  STALE             NEEDS_SCAN
            READY       STAGE_REACHED  STALE             READY
            QUEUED      STAGE_REACHED  NOTHING           QUEUED
            RUNNING     STAGE_REACHED  NOTE_STAGE        RUNNING
            STORING     STAGE_REACHED  NOTHING           STORING
            ENDED       STAGE_REACHED  STALE             ENDED
            EMPTY       RUN_ENDED      STALE             EMPTY
            IDENTIFYING RUN_ENDED      STALE             IDENTIFYING
            NEEDS_SCAN  RUN_ENDED      STALE             NEEDS_SCAN
            READY       RUN_ENDED      STALE             READY
            QUEUED      RUN_ENDED      NOTHING           QUEUED
            RUNNING     RUN_ENDED      STORE_END         STORING     ReturnSlot Store(PASS)
            STORING     RUN_ENDED      NOTHING           STORING
            ENDED       RUN_ENDED      STALE             ENDED
            EMPTY       RUN_STORED     STALE             EMPTY
            IDENTIFYING RUN_STORED     STALE             IDENTIFYING
            NEEDS_SCAN  RUN_STORED     STALE             NEEDS_SCAN
            READY       RUN_STORED     STALE             READY
            QUEUED      RUN_STORED     NOTHING           QUEUED
            RUNNING     RUN_STORED     NOTHING           RUNNING
            STORING     RUN_STORED     SHOW_VERDICT      ENDED       Show(PASS)
            ENDED       RUN_STORED     STALE             ENDED
            EMPTY       NOT_STORED     STALE             EMPTY
            IDENTIFYING NOT_STORED     STALE             IDENTIFYING
            NEEDS_SCAN  NOT_STORED     STALE             NEEDS_SCAN
            READY       NOT_STORED     STALE             READY
            QUEUED      NOT_STORED     NOTHING           QUEUED
            RUNNING     NOT_STORED     NOTHING           RUNNING
            STORING     NOT_STORED     CALL_HANDS        STORING
            ENDED       NOT_STORED     STALE             ENDED
            EMPTY       JOB_ENDED      STALE             EMPTY
            IDENTIFYING JOB_ENDED      STALE             IDENTIFYING
            NEEDS_SCAN  JOB_ENDED      STALE             NEEDS_SCAN
            READY       JOB_ENDED      STALE             READY
            QUEUED      JOB_ENDED      END_JOB           STORING     ReturnSlot Store(ABORTED)
            RUNNING     JOB_ENDED      STOP_JOB          RUNNING     Stop(JOB_CANCELED)
            STORING     JOB_ENDED      NOTHING           STORING
            ENDED       JOB_ENDED      STALE             ENDED
            EMPTY       TIME           NOTHING           EMPTY
            IDENTIFYING TIME           NOTHING           IDENTIFYING
            NEEDS_SCAN  TIME           NOTHING           NEEDS_SCAN
            READY       TIME           NOTHING           READY
            QUEUED      TIME           NOTHING           QUEUED
            RUNNING     TIME           NOTHING           RUNNING
            STORING     TIME           NOTHING           STORING
            ENDED       TIME           NOTHING           ENDED
            """;

    private BayMachine bay = new BayMachine(StartKind.BUTTON, false);
    private long now;

    static Stream<String> expected() {
        return EXPECTED.lines();
    }

    @ParameterizedTest
    @MethodSource("expected")
    void answers(String line) {
        List<String> words = Arrays.asList(line.split(" +"));
        bring(BayState.valueOf(words.get(0)));
        BayInput input = input(BayInput.Kind.valueOf(words.get(1)));
        BayAnswer foretold = bay.answerTo(input, now);
        BayAnswer answer = bay.on(input, now);
        assertEquals(words.get(2), answer.name());
        assertEquals(foretold, answer);
        assertEquals(words.get(3), bay.state().name());
        assertEquals(words.subList(4, words.size()), actions());
    }

    @Test
    void everyInputInEveryStateIsAsked() {
        Set<String> asked = new HashSet<>();
        expected().forEach(line -> asked.add(line.split(" +")[0] + line.split(" +")[1]));
        assertEquals(BayState.values().length * BayInput.Kind.values().length, asked.size());
    }

    private void bring(BayState state) {
        bay = new BayMachine(StartKind.BUTTON, state == BayState.NEEDS_SCAN);
        List<BayInput> way = List.of(
                new BayInput.BoardCame(),
                new BayInput.BoardAnswered(A),
                new BayInput.Start("r1", "j1"),
                new BayInput.SlotFree("r1"),
                new BayInput.RunEnded("r1", DONE),
                new BayInput.RunStored("r1", Verdict.PASS, false));
        for (BayInput input : way) {
            if (bay.state() == state) {
                break;
            }
            bay.on(input, now);
        }
        assertEquals(state, bay.state());
        actions();
    }

    private static BayInput input(BayInput.Kind kind) {
        return switch (kind) {
            case BOARD_CAME -> new BayInput.BoardCame();
            case BOARD_ANSWERED -> new BayInput.BoardAnswered(A);
            case BOARD_SILENT -> new BayInput.BoardSilent(new UnitIdentity("", "probe-a", ""));
            case BOARD_LEFT -> new BayInput.BoardLeft();
            case SCANNED -> new BayInput.Scanned("L1");
            case START -> new BayInput.Start("r2", "");
            case ABORT -> new BayInput.Abort(Reason.INTERRUPTED, "Aborted.");
            case UNLOCK -> new BayInput.Unlock();
            case SLOT_FREE -> new BayInput.SlotFree("r1");
            case STAGE_REACHED -> new BayInput.StageReached("r1", RunStage.MARKED);
            case RUN_ENDED -> new BayInput.RunEnded("r1", DONE);
            case RUN_STORED -> new BayInput.RunStored("r1", Verdict.PASS, false);
            case NOT_STORED -> new BayInput.NotStored("r1");
            case JOB_ENDED -> new BayInput.JobEnded("j1", Reason.JOB_CANCELED);
            case TIME -> new BayInput.Time();
        };
    }

    private List<String> actions() {
        List<String> names = new ArrayList<>();
        for (Optional<BayAction> next = bay.poll(); next.isPresent(); next = bay.poll()) {
            names.add(text(next.get()));
        }
        return names;
    }

    private static String text(BayAction action) {
        String name = action.getClass().getSimpleName();
        if (action instanceof BayAction.Store store) {
            return name + "(" + store.result().verdict() + ")";
        } else if (action instanceof BayAction.Stop stop) {
            return name + "(" + stop.reason() + ")";
        } else if (action instanceof BayAction.Show show) {
            return name + "(" + show.verdict() + ")";
        } else if (action instanceof BayAction.AskStart start) {
            return name + "(" + start.kind() + ")";
        }
        return name;
    }

    private List<String> on(BayInput... inputs) {
        for (BayInput input : inputs) {
            bay.on(input, now);
        }
        return actions();
    }

    private static BayInput came() {
        return new BayInput.BoardCame();
    }

    private static BayInput left() {
        return new BayInput.BoardLeft();
    }

    private static BayInput is(UnitIdentity who) {
        return new BayInput.BoardAnswered(who);
    }

    private static BayInput start(String run) {
        return new BayInput.Start(run, "");
    }

    private static BayInput scan(String label) {
        return new BayInput.Scanned(label);
    }

    private static BayInput stored(String run, Verdict verdict) {
        return new BayInput.RunStored(run, verdict, false);
    }

    private static BayInput stage(RunStage stage) {
        return new BayInput.StageReached("r1", stage);
    }

    // The verdict that stays.

    @Test
    void theVerdictStaysUntilTheNextBoardIsKnown() {
        bring(BayState.ENDED);
        on(left());
        assertEquals(Optional.of(Verdict.PASS), bay.verdict());
        on(came());
        assertEquals(Optional.of(Verdict.PASS), bay.verdict());
        assertEquals(List.of("ClearVerdict"), on(is(B)));
        assertEquals(Optional.empty(), bay.verdict());
        assertEquals(BayState.READY, bay.state());
    }

    @Test
    void theSameBoardBackFindsItsVerdict() {
        bring(BayState.ENDED);
        assertEquals(List.of("Identify"), on(left(), came(), is(A)));
        assertEquals(BayState.ENDED, bay.state());
        assertEquals(Optional.of(Verdict.PASS), bay.verdict());
    }

    @Test
    void aVerdictIsRestored() {
        bay.restore(Optional.of(Verdict.FAIL), A, true);
        assertEquals(Optional.of(Verdict.FAIL), bay.verdict());
        assertTrue(bay.locked());
        on(came(), is(A));
        assertEquals(BayState.ENDED, bay.state());
        assertEquals(Optional.of(Verdict.FAIL), bay.verdict());
    }

    @Test
    void anotherBoardAfterARestartClearsTheVerdict() {
        bay.restore(Optional.of(Verdict.FAIL), A, false);
        on(came(), is(B));
        assertEquals(Optional.empty(), bay.verdict());
    }

    @Test
    void withoutIdentityAStartAloneClearsTheVerdict() {
        bring(BayState.ENDED);
        on(left(), came(), is(UnitIdentity.NONE));
        assertEquals(Optional.of(Verdict.PASS), bay.verdict());
        assertEquals(BayState.READY, bay.state());
        on(start("r2"));
        assertEquals(Optional.empty(), bay.verdict());
    }

    @Test
    void aBoardThatIsKnownByItsLabelClearsTheVerdictByIt() {
        bay = new BayMachine(StartKind.BUTTON, true);
        bay.restore(Optional.of(Verdict.FAIL), new UnitIdentity("", "", "L1"), false);
        on(came(), is(UnitIdentity.NONE));
        assertEquals(Optional.of(Verdict.FAIL), bay.verdict());
        assertEquals(List.of("ClearVerdict"), on(scan("L2")));
    }

    @Test
    void aVerdictOfABoardThatHasNotLeftStays() {
        on(came(), start("r1"));
        now += BayMachine.KEEP_NANOS;
        assertEquals(List.of("ReturnSlot", "Store(ERROR)"), on(new BayInput.Time()));
        assertEquals(List.of("Show(ERROR)", "Identify"), on(stored("r1", Verdict.ERROR)));
        on(is(A));
        assertEquals(Optional.of(Verdict.ERROR), bay.verdict());
    }

    // What starts by itself.

    @Test
    void aNewBoardAsksForAStartAndTheSameOneBackDoesNot() {
        bay = new BayMachine(StartKind.INSERT, false);
        assertEquals(List.of("Identify", "AskStart(INSERT)"), on(came(), is(A)));
        assertEquals(List.of("Identify"), on(left(), came(), is(A)));
        assertEquals(BayState.READY, bay.state());
        assertEquals(List.of("Identify", "AskStart(INSERT)"), on(left(), came(), is(B)));
    }

    @Test
    void aBoardWithoutIdentityStartsNothing() {
        bay = new BayMachine(StartKind.INSERT, false);
        assertEquals(List.of("Identify"), on(came(), is(UnitIdentity.NONE)));
        assertEquals(BayState.READY, bay.state());
    }

    @Test
    void aBoardThatWasHereBeforeTheRestartStartsNothing() {
        bay = new BayMachine(StartKind.INSERT, false);
        bay.restore(Optional.empty(), A, false);
        assertEquals(List.of("Identify"), on(came(), is(A)));
    }

    @Test
    void aSilentBoardIsStartedTooSoThatItGetsItsRecord() {
        bay = new BayMachine(StartKind.INSERT, false);
        on(came());
        assertEquals(List.of("AskStart(INSERT)"), on(new BayInput.BoardSilent(new UnitIdentity("", "probe-a", ""))));
        assertFalse(bay.answers());
    }

    @Test
    void aSilentBoardThatAnswersAtLastIsRecognised() {
        on(came(), new BayInput.BoardSilent(UnitIdentity.NONE), is(A));
        assertTrue(bay.answers());
        assertEquals(A, bay.identity());
        assertEquals(BayState.READY, bay.state());
    }

    @Test
    void theScanStarts() {
        bay = new BayMachine(StartKind.SCAN, false);
        on(came(), is(A));
        assertEquals(BayState.NEEDS_SCAN, bay.state());
        assertEquals(List.of("AskStart(SCAN)"), on(scan("L1")));
        assertEquals("L1", bay.identity().scan());
    }

    @Test
    void anInsertionWaitsForItsScan() {
        bay = new BayMachine(StartKind.INSERT, true);
        assertEquals(List.of("Identify"), on(came(), is(A)));
        assertEquals(List.of("AskStart(INSERT)"), on(scan("L1")));
    }

    @Test
    void aScanBeforeTheBoardIsKnownCounts() {
        bay = new BayMachine(StartKind.BUTTON, true);
        on(came(), scan("L1"), is(A));
        assertEquals(BayState.READY, bay.state());
        assertEquals("L1", bay.identity().scan());
    }

    @Test
    void anotherLabelForTheSameBoardIsRefused() {
        bay = new BayMachine(StartKind.BUTTON, true);
        on(came(), is(A), scan("L1"));
        assertEquals(BayAnswer.RESCAN, bay.answerTo(scan("L1"), now));
        assertEquals(BayAnswer.SCANNED_ALREADY, bay.answerTo(scan("L2"), now));
        on(start("r1"));
        assertEquals(BayAnswer.RESCAN, bay.on(scan("L1"), now));
        assertEquals(BayState.QUEUED, bay.state());
    }

    @Test
    void aBoardThatWasOutIsScannedAgainBeforeAnotherRun() {
        bay = new BayMachine(StartKind.BUTTON, true);
        on(came(), is(A), scan("L1"), start("r1"), new BayInput.SlotFree("r1"));
        on(new BayInput.RunEnded("r1", DONE), stored("r1", Verdict.FAIL), left(), came(), is(A));
        assertEquals(BayState.ENDED, bay.state());
        assertEquals(BayAnswer.SCAN_FIRST, bay.answerTo(start("r2"), now));
        on(scan("L1"));
        assertEquals(BayAnswer.ACCEPT, bay.on(start("r2"), now));
    }

    // A start that is kept.

    @Test
    void aKeptStartIsCarriedOutWhenTheBoardIsReady() {
        on(came(), start("r1"));
        assertEquals(List.of("Admit", "AskSlot"), on(is(A)));
        assertEquals(BayState.QUEUED, bay.state());
    }

    @Test
    void aKeptStartWaitsForTheScanToo() {
        bay = new BayMachine(StartKind.BUTTON, true);
        assertEquals(List.of("Identify"), on(came(), start("r1"), is(A)));
        assertEquals(BayAnswer.BUSY, bay.answerTo(start("r2"), now));
        assertEquals(List.of("Admit", "AskSlot"), on(scan("L1")));
    }

    @Test
    void onlyOneStartIsKept() {
        on(came(), start("r1"));
        assertEquals(BayAnswer.BUSY, bay.on(start("r2"), now));
        assertEquals("r1", bay.run());
    }

    @Test
    void aKeptStartEndsWithoutItsBoard() {
        on(came(), start("r1"));
        assertEquals(List.of("ReturnSlot", "Store(ABORTED)"), on(left()));
        assertEquals(List.of("Show(ABORTED)"), on(stored("r1", Verdict.ABORTED)));
        assertEquals(BayState.EMPTY, bay.state());
    }

    @Test
    void aKeptStartIsAborted() {
        on(came(), start("r1"));
        assertEquals(List.of("ReturnSlot", "Store(ABORTED)"), on(new BayInput.Abort(Reason.INTERRUPTED, "Aborted.")));
    }

    @Test
    void aKeptStartEndsWithItsJob() {
        on(came(), new BayInput.Start("r1", "j1"));
        assertEquals(List.of("ReturnSlot", "Store(ABORTED)"), on(new BayInput.JobEnded("j1", Reason.JOB_DELETED)));
    }

    @Test
    void aKeptStartOfTheSameBoardRunsAlthoughItsVerdictStands() {
        bring(BayState.ENDED);
        on(left(), came(), start("r2"));
        assertEquals(List.of("Admit", "AskSlot"), on(is(A)));
        assertEquals(Optional.empty(), bay.verdict());
    }

    // Another board.

    @Test
    void anotherBoardWithinOnePollIsAnotherBoard() {
        bring(BayState.ENDED);
        assertEquals(List.of("ClearVerdict"), on(is(B)));
        assertEquals(BayState.READY, bay.state());
        assertEquals(B, bay.identity());
    }

    @Test
    void anotherBoardEndsAKeptStart() {
        bay = new BayMachine(StartKind.BUTTON, true);
        on(came(), start("r1"), is(A));
        assertEquals(List.of("ReturnSlot", "Store(ABORTED)"), on(is(B)));
        assertEquals(List.of("Show(ABORTED)", "Identify"), on(stored("r1", Verdict.ABORTED)));
    }

    @Test
    void anotherBoardInTheQueueEndsTheRun() {
        bring(BayState.QUEUED);
        assertEquals(List.of("ReturnSlot", "Store(ABORTED)"), on(is(B)));
        assertEquals(List.of("Show(ABORTED)", "Identify"), on(stored("r1", Verdict.ABORTED)));
        assertEquals(BayState.IDENTIFYING, bay.state());
    }

    @Test
    void anotherBoardInARunIsTheLossOfTheFirst() {
        bring(BayState.RUNNING);
        on(stage(RunStage.MARKED));
        assertEquals(List.of("Stop(LINK_LOST)"), on(is(B)));
        RunResult lost = new RunResult(Reason.LINK_LOST, "Lost.", RunStage.MARKED, false);
        assertEquals(List.of("ReturnSlot", "Store(UNKNOWN)"), on(new BayInput.RunEnded("r1", lost)));
    }

    @Test
    void whatComesWhileTheEndIsStoredIsAskedWhoItIs() {
        bring(BayState.STORING);
        on(left(), came());
        assertEquals(List.of("Show(PASS)", "Identify"), on(stored("r1", Verdict.PASS)));
        assertEquals(Optional.of(Verdict.PASS), bay.verdict());
        on(is(B));
        assertEquals(Optional.empty(), bay.verdict());
    }

    @Test
    void aBoardThatLeavesWhileTheEndIsStoredLeavesItsVerdict() {
        bring(BayState.STORING);
        on(left(), stored("r1", Verdict.PASS));
        assertEquals(BayState.EMPTY, bay.state());
        assertEquals(Optional.of(Verdict.PASS), bay.verdict());
    }

    // A board that leaves its run.

    @ParameterizedTest
    @EnumSource(RunStage.class)
    void aBoardThatLeavesEndsItsRunByTheStage(RunStage stage) {
        bring(BayState.RUNNING);
        on(stage(stage), left());
        Reason reason = stage == RunStage.PROVEN ? Reason.REVERTED : Reason.LINK_LOST;
        Verdict expected = switch (stage) {
            case WRITING -> Verdict.ABORTED;
            case MARKED, CONFIRMING -> Verdict.UNKNOWN;
            case PROVEN -> Verdict.FAIL;
        };
        assertEquals(
                List.of("ReturnSlot", "Store(" + expected + ")"),
                on(new BayInput.RunEnded("r1", new RunResult(reason, "Ended.", stage, false))));
    }

    // Abort, and jobs that end.

    @ParameterizedTest
    @EnumSource(RunStage.class)
    void onceConfirmIsSentNothingTakesItBack(RunStage stage) {
        bring(BayState.RUNNING);
        on(stage(stage));
        boolean isEarly = stage == RunStage.WRITING || stage == RunStage.MARKED;
        assertEquals(
                isEarly ? BayAnswer.STOP_RUN : BayAnswer.TOO_LATE,
                bay.answerTo(new BayInput.Abort(Reason.INTERRUPTED, "Aborted."), now));
        assertEquals(
                isEarly ? BayAnswer.STOP_JOB : BayAnswer.NOTHING,
                bay.answerTo(new BayInput.JobEnded("j1", Reason.JOB_CANCELED), now));
    }

    @Test
    void theNextAttemptCanBeAbortedAgain() {
        bring(BayState.RUNNING);
        on(stage(RunStage.MARKED), stage(RunStage.CONFIRMING), stage(RunStage.WRITING));
        assertEquals(BayAnswer.STOP_RUN, bay.answerTo(new BayInput.Abort(Reason.INTERRUPTED, "Aborted."), now));
    }

    @Test
    void anotherJobsEndIsDropped() {
        bring(BayState.RUNNING);
        assertEquals(BayAnswer.STALE, bay.on(new BayInput.JobEnded("j2", Reason.JOB_CANCELED), now));
    }

    // Events of an old run.

    @Test
    void whatAnOldRunSaysIsDropped() {
        bring(BayState.ENDED);
        on(start("r2"), new BayInput.SlotFree("r2"));
        assertEquals(BayAnswer.STALE, bay.on(new BayInput.RunEnded("r1", DONE), now));
        assertEquals(BayAnswer.STALE, bay.on(new BayInput.StageReached("r1", RunStage.CONFIRMING), now));
        assertEquals(BayState.RUNNING, bay.state());
        on(new BayInput.RunEnded("r2", new RunResult(Reason.REVERTED, "Old image.", RunStage.PROVEN, false)));
        assertEquals(BayAnswer.STALE, bay.on(stored("r1", Verdict.PASS), now));
        assertEquals(BayAnswer.STALE, bay.on(new BayInput.NotStored("r1"), now));
        assertEquals(Optional.empty(), bay.verdict());
    }

    @Test
    void anOldRunsSlotIsGivenBack() {
        bring(BayState.ENDED);
        on(start("r2"));
        assertEquals(List.of("ReturnSlot"), on(new BayInput.SlotFree("r1")));
        assertEquals(BayState.QUEUED, bay.state());
    }

    // Locked, and not stored.

    @Test
    void aLockedBayTakesNoStart() {
        bring(BayState.STORING);
        on(new BayInput.RunStored("r1", Verdict.FAIL, true));
        assertTrue(bay.locked());
        assertEquals(BayAnswer.LOCKED, bay.on(start("r2"), now));
        on(left(), came());
        assertEquals(BayAnswer.LOCKED, bay.on(start("r2"), now));
        on(is(B), new BayInput.Unlock());
        assertEquals(BayAnswer.ACCEPT, bay.on(start("r2"), now));
    }

    @Test
    void whatCannotBeStoredNeedsHandsUntilItIs() {
        bring(BayState.STORING);
        on(new BayInput.NotStored("r1"));
        assertTrue(bay.needsHands());
        assertEquals(Optional.empty(), bay.verdict());
        on(stored("r1", Verdict.PASS));
        assertFalse(bay.needsHands());
    }

    @Test
    void boardsAreToldApartByWhatBothHave() {
        UnitIdentity probeOnly = new UnitIdentity("", "probe-a", "");
        assertTrue(A.isSameBoard(probeOnly));
        assertTrue(A.isOtherBoard(probeOnly));
        assertFalse(probeOnly.isOtherBoard(A));
        UnitIdentity twin = new UnitIdentity("unit-t", "probe-a", "");
        assertFalse(A.isSameBoard(twin));
        assertTrue(A.isOtherBoard(twin));
        assertFalse(UnitIdentity.NONE.isSameBoard(UnitIdentity.NONE));
        assertFalse(UnitIdentity.NONE.isOtherBoard(A));
        assertTrue(A.isOtherBoard(UnitIdentity.NONE));
        assertTrue(new UnitIdentity("unit-a", "", "").isOtherBoard(probeOnly));
        assertFalse(new UnitIdentity("", "", "L1").isOtherBoard(UnitIdentity.NONE));
        assertEquals("L1", new UnitIdentity("", "", "L1").name());
    }
}
