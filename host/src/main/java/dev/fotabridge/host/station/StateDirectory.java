package dev.fotabridge.host.station;

import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Map;

/**
 * Where things are kept over restarts:
 *
 * <pre>
 * outbox/THING/     final states that AWS has not taken yet
 * journal/BAY.json  the update under way, and BAY.durable beside it
 * cache/            images, shared by all boards
 * rates/BOARD.json  which rates its line did not carry
 * </pre>
 */
public record StateDirectory(Path root) {
    /**
     * {@code $XDG_STATE_HOME/fota-bridge}, or {@code .local/state/fota-bridge} in the user's home.
     *
     * @param environment of the process
     */
    public static StateDirectory standard(Map<String, String> environment) {
        String state = environment.getOrDefault("XDG_STATE_HOME", "");
        Path base = state.isBlank() ? home(environment).resolve(".local").resolve("state") : Path.of(state);
        return new StateDirectory(base.resolve("fota-bridge"));
    }

    /** {@code $HOME}, as everywhere else; only without it what the virtual machine has read from the user database. */
    public static Path home(Map<String, String> environment) {
        String home = environment.getOrDefault("HOME", "");
        return Path.of(home.isBlank() ? System.getProperty("user.home") : home);
    }

    Path outbox(String thing) {
        return root.resolve("outbox").resolve(fileName(thing));
    }

    Path journal(String bay) {
        return root.resolve("journal").resolve(fileName(bay) + ".json");
    }

    Path rates(String board) {
        return root.resolve("rates").resolve(fileName(board) + ".json");
    }

    Path cache() {
        return root.resolve("cache");
    }

    /** Any name as a file name: what is not plain is written as its code, so that two names never meet in one file. */
    static String fileName(String name) {
        StringBuilder text = new StringBuilder();
        for (char c : name.toCharArray()) {
            boolean plain = c < 128 && (Character.isLetterOrDigit(c) || c == '-' || c == '_');
            text.append(plain ? Character.toString(c) : "%" + HexFormat.of().toHexDigits(c));
        }
        return text.toString();
    }
}
