package dev.fotabridge.host.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.fotabridge.host.outcome.FotaException;
import dev.fotabridge.host.outcome.Reason;
import dev.fotabridge.host.station.StateDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import picocli.CommandLine;
import picocli.CommandLine.IDefaultValueProvider;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;

/** Where options come from that are not on the command line: the environment first, then the YAML file. */
final class ConfigDefaults implements IDefaultValueProvider {
    static final String ENVIRONMENT_PREFIX = "FOTA_BRIDGE_";

    private static final long MAX_FILE_BYTES = 1 << 20;
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
     * @param known names of all options, without dashes in front
     * @throws FotaException CONFIGURATION, naming file and key
     */
    static ConfigDefaults load(String[] args, Map<String, String> environment, Set<String> known) throws FotaException {
        Optional<Path> named = fromArguments(args)
                .or(() -> Optional.ofNullable(environment.get(ENVIRONMENT_PREFIX + "CONFIG")))
                .filter(name -> !name.isBlank())
                .map(Path::of);
        Path path = named.orElseGet(() -> standardFile(environment));
        if (named.isEmpty() && !Files.exists(path)) {
            return new ConfigDefaults(environment, Map.of());
        }
        return new ConfigDefaults(environment, read(path, known));
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

    private static Path standardFile(Map<String, String> environment) {
        String base = environment.getOrDefault("XDG_CONFIG_HOME", "");
        Path directory = base.isBlank() ? StateDirectory.home(environment).resolve(".config") : Path.of(base);
        return directory.resolve("fota-bridge").resolve("config.yaml");
    }

    private static Map<String, String> read(Path path, Set<String> known) throws FotaException {
        JsonNode root = parse(path);
        Map<String, String> values = new HashMap<>();
        for (Map.Entry<String, JsonNode> entry : root.properties()) {
            if (!known.contains(entry.getKey())) {
                throw wrong(path, "'" + entry.getKey() + "' is no option");
            }
            values.put(entry.getKey(), value(path, entry.getKey(), entry.getValue()));
        }
        return values;
    }

    private static JsonNode parse(Path path) throws FotaException {
        try {
            if (Files.size(path) > MAX_FILE_BYTES) {
                throw wrong(path, "it is larger than a configuration can be");
            }
            JsonNode root = new YAMLMapper().readTree(Files.readAllBytes(path));
            if (root.isMissingNode() || root.isNull()) {
                return new YAMLMapper().createObjectNode();
            }
            if (!root.isObject()) {
                throw wrong(path, "it must be lines of 'option: value'");
            }
            return root;
        } catch (JsonProcessingException e) {
            int line = e.getLocation() == null ? 0 : e.getLocation().getLineNr();
            throw wrong(path, "line " + line + " is no YAML");
        } catch (IOException e) {
            throw wrong(path, "it cannot be read");
        }
    }

    private static String value(Path path, String key, JsonNode node) throws FotaException {
        if (node.isArray()) {
            List<String> items = new ArrayList<>();
            for (JsonNode item : node) {
                items.add(value(path, key, item));
            }
            return String.join(",", items);
        }
        if (!node.isValueNode() || node.isNull()) {
            throw wrong(path, "'" + key + "' has no plain value");
        }
        return node.asText();
    }

    private static FotaException wrong(Path path, String what) {
        return new FotaException(Reason.CONFIGURATION, "The configuration file " + path + ": " + what + ".");
    }

    /** Long names of the options of all commands below this one. */
    static Set<String> optionNames(CommandLine line) {
        Set<String> names = new TreeSet<>();
        line.getCommandSpec().options().forEach(option -> names.add(nameOf(option)));
        line.getSubcommands().values().forEach(sub -> names.addAll(optionNames(sub)));
        names.removeAll(Set.of("help", "version", "config"));
        return names;
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
