package dev.fotabridge.station.yaml;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import dev.fotabridge.host.api.FotaException;
import dev.fotabridge.host.api.Reason;
import dev.fotabridge.host.api.TextFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Reads one YAML file, token by token, so that nothing in it can grow: an alias is refused where it stands. */
public final class YamlReader {
    private static final int MAX_BYTES = 1 << 20;
    private static final int MAX_DEPTH = 8;
    private static final int MAX_NAME_CHARS = 100;

    private final String file;
    private final YAMLParser parser;

    private YamlReader(String file, YAMLParser parser) {
        this.file = file;
        this.parser = parser;
    }

    /**
     * Reads a file; blocks for as long as the disk takes.
     *
     * @throws FotaException CONFIGURATION, naming the file and, where it has one, the line
     */
    public static YamlNode read(Path path) throws FotaException {
        return parse(text(path));
    }

    /**
     * Reads the text of a file, to be parsed; blocks for as long as the disk takes.
     *
     * @throws FotaException CONFIGURATION, naming the file
     */
    public static TextFile text(Path path) throws FotaException {
        return TextFile.read(path, "file", MAX_BYTES, Reason.CONFIGURATION);
    }

    /**
     * Reads the text of a file.
     *
     * @return the document's mapping
     * @throws FotaException CONFIGURATION
     */
    public static YamlNode parse(TextFile text) throws FotaException {
        String file = text.path().toString();
        try (YAMLParser parser = new YAMLFactory().createParser(text.text())) {
            return new YamlReader(file, parser).document();
        } catch (JsonProcessingException e) {
            throw YamlNode.wrong(
                    file,
                    text.noYaml(e.getLocation() == null ? 0 : e.getLocation().getLineNr()));
        } catch (IOException e) {
            throw YamlNode.wrong(file, "it is no YAML (" + e.getMessage() + ")");
        }
    }

    private YamlNode document() throws IOException, FotaException {
        if (parser.nextToken() != JsonToken.START_OBJECT) {
            throw wrong("it must be lines of 'key: value'");
        }
        YamlNode document = map(1);
        if (parser.nextToken() != null) {
            throw wrong("line " + line() + " begins a second document; there can be one only");
        }
        return document;
    }

    private YamlNode map(int depth) throws IOException, FotaException {
        int line = line();
        YamlNode.Entries entries = new YamlNode.Entries();
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String key = parser.getText();
            int keyLine = line();
            if (entries.lineOf(key) > 0) {
                throw wrong("'" + name(key) + "' stands twice, in lines " + entries.lineOf(key) + " and " + keyLine);
            }
            parser.nextToken();
            entries.add(key, keyLine, value(depth));
        }
        return YamlNode.map(file, line, entries);
    }

    private YamlNode list(int depth) throws IOException, FotaException {
        int line = line();
        List<YamlNode> items = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            items.add(value(depth));
        }
        return YamlNode.list(file, line, items);
    }

    private YamlNode value(int depth) throws IOException, FotaException {
        JsonToken token = parser.currentToken();
        if (parser.isCurrentAlias()) {
            throw wrong("line " + line() + " has an alias (*" + name(parser.getText()) + "): write the value itself");
        } else if (token.isStructStart()) {
            if (depth == MAX_DEPTH) {
                throw wrong("line " + line() + " is nested deeper than " + MAX_DEPTH + " levels");
            }
            return token == JsonToken.START_ARRAY ? list(depth + 1) : map(depth + 1);
        }
        boolean nothing = token == JsonToken.VALUE_NULL && parser.getText().isEmpty();
        return nothing ? YamlNode.nothing(file, line()) : YamlNode.text(file, line(), parser.getText());
    }

    private int line() {
        return parser.currentTokenLocation().getLineNr();
    }

    /** Text of the file within a sentence: on one line, and not endless. */
    static String name(String text) {
        String line = text.replaceAll("[\\p{C}\\p{Zl}\\p{Zp}]", "?");
        return line.length() > MAX_NAME_CHARS ? line.substring(0, MAX_NAME_CHARS) + "…" : line;
    }

    private FotaException wrong(String what) {
        return YamlNode.wrong(file, what);
    }
}
