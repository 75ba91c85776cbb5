package dev.fotabridge.host.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fotabridge.fixtures.device.VirtualDk;
import dev.fotabridge.fixtures.device.VirtualDkOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Listening has no end of its own: it is interrupted, and says so as every command does. */
@Tag("real")
final class ConsoleIT {
    private static final int LIMIT_SECONDS = 60;

    @TempDir
    Path directory;

    @ParameterizedTest
    @ValueSource(strings = {"TERM", "HUP"})
    void showsWhatTheBoardSaysAndEndsAsInterrupted(String signal) throws Exception {
        try (VirtualDk board = VirtualDk.start(VirtualDkOptions.in(directory).withoutTiming());
                HostProcess console = listenTo(board)) {
            // It is silent about being ready; the board repeats itself until it is heard.
            Awaitility.await(console.toString())
                    .atMost(LIMIT_SECONDS, TimeUnit.SECONDS)
                    .pollInterval(1, TimeUnit.SECONDS)
                    .until(() -> {
                        if (console.count("LOG") > 0) {
                            return true;
                        }
                        board.reset();
                        return false;
                    });
            console.signal(signal);

            assertEquals(130, console.await(LIMIT_SECONDS), console::toString);
            assertEquals("INTERRUPTED", console.result().get("reason").asText());
            assertEquals(130, console.result().get("exitCode").asInt());
        }
    }

    /** Who begins to listen before the reset has the whole start in the file, while it happens; the first reset may come before that. */
    @Test
    void aLogBegunBeforeAResetHoldsTheWholeStart() throws Exception {
        Path log = directory.resolve("console.log");
        try (VirtualDk board = VirtualDk.start(VirtualDkOptions.in(directory).withoutTiming());
                HostProcess console = listenTo(board, "--log", log.toString())) {
            Awaitility.await(console.toString())
                    .atMost(LIMIT_SECONDS, TimeUnit.SECONDS)
                    .pollInterval(1, TimeUnit.SECONDS)
                    .until(() -> {
                        board.reset();
                        return Files.exists(log) && Files.readString(log).contains("* Booting ");
                    });
            List<String> lines = Files.readAllLines(log);
            assertTrue(
                    lines.get(0).matches("# 2[0-9T:.-]+Z fota-bridge .* listens to " + board.link()), lines::toString);
            assertTrue(
                    lines.stream().anyMatch(l -> l.matches(" +[0-9]+[.][0-9]{3} 2[0-9T:.-]+Z .*[*] Booting .*")),
                    lines::toString);
            console.terminate();
            assertEquals(130, console.await(LIMIT_SECONDS), console::toString);
        }
    }

    private HostProcess listenTo(VirtualDk board, String... more) throws Exception {
        List<String> arguments = new ArrayList<>(
                List.of("device", "console", "--json", "-p", board.link().toString()));
        arguments.addAll(List.of(more));
        return HostProcess.start(directory, arguments);
    }
}
