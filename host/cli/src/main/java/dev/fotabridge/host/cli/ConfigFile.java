package dev.fotabridge.host.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import dev.fotabridge.host.api.FotaException;
import dev.fotabridge.host.api.Reason;
import dev.fotabridge.host.api.TextFile;
import dev.fotabridge.host.value.PlainText;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import picocli.CommandLine.Model.OptionSpec;

/**
 * Reads the YAML file of options. A value is the text that is written there, as on the command line: YAML's own numbers and
 * booleans would make another thing of one called {@code 0012}, {@code 1_000} or {@code on}. Read token by token, so that
 * nothing in the file can grow: what is nested, or an alias, is refused where it stands.
 * Tested by ConfigDefaultsTest.
 */
final class ConfigFile {
    private static final int MAX_BYTES = 1 << 20;

    /** YAML 1.1's words for a switch, in lower case; {@code true} and {@code false} are picocli's own. */
    private static final Set<String> YES = Set.of("yes", "on", "y", "true");

    private static final Set<String> NO = Set.of("no", "off", "n", "false");

    private final Path path;
    private final Map<String, OptionSpec> known;
    private final YAMLParser parser;
    private final Map<String, String> values = new HashMap<>();
    private final Map<String, Integer> lines = new HashMap<>();

    private ConfigFile(Path path, Map<String, OptionSpec> known, YAMLParser parser) {
        this.path = path;
        this.known = known;
        this.parser = parser;
    }

    /**
     * Blocks for as long as the disk takes.
     *
     * @param known the options by their names, without dashes in front
     * @return the value of each option that the file names
     * @throws FotaException CONFIGURATION, naming file, line and key
     */
    static Map<String, String> read(Path path, Map<String, OptionSpec> known) throws FotaException {
        TextFile text = TextFile.read(path, "configuration file", MAX_BYTES, Reason.CONFIGURATION);
        try (YAMLParser parser = new YAMLFactory().createParser(text.text())) {
            ConfigFile file = new ConfigFile(path, known, parser);
            file.read();
            return file.values;
        } catch (JsonProcessingException e) {
            throw wrong(
                    path,
                    text.noYaml(e.getLocation() == null ? 0 : e.getLocation().getLineNr()));
        } catch (IOException e) {
            throw wrong(path, "it is no YAML (" + e.getMessage() + ")");
        }
    }

    private void read() throws IOException, FotaException {
        JsonToken token = parser.nextToken();
        if (token == null || token == JsonToken.VALUE_NULL && parser.getText().isEmpty()) {
            return;
        }
        if (token != JsonToken.START_OBJECT) {
            throw wrong(path, "it must be lines of 'option: value'");
        }
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            option(parser.getText());
        }
        if (parser.nextToken() != null) {
            throw wrong(path, "line " + line() + " begins a second document; there can be one only");
        }
    }

    private void option(String name) throws IOException, FotaException {
        int line = line();
        if (!known.containsKey(name)) {
            throw wrong(path, "'" + PlainText.name(name) + "' in line " + line + " is no option" + meant(name));
        }
        Integer before = lines.put(name, line);
        if (before != null) {
            throw wrong(path, "'" + name + "' stands twice, in lines " + before + " and " + line);
        }
        OptionSpec option = known.get(name);
        if (parser.nextToken() == JsonToken.START_ARRAY && takesList(option)) {
            list(name);
        } else {
            values.put(name, isSwitch(option) ? word(scalar(name)) : scalar(name));
        }
    }

    private String meant(String name) {
        return NearestWord.of(name, known.keySet())
                .map(word -> "; did you mean '" + word + "'?")
                .orElse("");
    }

    private void list(String name) throws IOException, FotaException {
        List<String> items = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            items.add(scalar(name));
        }
        if (!items.isEmpty()) {
            values.put(name, String.join(",", items));
        }
    }

    private String scalar(String name) throws IOException, FotaException {
        JsonToken token = parser.currentToken();
        String where = "'" + name + "' in line " + line();
        if (parser.isCurrentAlias()) {
            throw wrong(
                    path, where + " has an alias (*" + PlainText.name(parser.getText()) + "): write the value itself");
        }
        if (token == JsonToken.START_OBJECT || token == JsonToken.START_ARRAY) {
            throw wrong(
                    path,
                    where + " has a " + (token == JsonToken.START_ARRAY ? "list" : "mapping") + " in it: it"
                            + " takes one value");
        }
        if (token == JsonToken.VALUE_NULL && parser.getText().isEmpty()) {
            throw wrong(path, where + " has no value");
        }
        return parser.getText();
    }

    private int line() {
        return parser.currentTokenLocation().getLineNr();
    }

    /** One that may be given several times, or takes several values with commas between them. */
    private static boolean takesList(OptionSpec option) {
        return !option.splitRegex().isEmpty() || option.paramLabel().contains(",");
    }

    private static boolean isSwitch(OptionSpec option) {
        return option.type() == boolean.class || option.type() == Boolean.class;
    }

    private static String word(String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        return YES.contains(lower) ? "true" : NO.contains(lower) ? "false" : text;
    }

    private static FotaException wrong(Path path, String what) {
        return new FotaException(
                Reason.CONFIGURATION, "The configuration file " + path + ": " + what + (what.endsWith("?") ? "" : "."));
    }
}
