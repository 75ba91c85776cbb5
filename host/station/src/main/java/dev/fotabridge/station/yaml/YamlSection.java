package dev.fotabridge.station.yaml;

import dev.fotabridge.host.api.FotaException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A mapping whose keys are known. What is wrong with a value is said with its key, its line and what may stand there. Immutable.
 * Tested by StationFileTest.
 */
public final class YamlSection {
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,9}");
    private static final Pattern PLAIN = Pattern.compile("[^\\p{C}\\p{Zl}\\p{Zp}]{1,1024}");

    private final YamlNode map;
    private final String what;

    private YamlSection(YamlNode map, String what) {
        this.map = map;
        this.what = what;
    }

    /**
     * Takes a mapping.
     *
     * @param node the mapping
     * @param what it is, for sentences, such as {@code a bay}
     * @param keys all that it may have
     * @throws FotaException CONFIGURATION if it is no mapping, or has another key
     */
    public static YamlSection of(YamlNode node, String what, List<String> keys) throws FotaException {
        if (node.kind() != YamlNode.Kind.MAP) {
            throw node.wrong("line " + node.line() + " has " + node.kind().words() + " where " + what
                    + " is expected, which is a mapping of " + String.join(", ", keys));
        }
        for (var key : node.keyLines().entrySet()) {
            if (!keys.contains(key.getKey())) {
                throw node.wrong("'" + YamlReader.name(key.getKey()) + "' in line " + key.getValue() + " is no key of "
                        + what + "; its keys are " + String.join(", ", keys));
            }
        }
        return new YamlSection(node, what);
    }

    /** {@return whether the key is there} */
    public boolean has(String key) {
        return map.entries().containsKey(key);
    }

    /** {@return line of the key; of the section if it is not there} */
    public int line(String key) {
        return map.keyLines().getOrDefault(key, map.line());
    }

    /**
     * Returns a text, of 1 to 1 024 characters on one line.
     *
     * @throws FotaException CONFIGURATION if it is no such text
     */
    public Optional<String> text(String key) throws FotaException {
        return has(key) ? Optional.of(text(key, map.entries().get(key))) : Optional.empty();
    }

    /**
     * Returns a text that must look like a pattern.
     *
     * @param pattern what all of it must match
     * @param like the pattern in words, for the sentence
     * @throws FotaException CONFIGURATION if it does not
     */
    public Optional<String> text(String key, Pattern pattern, String like) throws FotaException {
        Optional<String> text = text(key);
        if (text.filter(value -> !pattern.matcher(value).matches()).isPresent()) {
            throw wrong(key, "is '" + YamlReader.name(text.get()) + "': it must be " + like);
        }
        return text;
    }

    private String text(String key, YamlNode node) throws FotaException {
        if (node.kind() != YamlNode.Kind.TEXT) {
            throw wrong(key, "has " + node.kind().words() + ": it takes one value");
        }
        String text = node.text();
        if (text.isBlank() || !PLAIN.matcher(text).matches()) {
            throw wrong(key, "must be one line of 1 to 1024 plain characters");
        }
        return text;
    }

    /** {@return a value that must be there} */
    public <T> T require(String key, Optional<T> value) throws FotaException {
        return value.orElseThrow(() -> missing(key));
    }

    /** Requires a key. */
    public void require(String key) throws FotaException {
        if (!has(key)) {
            throw missing(key);
        }
    }

    private FotaException missing(String key) {
        return map.wrong("'" + key + "' is missing in " + what + ", which begins in line " + map.line());
    }

    /**
     * Returns a whole number.
     *
     * @throws FotaException CONFIGURATION if it is none from least to most
     */
    public Optional<Integer> number(String key, int least, int most) throws FotaException {
        Optional<String> text = text(key);
        if (text.isEmpty()) {
            return Optional.empty();
        }
        boolean fits = NUMBER.matcher(text.get()).matches()
                && Integer.parseInt(text.get()) >= least
                && Integer.parseInt(text.get()) <= most;
        if (!fits) {
            throw wrong(
                    key,
                    "is '" + YamlReader.name(text.get()) + "': it must be a whole number from " + least + " to "
                            + most);
        }
        return Optional.of(Integer.parseInt(text.get()));
    }

    /**
     * Returns a constant that is written in small letters.
     *
     * @throws FotaException CONFIGURATION if it is none of them
     */
    public <E extends Enum<E>> Optional<E> word(String key, Class<E> type) throws FotaException {
        List<E> all = Arrays.asList(type.getEnumConstants());
        Optional<String> text = text(key);
        if (text.isEmpty()) {
            return Optional.empty();
        }
        Optional<E> found =
                all.stream().filter(e -> small(e).equals(text.get())).findFirst();
        if (found.isEmpty()) {
            throw wrong(
                    key,
                    "is '" + YamlReader.name(text.get()) + "': it must be one of "
                            + String.join(
                                    ", ", all.stream().map(YamlSection::small).toList()));
        }
        return found;
    }

    private static String small(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    /** {@return the mapping below the key} */
    public Optional<YamlSection> section(String key, String name, List<String> keys) throws FotaException {
        return has(key) ? Optional.of(of(map.entries().get(key), name, keys)) : Optional.empty();
    }

    /**
     * Returns the values of a list.
     *
     * @param most values
     * @return empty if the key is not there
     * @throws FotaException CONFIGURATION if it is no list, is empty, or has more
     */
    public List<YamlNode> list(String key, int most) throws FotaException {
        if (!has(key)) {
            return List.of();
        }
        YamlNode node = map.entries().get(key);
        if (node.kind() != YamlNode.Kind.LIST) {
            throw wrong(key, "has " + node.kind().words() + ": it takes a list");
        } else if (node.items().isEmpty() || node.items().size() > most) {
            throw wrong(key, "has " + node.items().size() + " values: it takes 1 to " + most);
        }
        return node.items();
    }

    /**
     * Returns texts of a list's value, which is a text or a list of texts.
     *
     * @throws FotaException CONFIGURATION if it is neither
     */
    public List<String> words(String key, YamlNode node) throws FotaException {
        List<YamlNode> nodes = node.kind() == YamlNode.Kind.LIST ? node.items() : List.of(node);
        String[] words = new String[nodes.size()];
        for (int i = 0; i < words.length; i++) {
            words[i] = text(key, nodes.get(i));
        }
        return List.of(words);
    }

    /** {@return an exception that names file, key and line, for the caller to throw} */
    public FotaException wrong(String key, String how) {
        return map.wrong("'" + key + "' in line " + line(key) + " " + how);
    }
}
