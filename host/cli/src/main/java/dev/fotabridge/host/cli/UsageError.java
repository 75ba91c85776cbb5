package dev.fotabridge.host.cli;

import dev.fotabridge.host.value.PlainText;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.OverwrittenOptionException;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * What is wrong with a command line, in words.
 *
 * @param sentence what is wrong
 * @param whatToTry the word that was meant, if one is near, and where the right ones are listed
 */
record UsageError(String sentence, String whatToTry) {
    /** Commands that the launcher gives to another program: whoever has no launcher finds none of them. */
    private static final List<String> OF_THE_LAUNCHER = List.of("demo", "sim", "bench");

    static UsageError of(ParameterException wrong, String[] arguments) {
        CommandLine line = wrong.getCommandLine();
        if (wrong instanceof UnmatchedArgumentException unmatched) {
            String word = unmatched.getUnmatched().get(0);
            if (unmatched.isUnknownOption()) {
                return unknownOption(line, word);
            }
            return line.getSubcommands().isEmpty() ? tooMany(line, word) : unknownCommand(line, word);
        }
        // The parser looks for what is missing before it tells of what it does not know, which is often the cause.
        Optional<String> unknown = line.getUnmatchedArguments().stream()
                .filter(word -> wrong instanceof MissingParameterException && word.startsWith("-"))
                .findFirst();
        return unknown.isPresent()
                ? unknownOption(line, unknown.get())
                : new UsageError(sentence(wrong, arguments), see(line));
    }

    private static UsageError unknownOption(CommandLine line, String argument) {
        String word = argument.replaceFirst("(?s)=.*", "");
        List<String> names = line.getCommandSpec().options().stream()
                .flatMap(option -> List.of(option.names()).stream())
                .toList();
        return new UsageError(
                "'" + name(line) + "' has no option '" + PlainText.name(word) + "'.", meant(word, names) + see(line));
    }

    private static UsageError unknownCommand(CommandLine line, String word) {
        List<String> names = new ArrayList<>(line.getSubcommands().keySet());
        if (line.getParent() == null) {
            names.addAll(OF_THE_LAUNCHER);
        }
        String sentence = "There is no command '" + (name(line) + " " + PlainText.name(word)) + "'.";
        return new UsageError(sentence, meant(word, names) + see(line));
    }

    private static UsageError tooMany(CommandLine line, String word) {
        List<String> taken = line.getCommandSpec().positionalParameters().stream()
                .map(PositionalParamSpec::paramLabel)
                .toList();
        return new UsageError(
                "'" + PlainText.name(word) + "' is one argument too many: '" + name(line) + "' takes "
                        + (taken.isEmpty() ? "options only." : String.join(" ", taken) + "."),
                see(line));
    }

    private static String meant(String word, Collection<String> names) {
        return NearestWord.of(word, names)
                .filter(name -> !name.equals(word))
                .map(name -> "Did you mean '" + name + "'? ")
                .orElse("");
    }

    private static String see(CommandLine line) {
        return "See '" + name(line) + " --help'.";
    }

    private static String name(CommandLine line) {
        return line.getCommandSpec().qualifiedName();
    }

    private static String sentence(ParameterException wrong, String[] arguments) {
        if (wrong instanceof OverwrittenOptionException twice && twice.getOverwritten() instanceof OptionSpec option) {
            return "'" + option.longestName() + "' is given twice.";
        }
        String text = PlainText.line(wrong.getMessage()).replaceFirst("[.]$", "");
        return text + origin(wrong.getArgSpec(), wrong.getCommandLine(), arguments) + ".";
    }

    /** A value that nobody typed is looked for where it stands. */
    private static String origin(ArgSpec argument, CommandLine line, String[] arguments) {
        if (!(argument instanceof OptionSpec option)
                || !(line.getDefaultValueProvider() instanceof ConfigDefaults defaults)
                || isTyped(option, arguments)) {
            return "";
        }
        Optional<ShownOption> found = defaults.find(option);
        return found.map(shown -> " (" + shown.from() + ")").orElse("");
    }

    private static boolean isTyped(OptionSpec option, String[] arguments) {
        for (String argument : arguments) {
            for (String name : option.names()) {
                if (argument.equals(name)
                        || argument.startsWith(name + "=")
                        || name.length() == 2 && argument.startsWith(name)) {
                    return true;
                }
            }
        }
        return false;
    }
}
