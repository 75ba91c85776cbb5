package dev.fotabridge.host.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** The completion script for fish, from the commands themselves; picocli has none. Tested by CompletionTest. */
final class FishCompletion {
    private final String program;
    private final List<String> lines = new ArrayList<>();

    private FishCompletion(String program) {
        this.program = program;
    }

    static String of(CommandLine root) {
        FishCompletion script = new FishCompletion(root.getCommandName());
        script.lines.add(
                "# fish completion for " + script.program + ", made by '" + script.program + " completion fish'.");
        script.lines.add("complete -c " + script.program + " -f");
        script.command(root.getCommandSpec(), List.of());
        return String.join("\n", script.lines) + "\n";
    }

    /** @param path the words that lead to this command, without the program */
    private void command(CommandSpec command, List<String> path) {
        String when = condition(path, command.subcommands().keySet());
        command.subcommands()
                .forEach((name, line) -> add(when, "-a " + name + " -d " + quoted(description(line.getCommandSpec()))));
        command.options().stream().filter(option -> !option.hidden()).forEach(option -> option(when, option));
        if (command.positionalParameters().stream().anyMatch(FishCompletion::isFile)) {
            add(when, "-F");
        }
        command.subcommands()
                .forEach((name, line) -> command(
                        line.getCommandSpec(),
                        Stream.concat(path.stream(), Stream.of(name)).toList()));
    }

    private void option(String when, OptionSpec option) {
        StringBuilder words = new StringBuilder();
        Arrays.stream(option.names())
                .forEach(name -> words.append(name.startsWith("--") ? "-l " : "-s ")
                        .append(name.replaceFirst("^-+", ""))
                        .append(' '));
        if (option.arity().min() > 0) {
            words.append(isFile(option) ? "-r -F " : "-x ");
        }
        String first = option.description().length == 0 ? "" : option.description()[0];
        add(when, words + "-d " + quoted(sentence(first)));
    }

    private void add(String when, String what) {
        lines.add("complete -c " + program + (when.isEmpty() ? "" : " -n " + quoted(when)) + " " + what);
    }

    /** Returns fish's test for a command line that has reached this command and none of those below it. */
    private static String condition(List<String> path, Iterable<String> below) {
        List<String> tests = new ArrayList<>();
        path.forEach(word -> tests.add("__fish_seen_subcommand_from " + word));
        String next = String.join(" ", below);
        if (!next.isEmpty()) {
            tests.add("not __fish_seen_subcommand_from " + next);
        }
        return String.join("; and ", tests);
    }

    private static String description(CommandSpec command) {
        String[] text = command.usageMessage().description();
        return text.length == 0 ? "" : sentence(text[0]);
    }

    /** Returns the first statement; the rest has no place beside a completion. */
    private static String sentence(String text) {
        return text.split("[.;:] |\\(default|\\.$", 2)[0].strip();
    }

    private static boolean isFile(ArgSpec argument) {
        return Arrays.asList(argument.auxiliaryTypes()).contains(Path.class) || argument.type() == Path.class;
    }

    /** Single quotes of fish: only the quote and the backslash are special. */
    private static String quoted(String text) {
        return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
    }
}
