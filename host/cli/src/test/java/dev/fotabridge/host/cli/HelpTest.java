package dev.fotabridge.host.cli;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/** What a person sees who does not know the commands yet. */
final class HelpTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    private int run(String... args) {
        return Main.run(
                args,
                Map.of(),
                new Streams(
                        new PrintStream(out, true, StandardCharsets.UTF_8),
                        new PrintStream(err, true, StandardCharsets.UTF_8)));
    }

    private static CommandLine commands() {
        return Main.commandLine(new Streams(System.out, System.err), Map.of());
    }

    /** Every command and subcommand. */
    static List<CommandLine> all() {
        return below(commands()).toList();
    }

    private static Stream<CommandLine> below(CommandLine line) {
        return Stream.concat(
                Stream.of(line), line.getSubcommands().values().stream().flatMap(HelpTest::below));
    }

    @Test
    void withoutACommandItSaysWhereToBegin() {
        assertEquals(2, run());
        assertEquals("", out.toString(StandardCharsets.UTF_8));
        String said = err.toString(StandardCharsets.UTF_8);
        for (String begin : List.of("demo", "port list", "flash FILE", "agent", "doctor")) {
            assertTrue(said.contains("  fota-bridge " + begin + " "), said);
        }
        commands()
                .getSubcommands()
                .keySet()
                .forEach(command -> assertTrue(said.matches("(?s).*\\b" + command + "\\b.*"), command));
        said.lines().forEach(line -> assertTrue(line.length() <= 120, line));
    }

    @ParameterizedTest
    @ValueSource(strings = {"config", "device", "image", "port", "station"})
    void aGroupAloneNamesItsCommands(String group) {
        assertEquals(2, run(group));
        assertEquals("", out.toString(StandardCharsets.UTF_8));
        String first = err.toString(StandardCharsets.UTF_8).lines().findFirst().orElseThrow();
        String commands = String.join(
                ", ", commands().getSubcommands().get(group).getSubcommands().keySet());
        assertEquals("Error: No command given. Commands: " + commands + ".", first);
    }

    /** An example that the parser refuses helps nobody. */
    @ParameterizedTest
    @MethodSource("all")
    void everyCommandHasExamplesThatCanBeTyped(CommandLine command) {
        List<String> examples = examples(command);
        assertFalse(examples.isEmpty(), command.getCommandSpec()::qualifiedName);
        for (String example : examples) {
            assertTrue(example.startsWith(command.getCommandSpec().qualifiedName()), example);
            String[] words = example.split(" ");
            CommandLine line = commands();
            withoutRequired(line, example);
            assertDoesNotThrow(
                    () -> line.parseArgs(List.of(words).subList(1, words.length).toArray(String[]::new)), example);
        }
    }

    /** A configuration file has the rest. */
    private static void withoutRequired(CommandLine line, String example) {
        if (example.contains("--config")) {
            line.setDefaultValueProvider(argument -> argument instanceof OptionSpec option
                            && List.of("--thing", "--endpoint", "--cert", "--key")
                                    .contains(option.longestName())
                    ? "x"
                    : null);
        }
    }

    private static List<String> examples(CommandLine command) {
        List<String> examples = new ArrayList<>();
        String help = command.getUsageMessage().replaceAll(" \\\\\\R +", " ");
        int start = help.indexOf("Examples:");
        help.substring(start < 0 ? help.length() : start)
                .lines()
                .filter(line -> line.startsWith("  fota-bridge "))
                .map(line -> line.replaceFirst(" [>|].*", "").strip())
                .forEach(examples::add);
        return examples;
    }

    @Test
    void theOptionsAreGrouped() {
        assertEquals(0, run("agent", "--help"));
        String help = out.toString(StandardCharsets.UTF_8);
        List<String> headings =
                help.lines().filter(line -> line.matches("[A-Z].*:")).toList();
        assertEquals(
                List.of(
                        "Options of this command:",
                        "Board and port:",
                        "Update:",
                        "AWS and network:",
                        "Options of every command:",
                        "Examples:"),
                headings);
        assertTrue(
                help.matches(
                        "(?s).*Board and port:\\R[^:]*--baud.*AWS and network:.*--thing.*every command:.*--help.*"),
                help);
    }

    @ParameterizedTest
    @MethodSource("all")
    void noOptionIsLeftOut(CommandLine command) {
        String help = command.getUsageMessage();
        command.getCommandSpec().options().forEach(option -> assertTrue(help.contains(option.longestName()), help));
    }
}
