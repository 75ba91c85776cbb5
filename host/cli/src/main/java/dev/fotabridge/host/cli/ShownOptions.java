package dev.fotabridge.host.cli;

import dev.fotabridge.host.cli.ShownOption.Origin;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** Finds the value of each option and where it comes from. Tested by ConfigShowTest. */
final class ShownOptions {
    private static final String NOT_SHOWN = "(set, not shown)";

    /** What a description says of the default; of several, none is the value. */
    private static final Pattern DEFAULT = Pattern.compile("\\(default: ([^();]+)\\)");

    private final ConfigDefaults defaults;
    private final Map<String, String> environment;

    ShownOptions(ConfigDefaults defaults, Map<String, String> environment) {
        this.defaults = defaults;
        this.environment = environment;
    }

    /** Returns what environment and file set, of the options of all commands. */
    List<ShownOption> set(CommandLine root) {
        List<ShownOption> options = new ArrayList<>(secrets());
        ConfigDefaults.options(root)
                .values()
                .forEach(option -> configured(option).ifPresent(options::add));
        defaults.file().ifPresent(options::add);
        return sorted(options);
    }

    /**
     * Returns all options of the command that these words would start. A required option may be missing.
     *
     * @throws ParameterException if the command would refuse the words
     */
    List<ShownOption> of(CommandLine root, List<String> words) {
        ParseResult parsed = parse(root, words);
        List<ShownOption> options = new ArrayList<>();
        for (OptionSpec option : parsed.commandSpec().options()) {
            if (!option.usageHelp() && !option.versionHelp()) {
                options.add(shown(parsed, option));
            }
        }
        if (parsed.commandSpec().optionsMap().containsKey("--key")) {
            options.addAll(secrets());
        }
        return sorted(options);
    }

    private static ParseResult parse(CommandLine root, List<String> words) {
        setCollectErrors(root);
        ParseResult parsed = root.parseArgs(words.toArray(String[]::new));
        while (true) {
            for (Exception error : parsed.errors()) {
                if (error instanceof ParameterException wrong && !(error instanceof MissingParameterException)) {
                    throw wrong;
                }
            }
            if (!parsed.hasSubcommand()) {
                break;
            }
            parsed = parsed.subcommand();
        }
        if (!parsed.commandSpec().subcommands().isEmpty()) {
            throw CommandGroup.missing(parsed.commandSpec());
        }
        return parsed;
    }

    private static void setCollectErrors(CommandLine line) {
        line.getCommandSpec().parser().collectErrors(true);
        line.getSubcommands().values().forEach(ShownOptions::setCollectErrors);
    }

    private ShownOption shown(ParseResult parsed, OptionSpec option) {
        if (parsed.hasMatchedOption(option)) {
            String value =
                    String.join(",", parsed.matchedOption(option.longestName()).originalStringValues());
            return shown(option, value.isEmpty() && isSwitch(option) ? "true" : value, Origin.COMMAND_LINE, "");
        }
        return configured(option).orElseGet(() -> shown(option, defaultOf(option), Origin.DEFAULT, ""));
    }

    private Optional<ShownOption> configured(OptionSpec option) {
        if (option.longestName().equals(ConfigDefaults.CONFIG_OPTION)) {
            return StationCommand.isFile(option) ? Optional.empty() : defaults.file();
        }
        return defaults.find(option).map(found -> shown(option, found.value(), found.origin(), found.source()));
    }

    private static ShownOption shown(OptionSpec option, String value, Origin origin, String source) {
        return new ShownOption(option.longestName(), isUrl(option) ? withoutSecrets(value) : value, origin, source);
    }

    private static boolean isSwitch(OptionSpec option) {
        return option.type() == boolean.class;
    }

    /** A URL may hold a password, or a signature that opens what it names. */
    private static boolean isUrl(OptionSpec option) {
        return option.paramLabel().equals("URL");
    }

    /** A password may hold any character, so all up to the last @ goes; then the query. */
    private static String withoutSecrets(String url) {
        return url.replaceFirst("(?s)^((?:[A-Za-z][A-Za-z0-9+.-]*://)?).*@", "$1***@")
                .replaceFirst("(?s)[?#].*", "?***");
    }

    private static String defaultOf(OptionSpec option) {
        if (option.defaultValue() != null) {
            return option.defaultValue();
        }
        if (isSwitch(option)) {
            return "false";
        }
        Matcher text = DEFAULT.matcher(String.join(" ", option.description()));
        String value = text.find() ? text.group(1) : "";
        return text.find() ? "" : value;
    }

    /** Returns what only the environment may hold. */
    private List<ShownOption> secrets() {
        return Stream.of("KEY_PASSWORD", "PROXY_PASSWORD")
                .map(name -> ConfigDefaults.ENVIRONMENT_PREFIX + name)
                .filter(name -> !environment.getOrDefault(name, "").isEmpty())
                .map(name -> new ShownOption(name, NOT_SHOWN, Origin.ENVIRONMENT, name))
                .toList();
    }

    private static List<ShownOption> sorted(List<ShownOption> options) {
        return options.stream().sorted(Comparator.comparing(ShownOption::name)).toList();
    }
}
