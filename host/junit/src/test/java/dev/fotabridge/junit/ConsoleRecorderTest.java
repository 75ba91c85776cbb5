package dev.fotabridge.junit;

import static dev.fotabridge.junit.ExpectedLine.line;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class ConsoleRecorderTest {
    private static final Duration LONG = Duration.ofSeconds(20);

    @TempDir
    Path directory;

    private Path file;
    private ConsoleRecorder console;

    @BeforeEach
    void open() throws IOException {
        file = directory.resolve("console.log");
        console = new ConsoleRecorder(file);
    }

    @AfterEach
    void close() throws IOException {
        console.close();
    }

    private void print(String... lines) {
        for (String line : lines) {
            console.add(Instant.EPOCH, line);
        }
    }

    private ConsoleMatch find(String regex) throws InterruptedException {
        return assertInstanceOf(ConsoleRecorder.Waited.Found.class, console.await(line(regex), Duration.ZERO))
                .match();
    }

    @Test
    void eachWaitBeginsBehindTheLineOfTheLast() throws Exception {
        print("boot", "ready", "boot", "ready");
        assertEquals(List.of("boot"), find("ready").before());
        assertEquals(List.of("boot"), find("ready").before());
        ConsoleRecorder.Waited.TimeUp up =
                assertInstanceOf(ConsoleRecorder.Waited.TimeUp.class, console.await(line("ready"), Duration.ZERO));
        assertEquals(0, up.linesSeen());
    }

    @Test
    void aWaitThatFailsTakesNoLine() throws Exception {
        print("boot");
        console.await(line("ready"), Duration.ZERO);
        print("ready");
        assertEquals(List.of("boot"), find("ready").before());
    }

    @Test
    void aLineThatComesLaterEndsTheWait() throws Exception {
        FutureTask<ConsoleRecorder.Waited> wait = new FutureTask<>(() -> console.await(line("(re)ady"), LONG));
        new Thread(wait).start();
        print("boot", "ready");
        ConsoleMatch match =
                assertInstanceOf(ConsoleRecorder.Waited.Found.class, wait.get()).match();
        assertEquals("ready", match.group(0));
        assertEquals("re", match.group(1));
    }

    @Test
    void whatMustNotComeEndsTheWaitAtOnceAndIsBehindTheNextOne() throws Exception {
        print("fault 3", "ready");
        ConsoleRecorder.Waited waited = console.await(line("ready").orFail("fault|panic"), LONG);
        assertEquals(
                "fault 3",
                assertInstanceOf(ConsoleRecorder.Waited.Unwanted.class, waited).line());
        find("ready");
    }

    @Test
    void aGroupThatTookNoPartIsNull() throws Exception {
        print("ready");
        assertNull(find("(never)?ready").group(1));
    }

    @Test
    void theFirstTestSeesHowTheBoardStarted() throws Exception {
        print("boot");
        console.beginTest("first()");
        assertEquals(List.of("boot"), console.lines());
        find("boot");
    }

    @Test
    void aTestSeesItsOwnLinesOnlyAndTheFileHasAll() throws Exception {
        console.beginTest("first()");
        print("old");
        console.beginTest("second()");
        print("new");
        assertEquals(List.of("new"), console.lines());
        assertEquals(List.of("1970-01-01T00:00:00Z new"), console.timedLines());
        assertEquals(2, console.last(20).size());
        assertEquals(List.of(), find("new").before());
        assertEquals(
                List.of(
                        "--- first() begins",
                        "1970-01-01T00:00:00Z old",
                        "--- second() begins",
                        "1970-01-01T00:00:00Z new"),
                Files.readAllLines(file));
    }

    @Test
    void oldLinesLeaveTheMemoryAndStayInTheFile() throws Exception {
        int count = ConsoleRecorder.KEPT_LINES + 10;
        for (int i = 0; i < count; i++) {
            print("line " + i);
        }
        assertEquals("line 10", console.lines().get(0));
        assertEquals(ConsoleRecorder.KEPT_LINES, console.lines().size());
        assertEquals(List.of("line 10"), find("line 11$").before());
        assertEquals(count, Files.readAllLines(file).size());
    }

    @Test
    void aFileThatCannotBeWrittenKeepsNothingFromTheTest() throws Exception {
        console.close();
        print("ready");
        find("ready");
        assertEquals(file + " (not complete: Stream closed)", console.fileText());
    }
}
