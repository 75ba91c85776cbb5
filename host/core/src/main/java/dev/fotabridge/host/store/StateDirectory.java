package dev.fotabridge.host.store;

import dev.fotabridge.host.api.FotaException;
import dev.fotabridge.host.api.Reason;
import dev.fotabridge.host.value.Sha256;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Where things are kept over restarts:
 *
 * <pre>
 * outbox/THING/     final states that AWS has not taken yet
 * journal/BAY.json  the update under way, and BAY.durable beside it
 * cache/            images, shared by all boards
 * rates/BOARD.json  which rates its line did not carry
 * </pre>
 * Tested by StateFilesTest.
 */
public record StateDirectory(Path root) {
    /** For commands that keep nothing: no file can be there or be made. */
    public static final StateDirectory NONE = new StateDirectory(Path.of("/dev/null/no-state-directory"));

    /** Leaves room for what is put behind a name: a file system takes 255 bytes, an encrypted one 143. */
    private static final int MAX_PLAIN_NAME = 80;

    private static final int HASH_DIGITS = 32;

    /**
     * {@code $XDG_STATE_HOME/fota-bridge}, or {@code .local/state/fota-bridge} in the user's home.
     *
     * @param environment of the process
     * @throws FotaException CONFIGURATION when the user has no home
     */
    public static StateDirectory standard(Map<String, String> environment) throws FotaException {
        Path base = absolute(environment.get("XDG_STATE_HOME"))
                .or(() -> home(environment).map(home -> home.resolve(".local").resolve("state")))
                .orElseThrow(
                        () -> new FotaException(
                                Reason.CONFIGURATION,
                                "There is no home directory to keep journals and images in: HOME is not set to an absolute path, and"
                                        + " the user database has none for this user. Name a directory by --state-dir, or set HOME."));
        return new StateDirectory(base.resolve("fota-bridge"));
    }

    /**
     * {@code $HOME}, as everywhere else; only without it what the virtual machine has read from the user database, which is
     * {@code ?} for an unknown user. A path that is not absolute would be another place in each current directory: it counts
     * as none, as the XDG specification has it.
     */
    public static Optional<Path> home(Map<String, String> environment) {
        return home(environment, System.getProperty("user.home"));
    }

    /** Returns the home that the environment names, or else the user database. */
    public static Optional<Path> home(Map<String, String> environment, String ofDatabase) {
        return absolute(environment.get("HOME")).or(() -> absolute(ofDatabase));
    }

    /** A directory that the environment names, if it does so by an absolute path. */
    public static Optional<Path> absolute(String path) {
        return Optional.ofNullable(path).map(Path::of).filter(Path::isAbsolute);
    }

    /** Returns the directory of final states that AWS has not taken. */
    public Path outbox(String thing) {
        return root.resolve("outbox").resolve(fileName(thing));
    }

    /** Returns the file of the journals of a bay. */
    public Path journal(String bay) {
        return root.resolve("journal").resolve(fileName(bay) + ".json");
    }

    /**
     * Returns the files of the journals of all bays, in the order of their names.
     *
     * @throws FotaException STORAGE_UNWRITABLE if the directory cannot be read
     */
    public List<Path> journals() throws FotaException {
        Path directory = root.resolve("journal");
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> file.toString().endsWith(".json"))
                    .sorted()
                    .toList();
        } catch (UncheckedIOException e) {
            throw StorageFailure.reading(directory, e.getCause());
        } catch (IOException e) {
            throw StorageFailure.reading(directory, e);
        }
    }

    /** Returns the file of the rates that a board's line does not carry. */
    public Path rates(String board) {
        return root.resolve("rates").resolve(fileName(board) + ".json");
    }

    /** Returns the directory of images. */
    public Path cache() {
        return root.resolve("cache");
    }

    /**
     * Any name as a file name of 113 bytes at most; two names never meet in one file. What is not plain is written as its code.
     * A name that is too long for that, or has capitals, which some file systems do not tell from small letters, is told apart
     * by a hash of it.
     */
    public static String fileName(String name) {
        StringBuilder text = new StringBuilder();
        for (char c : name.toCharArray()) {
            boolean plain = c < 128 && (Character.isLetterOrDigit(c) || c == '-' || c == '_');
            text.append(plain ? Character.toString(c) : "%" + HexFormat.of().toHexDigits(c));
        }
        String escaped = text.toString();
        boolean small = escaped.equals(escaped.toLowerCase(Locale.ROOT));
        return small && escaped.length() <= MAX_PLAIN_NAME
                ? escaped
                : escaped.substring(0, Math.min(MAX_PLAIN_NAME, escaped.length())) + "~" + hash(name);
    }

    private static String hash(String name) {
        return Sha256.over(StandardCharsets.UTF_8.encode(name)).hex().substring(0, HASH_DIGITS);
    }
}
