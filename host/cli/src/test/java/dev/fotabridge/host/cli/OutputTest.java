package dev.fotabridge.host.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fotabridge.fixtures.image.ImageBuilder;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.logging.LogManager;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a command says arrives, or its exit code tells that it did not; and nobody else writes there. */
final class OutputTest {
    @TempDir
    Path directory;

    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    /** Takes nothing, as a full disk, or as a pipe whose reader has gone. */
    private static final class Full extends OutputStream {
        @Override
        public void write(int b) throws IOException {
            throw new IOException("No space left on device");
        }
    }

    private int run(boolean piped, String... args) {
        PrintStream people = new PrintStream(err, true, StandardCharsets.UTF_8);
        return Main.run(
                args,
                Map.of("HOME", directory.toString()),
                new Streams(new PrintStream(new Full(), true, StandardCharsets.UTF_8), people, piped));
    }

    private Path image() throws IOException {
        return new ImageBuilder().size(40_000).build().writeTo(directory.resolve("app.bin"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"--help", "--version", "image --help", "image inspect FILE", "image inspect --json FILE"})
    void aFullDiskIsAFailure(String command) throws Exception {
        assertEquals(16, run(false, command.replace("FILE", image().toString()).split(" ")));
        assertTrue(
                err.toString(StandardCharsets.UTF_8).contains("Standard output could not be written"), err::toString);
    }

    @Test
    void aReaderThatHasGoneIsNoneForPeople() throws Exception {
        assertEquals(0, run(true, "image", "inspect", image().toString()));
        assertEquals("", err.toString(StandardCharsets.UTF_8));
    }

    @Test
    void aReaderThatHasGoneLosesTheResult() throws Exception {
        assertEquals(16, run(true, "image", "inspect", "--json", image().toString()));
    }

    @Test
    void aFailureKeepsItsExitCode() {
        assertEquals(2, run(false, "image", "inspect"));
    }

    /** As at the first line that a library logs. */
    @Test
    void librariesHaveNoLogOfTheirOwn() throws Exception {
        String name = "java.util.logging.config.class";
        try {
            LibraryLogs.silence();
            LogManager.getLogManager().reset();
            LogManager.getLogManager().readConfiguration();
            assertEquals(List.of(), List.of(Logger.getLogger("").getHandlers()));
        } finally {
            System.clearProperty(name);
            LogManager.getLogManager().readConfiguration();
        }
    }
}
