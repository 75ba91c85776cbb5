package dev.fotabridge.host.cli;

import dev.fotabridge.host.api.FotaException;
import dev.fotabridge.host.api.Reason;
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

    private static final String CONFIG_OPTION = "--config";

    private final Map<String, String> environment;
    private final Map<String, String> file;

    private ConfigDefaults(Map<String, String> environment, Map<String, String> file) {
        this.environment = environment;
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
        Optional<String> argument = fromArguments(args);
        if (argument.filter(String::isBlank).isPresent()) {
            throw new FotaException(Reason.CONFIGURATION, CONFIG_OPTION + " cannot be used: " + Sentences.EMPTY + ".");
        }
        Optional<Path> named = argument.or(() -> Optional.ofNullable(environment.get(ENVIRONMENT_PREFIX + "CONFIG")))
                .filter(name -> !name.isBlank())
                .map(Path::of);
        Optional<Path> path = named.or(() -> standardFile(environment).filter(Files::exists));
        return new ConfigDefaults(environment, path.isEmpty() ? Map.of() : ConfigFile.read(path.get(), known));
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
        if (!(argument instanceof OptionSpec option) || option.usageHelp() || option.versionHelp()) {
            return null;
        }
        String name = nameOf(option);
        String variable = ENVIRONMENT_PREFIX + name.toUpperCase(Locale.ROOT).replace('-', '_');
        String fromEnvironment = environment.get(variable);
        return fromEnvironment != null && !fromEnvironment.isBlank() ? fromEnvironment : file.get(name);
    }
}
