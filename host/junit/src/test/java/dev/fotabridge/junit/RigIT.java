package dev.fotabridge.junit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Two processes and one board. */
@Tag("real")
@Timeout(120)
class RigIT {
    @TempDir
    Path directory;

    @Test
    void anotherProcessIsNamedAndWhenItIsKilledItsBoardEndsAndIsFree() throws Exception {
        TestHome.program(directory);
        Process other = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        KilledRun.class.getName(),
                        directory.toString())
                .redirectError(directory.resolve("other.err").toFile())
                .start();
        // A line of its log may come before it.
        assertTrue(other.inputReader().lines().anyMatch("held"::equals), "the other process holds no board");
        List<ProcessHandle> board = other.descendants().toList();
        assertFalse(board.isEmpty());

        Rig hasty = KilledRun.rig(directory, Duration.ofMillis(300));
        String message = assertThrows(BoardFailure.class, () -> hasty.claim(KilledRun.request("OwnTest")))
                .getMessage();
        assertTrue(message.contains("process " + other.pid() + " com.acme.KilledTest since 20"), message);
        hasty.close();

        other.destroyForcibly().waitFor();
        for (ProcessHandle process : board) {
            process.onExit().get(30, TimeUnit.SECONDS);
        }
        Rig patient = KilledRun.rig(directory, Duration.ofSeconds(60));
        try (ClaimedBoard own = patient.claim(KilledRun.request("OwnTest"))) {
            assertEquals("1.0.0", own.info().running().version());
        }
        patient.close();
    }
}
