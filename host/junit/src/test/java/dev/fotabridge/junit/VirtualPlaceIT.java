package dev.fotabridge.junit;

import static dev.fotabridge.junit.ExpectedLine.line;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fotabridge.fixtures.image.ImageBuilder;
import dev.fotabridge.host.api.FotaBridge;
import dev.fotabridge.host.api.Reason;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A virtual board, from its start to its end, without JUnit around it. */
@Tag("real")
@Timeout(120)
class VirtualPlaceIT {
    @TempDir
    Path directory;

    private Rig rig;
    private RigBoard entry;
    private ClaimedBoard board;
    private List<ProcessHandle> processes;

    @BeforeEach
    void claim() throws Exception {
        RigSettings settings = new RigSettings(
                Optional.empty(),
                false,
                Optional.empty(),
                Duration.ofSeconds(60),
                Duration.ofSeconds(60),
                Duration.ofSeconds(60),
                directory);
        entry = new RigBoard(
                "board-" + ProcessHandle.current().pid(),
                RigFinder.VIRTUAL_CAPABILITIES,
                new VirtualPlace(
                        TestHome.program(directory), directory.getFileName().toString(), RigFinder.VIRTUAL_MODEM));
        rig = new Rig(new RigFinder.Found(List.of(entry), "a rig of one"), settings);
        board = start();
        processes = ProcessHandle.current().descendants().toList();
    }

    private ClaimedBoard start() throws Exception {
        return ClaimedBoard.start(
                entry,
                FotaBridge.claim(entry.place().lockName(), "a test").claim().orElseThrow(),
                rig,
                "AnyTest.method");
    }

    @AfterEach
    void release() throws Exception {
        board.close();
        rig.close();
        for (ProcessHandle process : processes) {
            // One that a test has killed is there until the system has taken note of it.
            process.onExit().get(10, TimeUnit.SECONDS);
        }
        assertTrue(FotaBridge.claim(entry.place().lockName(), "").claim().isPresent(), "the board is still claimed");
        try (var left = Files.list(board.recorder().file().getParent())) {
            assertEquals(
                    List.of("console.log", "device.log", "events.jsonl"),
                    left.map(file -> file.getFileName().toString()).sorted().toList());
        }
    }

    @Test
    void howItStartedIsOnTheConsole() {
        ConsoleMatch match = board.console().await(line("Application (.*) started"), Duration.ofSeconds(10));
        assertEquals("1.0.0+0", match.group(1));
        assertEquals(List.of("*** Booting nRF Connect SDK v2.9.0 ***"), match.before());
    }

    @Test
    void anUpdateIsWrittenOnce() throws Exception {
        Path image = directory.resolve("app.bin");
        new ImageBuilder().size(60_000).version("2.0.0").seed(1).build().writeTo(image);
        assertEquals(Reason.SUCCEEDED, board.update(image).reason());
        board.console().await(line("Application 2.0.0"), Duration.ofSeconds(10));
        String bootId = board.info().bootId();
        assertEquals(Reason.UP_TO_DATE, board.update(image).reason());
        assertEquals(bootId, board.info().bootId());
        assertTrue(board.lastUpdate().orElseThrow().contains("\"reason\":\"UP_TO_DATE\""));
    }

    @Test
    void powerGoesAndComes() {
        String bootId = board.info().bootId();
        board.console().await(line("Application (.*) started"), Duration.ofSeconds(10));
        String after = board.powerCycle().bootId();
        assertTrue(!bootId.equals(after), after);
        board.console().await(line("Application (.*) started"), Duration.ofSeconds(10));
    }

    @Test
    void aCutLineCarriesNothingAndIsJoinedAtTheEnd() {
        board.cutLine();
        BoardFailure failure = assertThrows(BoardFailure.class, board::info);
        assertEquals(Optional.of(Reason.NO_ANSWER), failure.reason());
        assertTrue(failure.getMessage().contains("full log: " + board.console().log()), failure.getMessage());
        board.end(Optional.empty());
        board.info();
    }

    @Test
    void aBoardThatIsTakenAwayIsFoundBroken() {
        processes.forEach(ProcessHandle::destroyForcibly);
        board.end(Optional.of(new AssertionError("the test's own failure")));
        String cause = BrokenBoards.cause(entry).orElseThrow();
        assertTrue(cause.startsWith("the test's own failure Afterwards: "), cause);
    }
}
