package dev.fotabridge.host.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fotabridge.fixtures.image.ImageBuilder;
import java.io.ByteArrayOutputStream;
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

/** Boards that cannot be meant are refused before one is touched. */
final class BoardOptionsTest {
    @TempDir
    Path directory;

    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    private int flash(String... options) throws Exception {
        Path image = new ImageBuilder().size(20_000).build().writeTo(directory.resolve("app.bin"));
        List<String> arguments = new ArrayList<>(List.of("flash", image.toString()));
        arguments.addAll(List.of(options));
        PrintStream people = new PrintStream(err, true, StandardCharsets.UTF_8);
        return Main.run(
                arguments.toArray(String[]::new), Map.of("HOME", directory.toString()), new Streams(people, people));
    }

    private String said() {
        return err.toString(StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--port x --port x | --port x is given twice.",
                "--port x --port y --port ./x | --port x and --port ./x are the same board.",
                "--serial-number 960012345 --serial-number 000960012345"
                        + " | --serial-number 960012345 and --serial-number 000960012345 are the same board.",
                "--port x --port y --serial-number 7 | Several boards are named by --port or by --serial-number, not by both.",
                "--all --port x | --all chooses the boards itself: leave out --port and --serial-number",
                "--all --serial-number 7 | --all chooses the boards itself: leave out --port and --serial-number"
            })
    void boardsThatExcludeEachOtherAreAUsageError(String options, String sentence) throws Exception {
        assertEquals(2, flash(options.split(" ")), this::said);
        assertTrue(said().startsWith("Error: " + sentence), this::said);
        assertTrue(said().contains("(USAGE, exit code 2)"), this::said);
    }

    @Test
    void twoPathsOfOnePortAreOneBoard() throws Exception {
        Path port = Files.createFile(directory.resolve("tty"));
        Path link = Files.createSymbolicLink(directory.resolve("link"), port);
        assertEquals(2, flash("--port", port.toString(), "--port", link.toString()), this::said);
        assertTrue(said().contains("--port " + port + " and --port " + link + " are the same board."), this::said);
    }

    @ParameterizedTest
    @CsvSource({"--port a --port b --baud 12", "--serial-number 1 --serial-number 2 --start-baud 7", "--all --baud 0"})
    void aRateThatNoBoardHasIsRefusedForSeveralToo(String options) throws Exception {
        assertEquals(3, flash(options.split(" ")), this::said);
        assertTrue(said().contains("no board has a rate below 1200"), this::said);
    }

    @Test
    void anEmptyPortAmongSeveralIsRefused() throws Exception {
        assertEquals(3, flash("--port", "a", "--port", ""), this::said);
        assertTrue(said().contains("--port cannot be used: it is empty"), this::said);
    }

    /** A bad file is one error, and not one for each board. */
    @Test
    void theFileIsCheckedOnceBeforeAnyBoardIsTouched() throws Exception {
        Files.writeString(directory.resolve("text"), "this is no image, by no means, none at all");
        PrintStream people = new PrintStream(err, true, StandardCharsets.UTF_8);
        String[] arguments = {"flash", directory.resolve("text").toString(), "--port", "a", "--port", "b"};
        int code = Main.run(arguments, Map.of("HOME", directory.toString()), new Streams(people, people));
        assertEquals(8, code, this::said);
        assertEquals(
                1, said().lines().filter(line -> line.startsWith("Error: ")).count(), said());
        assertFalse(said().contains("board "), this::said);
    }
}
