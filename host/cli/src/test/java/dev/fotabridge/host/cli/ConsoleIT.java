package dev.fotabridge.host.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.fotabridge.fixtures.device.VirtualDk;
import dev.fotabridge.fixtures.device.VirtualDkOptions;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
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

    private HostProcess listenTo(VirtualDk board) throws Exception {
        return HostProcess.start(
                directory,
                List.of("device", "console", "--json", "-p", board.link().toString()));
    }
}
