package dev.fotabridge.host.cli;

import dev.fotabridge.host.api.FotaException;
import dev.fotabridge.host.api.Reason;
import dev.fotabridge.host.cli.ShownOption.Origin;
import dev.fotabridge.host.store.StateDirectory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import picocli.CommandLine;
import picocli.CommandLine.IDefaultValueProvider;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;

/** Where options come from that are not on the command line: the environment first, then the YAML file. */
final class ConfigDefaults implements IDefaultValueProvider {
    static final String ENVIRONMENT_PREFIX = "FOTA_BRIDGE_";

    static final String CONFIG_OPTION = "--config";

    private final Map<String, String> environment;
    private final Map<String, String> values;
    private final Optional<ShownOption> file;

    private ConfigDefaults(Map<String, String> environment, Map<String, String> values, Optional<ShownOption> file) {
        this.environment = environment;
        this.values = values;
        this.file = file;
    }

    /**
     * Finds and reads the file: {@code --config}, else {@code FOTA_BRIDGE_CONFIG}, else {@code fota-bridge/config.yaml} in
     * the user's configuration directory if it is there.
     *
     * @param known all options by their names, without dashes in front
     * @throws FotaException CONFIGURATION, naming file and key
     */
    static ConfigDefaults load(String[] args, Map<String, String> environment, Map<String, OptionSpec> known)
            throws FotaException {
        Optional<String> argument = StationCommand.takesFile(args) ? Optional.empty() : fromArguments(args);
        if (argument.filter(String::isBlank).isPresent()) {
            throw new FotaException(Reason.CONFIGURATION, CONFIG_OPTION + " cannot be used: " + Sentences.EMPTY + ".");
        }
        Optional<ShownOption> file = argument.map(name -> file(name, Origin.COMMAND_LINE, ""))
                .or(() -> variable(environment, "CONFIG")
                        .map(name -> file(name, Origin.ENVIRONMENT, ENVIRONMENT_PREFIX + "CONFIG")))
                .or(() -> standardFile(environment)
                        .filter(Files::exists)
                        .map(path -> file(path.toString(), Origin.DEFAULT, "")));
        return new ConfigDefaults(
                environment,
                file.isEmpty() ? Map.of() : ConfigFile.read(Path.of(file.get().value()), known),
                file);
    }

    private static ShownOption file(String path, Origin origin, String source) {
        return new ShownOption(CONFIG_OPTION, path, origin, source);
    }

    private static Optional<String> variable(Map<String, String> environment, String name) {
        return Optional.ofNullable(environment.get(ENVIRONMENT_PREFIX + name)).filter(value -> !value.isBlank());
    }

    private static Optional<String> fromArguments(String[] args) {
        for (int i = 0; i < args.length; i++) {
            if (args[i].startsWith(CONFIG_OPTION + "=")) {
                return Optional.of(args[i].substring(CONFIG_OPTION.length() + 1));
            }
            if (args[i].equals(CONFIG_OPTION) && i + 1 < args.length) {
                return Optional.of(args[i + 1]);
            }
        }
        return Optional.empty();
    }

    /** Of this user, if the user has a place for such files. */
    private static Optional<Path> standardFile(Map<String, String> environment) {
        return StateDirectory.absolute(environment.get("XDG_CONFIG_HOME"))
                .or(() -> StateDirectory.home(environment).map(home -> home.resolve(".config")))
                .map(directory -> directory.resolve("fota-bridge").resolve("config.yaml"));
    }

    /** The options of all commands below this one, by their long names without dashes. */
    static Map<String, OptionSpec> options(CommandLine line) {
        Map<String, OptionSpec> options = new TreeMap<>();
        line.getCommandSpec().options().forEach(option -> options.put(nameOf(option), option));
        line.getSubcommands().values().forEach(sub -> options.putAll(options(sub)));
        options.keySet().removeAll(Set.of("help", "version", "config"));
        return options;
    }

    private static String nameOf(OptionSpec option) {
        return option.longestName().replaceFirst("^-+", "");
    }

    @Override
    public String defaultValue(ArgSpec argument) {
        if (!(argument instanceof OptionSpec option)
                || option.usageHelp()
                || option.versionHelp()
                || StationCommand.isFile(option)) {
            return null;
        }
        return find(option).map(ShownOption::value).orElse(null);
    }

    /** Returns what environment or file set for an option, as it is written there. */
    Optional<ShownOption> find(OptionSpec option) {
        String name = nameOf(option);
        String variable = name.toUpperCase(Locale.ROOT).replace('-', '_');
        return variable(environment, variable)
                .map(value ->
                        new ShownOption(option.longestName(), value, Origin.ENVIRONMENT, ENVIRONMENT_PREFIX + variable))
                .or(() -> Optional.ofNullable(values.get(name))
                        .map(value -> new ShownOption(
                                option.longestName(),
                                value,
                                Origin.FILE,
                                file.orElseThrow().value())));
    }

    /** Returns the file that is used, as the option that names it. */
    Optional<ShownOption> file() {
        return file;
    }
}
