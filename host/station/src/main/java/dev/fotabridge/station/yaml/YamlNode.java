package dev.fotabridge.station.yaml;

import dev.fotabridge.host.api.FotaException;
import dev.fotabridge.host.api.Reason;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A value in a YAML file. A text is what is written there: YAML's own numbers and booleans would make another thing of a station called
 * {@code 0012} or {@code on}. Immutable.
 * Tested by YamlReaderTest.
 */
public final class YamlNode {
    /** What a value is. */
    public enum Kind {
        /** One value. */
        TEXT("a value"),
        /** Values in a row. */
        LIST("a list"),
        /** Values by keys. */
        MAP("a mapping"),
        /** A key without a value. */
        NOTHING("nothing");

        private final String words;

        Kind(String words) {
            this.words = words;
        }

        /** {@return the kind in words} */
        public String words() {
            return words;
        }
    }

    private final String file;
    private final Kind kind;
    private final int line;
    private final String text;
    private final List<YamlNode> items;
    private final Map<String, YamlNode> entries;
    private final Map<String, Integer> keyLines;

    private YamlNode(String file, Kind kind, int line, String text, List<YamlNode> items, Entries entries) {
        this.file = file;
        this.kind = kind;
        this.line = line;
        this.text = text;
        this.items = List.copyOf(items);
        this.entries = Collections.unmodifiableMap(entries.values);
        this.keyLines = Collections.unmodifiableMap(entries.lines);
    }

    /** Values by keys, in the order of the file, while they are read. */
    static final class Entries {
        private final Map<String, YamlNode> values = new LinkedHashMap<>();
        private final Map<String, Integer> lines = new LinkedHashMap<>();

        /** Returns the line of an earlier value of this key; 0 if there is none. */
        int lineOf(String key) {
            return lines.getOrDefault(key, 0);
        }

        void add(String key, int line, YamlNode value) {
            lines.put(key, line);
            values.put(key, value);
        }
    }

    static YamlNode text(String file, int line, String text) {
        return new YamlNode(file, Kind.TEXT, line, text, List.of(), new Entries());
    }

    static YamlNode nothing(String file, int line) {
        return new YamlNode(file, Kind.NOTHING, line, "", List.of(), new Entries());
    }

    static YamlNode list(String file, int line, List<YamlNode> items) {
        return new YamlNode(file, Kind.LIST, line, "", items, new Entries());
    }

    static YamlNode map(String file, int line, Entries entries) {
        return new YamlNode(file, Kind.MAP, line, "", List.of(), entries);
    }

    /** {@return what this is} */
    public Kind kind() {
        return kind;
    }

    /** {@return line of the file in which it begins, from 1} */
    public int line() {
        return line;
    }

    /** {@return the text of a TEXT; empty otherwise} */
    public String text() {
        return text;
    }

    /** {@return the values of a LIST; empty otherwise} */
    public List<YamlNode> items() {
        return items;
    }

    /** {@return the values of a MAP by their keys, in the order of the file; empty otherwise} */
    public Map<String, YamlNode> entries() {
        return entries;
    }

    /** {@return lines of the keys of a MAP, in the order of the file} */
    public Map<String, Integer> keyLines() {
        return keyLines;
    }

    /** {@return an exception that names the file, for the caller to throw} */
    public FotaException wrong(String what) {
        return wrong(file, what);
    }

    static FotaException wrong(String file, String what) {
        return new FotaException(Reason.CONFIGURATION, "The file " + file + ": " + what + ".");
    }
}
