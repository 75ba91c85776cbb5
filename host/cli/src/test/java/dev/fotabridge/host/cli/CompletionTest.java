package dev.fotabridge.host.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The scripts know every command and option. That bash takes its script is CompletionIT's. */
final class CompletionTest {
    static String script(String shell) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        PrintStream data = new PrintStream(out, true, StandardCharsets.UTF_8);
        assertEquals(0, Main.run(new String[] {"completion", shell}, Map.of(), new Streams(data, System.err)));
        return out.toString(StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @ValueSource(strings = {"bash", "zsh", "fish"})
    void aScriptKnowsEveryCommandAndOption(String shell) {
        String script = script(shell);
        HelpTest.all().forEach(command -> {
            assertTrue(script.contains(command.getCommandName()), command.getCommandName());
            command.getCommandSpec().options().forEach(option -> {
                String name = option.longestName();
                String written = shell.equals("fish") ? "-l " + name.substring(2) : name;
                assertTrue(script.contains(written), () -> command.getCommandName() + " " + name);
            });
        });
        assertTrue(script.endsWith("\n"));
    }

    @Test
    void fishCompletesFilesWhereAFileIsMeant() {
        String script = script("fish");
        assertTrue(script.contains("-n '__fish_seen_subcommand_from flash' -l public-key -r -F -d '"), script);
        assertTrue(script.contains("-n '__fish_seen_subcommand_from flash' -F\n"), script);
        assertTrue(script.contains("-n '__fish_seen_subcommand_from flash' -s b -l baud -x -d '"), script);
        assertTrue(script.contains("-n '__fish_seen_subcommand_from flash' -l json -d 'Print one JSON"), script);
        assertTrue(
                script.contains(
                        "-n '__fish_seen_subcommand_from device; and not __fish_seen_subcommand_from info reset console' -a info"),
                script);
    }

    /** A quote in a description would end the word. */
    @Test
    void fishsWordsAreQuoted() {
        script("fish")
                .lines()
                .filter(line -> !line.startsWith("#"))
                .forEach(line ->
                        assertTrue(line.replaceAll("'(?:[^'\\\\]|\\\\.)*'", "").indexOf('\'') < 0, line));
    }

    @Test
    void anUnknownShellIsRefused() {
        PrintStream none = new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8);
        assertEquals(2, Main.run(new String[] {"completion", "tcsh"}, Map.of(), new Streams(none, none)));
    }
}
