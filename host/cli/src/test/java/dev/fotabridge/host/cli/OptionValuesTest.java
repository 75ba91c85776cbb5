package dev.fotabridge.host.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A value that cannot be meant is refused with its option, before anything is done. */
final class OptionValuesTest {
    @TempDir
    Path directory;

    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    private int run(List<String> arguments) {
        PrintStream people = new PrintStream(err, true, StandardCharsets.UTF_8);
        return Main.run(
                arguments.toArray(String[]::new), Map.of("HOME", directory.toString()), new Streams(people, people));
    }

    private String said() {
        return err.toString(StandardCharsets.UTF_8);
    }

    /** As a script writes it whose variable is not set: an empty path would be the working directory. */
    @ParameterizedTest
    @CsvSource({
        "flash --port x --state-dir, app.bin, 2",
        "flash app.bin --port, , 3",
        "flash --port x, '', 2",
        "image inspect --public-key, app.bin, 2",
        "agent --config, , 3"
    })
    void anEmptyValueIsRefused(String command, String after, int code) throws Exception {
        List<String> arguments = new ArrayList<>(List.of(command.split(" ")));
        arguments.add("");
        if (after != null && !after.isEmpty()) {
            arguments.add(after);
        }
        assertEquals(code, run(arguments), this::said);
        assertTrue(said().contains("is empty"), this::said);
    }

    @ParameterizedTest
    @ValueSource(strings = {"--baud 0", "--baud -1", "--start-baud 12", "--start-baud 1199"})
    void aRateThatNoBoardHasIsRefused(String options) {
        List<String> arguments = new ArrayList<>(List.of("device", "info", "--port", "/dev/null"));
        arguments.addAll(List.of(options.split(" ")));
        assertEquals(3, run(arguments), this::said);
        assertTrue(said().contains(options.split(" ")[0] + " is " + options.split(" ")[1]), this::said);
    }

    /** The library would put the lines of the file in its place. */
    @Test
    void anArgumentBehindAnAtIsNoFile() throws IOException {
        Path file = Files.writeString(directory.resolve("words"), "secret words");
        assertEquals(2, run(List.of("image", "inspect", "a", "@" + file)));
        assertFalse(said().contains("secret"), this::said);
    }

    @ParameterizedTest
    @CsvSource({"nowhere, does not exist", "., is a directory"})
    void whyAFileCannotBeReadIsSaid(String name, String why) {
        assertEquals(3, run(List.of("image", "inspect", directory.resolve(name).toString())));
        assertTrue(said().contains(why), this::said);
    }
}
