package dev.fotabridge.host.value;

import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * A board's name as documents and options have it: Zephyr's ({@code nrf9160dk_nrf9160_ns}, {@code nrf9160dk/nrf9160/ns}, with a
 * revision or without), or a name that another tool has for it. A name without a SoC stands for all of that board's types.
 */
public final class BoardName {
    /** Nordic's asset tracker writes 9160DK and Thingy91; Zephyr before 2.5 had nrf9160_pca10090 and nrf9160_pca20035. */
    private static final Map<String, String> OTHER_NAMES = Map.of(
            "9160dk", "nrf9160dk",
            "pca10090", "nrf9160dk",
            "nrf9160_pca10090", "nrf9160dk_nrf9160",
            "pca20035", "thingy91",
            "nrf9160_pca20035", "thingy91_nrf9160");

    /** A development board of Nordic's. */
    private static final Pattern NORDIC = Pattern.compile("(?:nrf[0-9]{4,5}|thingy[0-9]{2}).*");

    /** A board type in Zephyr's form, with something in it that no plain word has. */
    private static final Pattern ZEPHYR =
            Pattern.compile("(?=.*[a-z])(?=.*[0-9_/])[a-z0-9]+(?:_[a-z0-9]+)*(?:@[a-z0-9.]+)?(?:/[a-z0-9_]+)*");

    private final String given;
    private final String normal;

    /** Takes any text. */
    public BoardName(String text) {
        given = text.strip();
        normal = normal(given);
    }

    /** Whether this text can name a board at all, and is not a word that other tools keep in a field of the same name. */
    public static boolean isBoard(String text) {
        BoardName name = new BoardName(text);
        return ZEPHYR.matcher(name.given).matches()
                || NORDIC.matcher(name.normal).matches();
    }

    /** Whether it names the board that says it is of this type. */
    public boolean names(String boardType) {
        String board = normal(boardType);
        boolean isAnySoc = normal.indexOf('_') < 0;
        return board.equals(normal) || isAnySoc && board.startsWith(normal + "_");
    }

    private static String normal(String text) {
        String name = text.toLowerCase(Locale.ROOT)
                .replace('/', '_')
                .replaceFirst("@[0-9a-z.]+", "")
                .replaceAll("[\\s:-]", "")
                .replaceFirst("(?<=[0-9])ns$", "_ns");
        String bare = name.replaceFirst("_ns$", "");
        return OTHER_NAMES.getOrDefault(bare, bare) + name.substring(bare.length());
    }
}
