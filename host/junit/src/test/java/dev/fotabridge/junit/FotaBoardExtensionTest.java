package dev.fotabridge.junit;

import static dev.fotabridge.junit.ExpectedLine.line;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import dev.fotabridge.host.api.Claim;
import dev.fotabridge.host.api.FotaBridge;
import dev.fotabridge.host.api.Reason;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.reporting.FileEntry;
import org.junit.platform.testkit.engine.EngineExecutionResults;
import org.junit.platform.testkit.engine.Event;
import org.junit.platform.testkit.engine.Events;

/** Runs JUnit on classes below, with boards in memory. */
class FotaBoardExtensionTest {
    @TempDir
    Path reports;

    private FakeRig rig() {
        return FakeRig.in(reports);
    }

    private static Throwable cause(Events events) {
        Event finished = events.finished().stream()
                .filter(event -> event.getRequiredPayload(TestExecutionResult.class)
                        .getThrowable()
                        .isPresent())
                .findFirst()
                .orElseThrow();
        return finished.getRequiredPayload(TestExecutionResult.class)
                .getThrowable()
                .orElseThrow();
    }

    private static void assertSucceed(int count, EngineExecutionResults results) {
        Stream.concat(results.containerEvents().stream(), results.testEvents().stream())
                .flatMap(event -> event.getPayload(TestExecutionResult.class).stream())
                .flatMap(result -> result.getThrowable().stream())
                .findFirst()
                .ifPresent(thrown -> {
                    throw new AssertionError("a test does not succeed", thrown);
                });
        assertEquals(count, results.testEvents().succeeded().count());
    }

    private static void assertContains(String part, String text) {
        assertTrue(text.contains(part), () -> "'" + part + "' is not in: " + text);
    }

    @ExtendWith(FakeRig.class)
    @FotaBoard
    static class OneCase {
        @Test
        void has(Board board) {
            board.info();
        }
    }

    @Test
    void withoutARigTestsAreSkippedAndSayWhy() {
        EngineExecutionResults results = rig().run(OneCase.class);
        assertEquals(0, results.testEvents().started().count());
        String reason = results.containerEvents().skipped().stream()
                .findFirst()
                .orElseThrow()
                .getRequiredPayload(String.class);
        assertContains("No board: the fake rig", reason);
    }

    @Test
    void withoutARigThatIsRequiredTestsFail() {
        Events tests =
                rig().with("fotabridge.rig.required", "true").run(OneCase.class).testEvents();
        assertEquals(1, tests.failed().count());
        assertContains("fotabridge.rig.required is true", cause(tests).getMessage());
    }

    @ExtendWith(FakeRig.class)
    @FotaBoard(requires = {"modem", "gps"})
    static class NeedsGpsCase {
        @Test
        void has(Board board) {
            assertEquals("full", board.name());
        }
    }

    @Test
    void aBoardWithAllCapabilitiesIsChosen() {
        assertSucceed(
                1,
                rig().board("half", "modem")
                        .board("full", "modem", "gps", "power-cycle")
                        .run(NeedsGpsCase.class));
    }

    @Test
    void aCapabilityThatNoBoardHasSkipsAndNamesWhatThereIs() {
        Events tests = rig().board("half", "modem").run(NeedsGpsCase.class).testEvents();
        assertEquals(1, tests.aborted().count());
        assertContains(
                "No board with gps, modem: the fake rig has [half [modem]]",
                cause(tests).getMessage());
        Events required = rig().board("half", "modem")
                .with("fotabridge.rig.required", "true")
                .run(NeedsGpsCase.class)
                .testEvents();
        assertEquals(1, required.failed().count());
    }

    @ExtendWith(FakeRig.class)
    @FotaBoard(board = "000000000960001")
    static class BySerialCase {
        @Test
        void has(Board board) {
            assertEquals("b", board.name());
        }
    }

    @Test
    void aBoardIsFoundByItsSerialNumberWithOrWithoutZeros() {
        rig().board("bb")
                .board("b")
                .run(BySerialCase.class)
                .testEvents()
                .assertStatistics(s -> s.started(1).aborted(1));
        // Names of one letter have the serial number 960…1.
        assertSucceed(1, rig().board("bb").board("b").run(SerialCase.class));
    }

    @ExtendWith(FakeRig.class)
    @FotaBoard(board = "00009601")
    static class SerialCase {
        @Test
        void has(Board board) {
            assertEquals("b", board.name());
        }
    }

    @ExtendWith(FakeRig.class)
    static class TwoBoardsCase {
        @Test
        void both(@FotaBoard(board = "first") Board first, @FotaBoard(board = "second") Board second) {
            assertNotSame(first, second);
        }
    }

    @Test
    void boardsAreReleasedInReverseOrder() {
        FakeRig rig = rig().board("first").board("second");
        assertSucceed(1, rig.run(TwoBoardsCase.class));
        assertEquals(List.of("start first", "start second", "end second", "end first"), rig.done);
    }

    @Test
    void theFirstIsReleasedWhenTheSecondDoesNotStart() throws Exception {
        FakeRig rig = rig().board("first").board("second", Optional.of(Reason.PORT_FORBIDDEN));
        Events tests = rig.run(TwoBoardsCase.class).testEvents();
        assertEquals(1, tests.failed().count());
        assertContains(
                "The board second: PORT_FORBIDDEN. second does not start.",
                cause(tests).getMessage());
        assertEquals(List.of("start first", "start second", "end first"), rig.done);
        for (String board : List.of("first", "second")) {
            FotaBridge.claim(rig.entry(board).place().lockName(), "")
                    .claim()
                    .orElseThrow()
                    .close();
        }
    }

    @ExtendWith(FakeRig.class)
    @FotaBoard
    static class EachMethodCase {
        private Board before;

        @BeforeEach
        void prepare(Board board) {
            before = board;
        }

        @Test
        void one(Board board) {
            assertSame(before, board);
        }

        @Test
        void two() {
            before.info();
        }
    }

    @Test
    void eachTestHasItsBoardFromBeforeEachOn() {
        FakeRig rig = rig().board("a");
        assertSucceed(2, rig.run(EachMethodCase.class));
        assertEquals(List.of("start a", "end a", "start a", "end a"), rig.done);
    }

    @ExtendWith(FakeRig.class)
    @FotaBoard(scope = FotaBoard.Scope.CLASS)
    static class OnceCase {
        private static Board board;

        @BeforeAll
        static void prepare(Board first) {
            board = first;
        }

        @Test
        void one(Board own) {
            assertSame(board, own);
        }

        @Nested
        class Inner {
            @Test
            void two(Board own) {
                assertSame(board, own);
            }
        }
    }

    @Test
    void aClassHasItsBoardFromBeforeAllToTheLastNestedTest() {
        FakeRig rig = rig().board("a");
        assertSucceed(2, rig.run(OnceCase.class));
        assertEquals(List.of("start a", "end a"), rig.done);
    }

    @ExtendWith(FakeRig.class)
    @FotaBoard(scope = FotaBoard.Scope.SESSION)
    static class SessionOneCase {
        @Test
        void has(Board board) {
            board.info();
        }
    }

    @ExtendWith(FakeRig.class)
    @FotaBoard(scope = FotaBoard.Scope.SESSION)
    static class SessionTwoCase {
        @Test
        void has(Board board) {
            board.info();
        }
    }

    @Test
    void classesOfOneSessionShareABoard() {
        FakeRig rig = rig().board("a");
        assertSucceed(2, rig.run(SessionOneCase.class, SessionTwoCase.class));
        assertEquals(List.of("start a", "end a"), rig.done);
    }

    @ExtendWith(FakeRig.class)
    @FotaBoard
    static class TooEarlyCase {
        @BeforeAll
        static void prepare(Board board) {
            fail("there is no board " + board);
        }

        @Test
        void never() {}
    }

    @Test
    void aBoardOfOneTestCannotBeHadBeforeAll() {
        Events containers = rig().board("a").run(TooEarlyCase.class).containerEvents();
        assertContains("@FotaBoard(scope = CLASS)", cause(containers).getMessage());
    }

    @ExtendWith(FakeRig.class)
    @FotaBoard
    @TestMethodOrder(MethodOrderer.MethodName.class)
    static class BreaksCase {
        @Test
        void a1FindsItBroken(Board board) {
            FakeRig.bay("a").print("kernel panic");
            FakeRig.bay("a").die();
            board.info();
        }

        @Test
        void a2NeverRuns(Board board) {
            fail("runs on " + board.name());
        }
    }

    @Test
    void aBrokenBoardSkipsTheRestWithTheFirstCause() {
        FakeRig rig = rig().board("a");
        Events tests = rig.run(BreaksCase.class).testEvents();
        tests.assertStatistics(s -> s.started(2).failed(1).aborted(1));
        String first = cause(tests.failed()).getMessage();
        assertContains("The board a: NO_ANSWER. Nothing answers at a.", first);
        assertContains("kernel panic", first);
        String why = cause(tests.aborted()).getMessage();
        assertContains("The board a is broken since: The board a: NO_ANSWER. Nothing answers at a.", why);
        assertEquals(List.of("start a", "end a"), rig.done);
    }

    @Test
    void anotherBoardTakesTheBrokenOnesPlace() {
        FakeRig rig = rig().board("a").board("spare");
        Events tests = rig.run(BreaksCase.class).testEvents();
        tests.assertStatistics(s -> s.failed(2));
        assertTrue(rig.done.contains("start spare"), rig.done.toString());
    }

    @Test
    void aBoardThatDoesNotStartIsBrokenToo() {
        Events tests = rig().board("a", Optional.of(Reason.PORT_MISSING))
                .run(EachMethodCase.class)
                .testEvents();
        tests.assertStatistics(s -> s.failed(1).aborted(1));
    }

    @ExtendWith(FakeRig.class)
    @FotaBoard(scope = FotaBoard.Scope.CLASS)
    @TestMethodOrder(MethodOrderer.MethodName.class)
    static class SaysBrokenCase {
        @Test
        void a1(Board board) {
            board.markBroken("the supply is at 2 V");
        }

        @Test
        void a2(Board board) {
            fail("runs on " + board.name());
        }
    }

    @Test
    void aTestMayCallItsBoardBroken() {
        Events tests = rig().board("a").run(SaysBrokenCase.class).testEvents();
        tests.assertStatistics(s -> s.succeeded(1).aborted(1));
        assertContains(
                "broken since: the supply is at 2 V", cause(tests.aborted()).getMessage());
    }

    @ExtendWith(FakeRig.class)
    @FotaBoard
    @TestMethodOrder(MethodOrderer.MethodName.class)
    static class FailsCase {
        @Test
        void a1Awaits(Board board) {
            FakeRig.bay("a").print("boot");
            FakeRig.bay("a").print("FATAL: no modem");
            board.console().await(line("ready").orFail("FATAL"), Duration.ofSeconds(10));
        }

        @Test
        void a2Asserts(Board board) {
            FakeRig.bay("a").print("temperature 99");
            assertEquals(25, 99);
        }

        @Test
        void a3WaitsBeyondTheTest(Board board) {
            board.console().await(line("ready"), Duration.ofMinutes(10));
        }

        @Test
        void a4Updates(Board board) {
            FakeRig.bay("a").updateEnds(Reason.REVERTED);
            board.update(Path.of("app.bin"));
        }

        @Test
        void a5NeverEndsToUpdate(Board board) {
            FakeRig.bay("a").hang();
            board.update(Path.of("app.bin"));
        }
    }

    @Test
    void everyFailureShowsConsoleDeadlineAndLog() throws Exception {
        Events tests = rig().board("a")
                .with("fotabridge.rig.test-timeout", "300ms")
                .with("fotabridge.rig.flash-timeout", "200ms")
                .run(FailsCase.class)
                .testEvents();
        List<Throwable> failures = tests.failed().stream()
                .map(event -> event.getRequiredPayload(TestExecutionResult.class)
                        .getThrowable()
                        .orElseThrow())
                .toList();
        assertEquals(5, failures.size());
        String awaited = failures.get(0).getMessage();
        assertContains("The board a printed \"FATAL: no modem\" in place of a line with \"ready\"", awaited);
        assertContains("    1970-01-01T00:00:00Z boot\n    1970-01-01T00:00:00Z FATAL: no modem\n", awaited);
        assertContains("deadline: 0.", awaited);
        assertContains(" of the test (fotabridge.rig.test-timeout)", awaited);
        Path log = Path.of(awaited.substring(awaited.lastIndexOf("full log: ") + "full log: ".length()));
        assertContains("FATAL: no modem", Files.readString(log));

        String evidence = failures.get(1).getSuppressed()[0].getMessage();
        assertContains("temperature 99", evidence);
        assertContains("are left of the 0.3 s of the test", evidence);
        assertContains("full log: ", evidence);

        assertContains("did not print a line with \"ready\"", failures.get(2).getMessage());
        assertContains("fotabridge.rig.test-timeout", failures.get(2).getMessage());

        BoardFailure reverted = (BoardFailure) failures.get(3);
        assertEquals(Optional.of(Reason.REVERTED), reverted.reason());

        assertContains("has not done it in time", failures.get(4).getMessage());
        assertContains("fotabridge.rig.flash-timeout", failures.get(4).getMessage());
    }

    @Test
    void aBoardThatIsTakenIsNamedWithItsHolder() throws Exception {
        FakeRig rig = rig().board("a").with("fotabridge.rig.claim-timeout", "200ms");
        Claim claim = FotaBridge.claim(rig.entry("a").place().lockName(), "com.acme.OtherTest since noon")
                .claim()
                .orElseThrow();
        Events tests = rig.run(OneCase.class).testEvents();
        claim.close();
        assertEquals(1, tests.failed().count());
        String message = cause(tests).getMessage();
        assertContains("No board has become free within 0.2 s", message);
        assertContains(
                "a: has been taken by process " + ProcessHandle.current().pid() + " com.acme.OtherTest since noon",
                message);
    }

    @Test
    void whoHoldsABoardIsNoted() throws Exception {
        FakeRig rig = rig().board("a").with("fotabridge.rig.claim-timeout", "100ms");
        assertSucceed(1, rig.run(HolderCase.class));
    }

    @ExtendWith(FakeRig.class)
    @FotaBoard
    static class HolderCase {
        @Test
        void looks(Board board) throws Exception {
            String lock = FakeRig.current().entry("a").place().lockName();
            String holder = FotaBridge.claim(lock, "").holder();
            assertContains(HolderCase.class.getName() + ".looks since 20", holder);
        }
    }

    @ExtendWith(FakeRig.class)
    @FotaBoard
    static class VerbsCase {
        @Test
        void cuts(Board board) {
            board.cutLine();
        }

        @Test
        void cycles(Board board) {
            board.powerCycle();
        }
    }

    @Test
    void aVerbThatTheRigLacksIsAnAssumption() {
        FakeRig rig = rig().board("a").with("fotabridge.rig.required", "true");
        rig.run(VerbsCase.class).testEvents().assertStatistics(s -> s.aborted(2));
    }

    @Test
    void aLineThatATestHasCutIsJoinedAfterIt() {
        FakeRig rig = rig().board("a", Capability.CUT_LINE, Capability.POWER_CYCLE);
        assertSucceed(2, rig.run(VerbsCase.class));
        assertTrue(rig.done.containsAll(List.of("cut a", "join a", "power a")), rig.done.toString());
    }

    @ExtendWith(FakeRig.class)
    @FotaBoard
    static class PublishesCase {
        @Test
        void updates(Board board) {
            FakeRig.bay("a").print("hello");
            board.update(Path.of("app.bin"));
        }
    }

    @Test
    void consoleEventsAndRecordAreReportFiles() throws Exception {
        List<FileEntry> files = rig().board("a").run(PublishesCase.class).testEvents().fileEntryPublished().stream()
                .map(event -> event.getRequiredPayload(FileEntry.class))
                .toList();
        assertEquals(
                List.of("a-console.log", "a-events.jsonl", "a-update.json"),
                files.stream()
                        .map(file -> file.getPath().getFileName().toString())
                        .toList());
        assertEquals(
                "1970-01-01T00:00:00Z hello\n", Files.readString(files.get(0).getPath()));
        assertContains("\"type\":\"RESULT\"", Files.readString(files.get(1).getPath()));
        assertContains("\"reason\":\"SUCCEEDED\"", Files.readString(files.get(2).getPath()));
    }

    @ExtendWith(FakeRig.class)
    @FotaBoard(scope = FotaBoard.Scope.CLASS)
    @TestMethodOrder(MethodOrderer.MethodName.class)
    static class HistoryCase {
        @Test
        void a1(Board board) {
            FakeRig.bay("a").print("one");
            FakeRig.bay("a").print("two 2");
            ConsoleMatch match = board.console().await(line("two (\\d)"), Duration.ofSeconds(1));
            assertEquals(List.of("one"), match.before());
            assertEquals("2", match.group(1));
        }

        @Test
        void a2(Board board) {
            assertEquals(List.of(), board.console().lines());
        }
    }

    @Test
    void historyComesFirstAndIsThatOfTheTest() {
        assertSucceed(2, rig().board("a").run(HistoryCase.class));
    }
}
