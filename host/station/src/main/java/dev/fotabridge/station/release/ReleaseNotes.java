package dev.fotabridge.station.release;

import dev.fotabridge.host.api.FotaException;
import dev.fotabridge.host.api.TextFile;
import dev.fotabridge.station.yaml.YamlReader;
import dev.fotabridge.station.yaml.YamlSection;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What a release.yaml says. One release has one text, whenever and wherever it is written. Tested by ReleaseTest.
 *
 * @param name of the release
 * @param fileSha256 of the image's file, 64 hex digits
 * @param fileSize of the image's file in bytes
 * @param imageHash MCUboot's hash, which boards report
 * @param version in the image's header
 * @param board type of the boards that it is for; empty if any
 * @param signed whether the folder holds the public key that signed the image
 */
record ReleaseNotes(
        String name,
        String fileSha256,
        int fileSize,
        String imageHash,
        String version,
        Optional<String> board,
        boolean signed) {
    static final String FILE = "release.yaml";
    static final String IMAGE = "image.bin";
    static final String KEY = "public-key.pem";

    /** Of the name of a release: it stands in records, CSV and on the page. */
    static final Pattern NAME = Pattern.compile("[a-zA-Z0-9][a-zA-Z0-9._+-]{0,63}");

    static final String NAME_WORDS = "1 to 64 letters, digits, '.', '_', '+' and '-', the first a letter or a digit";

    /** Of a board's type: Zephyr's names have no others. */
    static final Pattern BOARD = Pattern.compile("[a-zA-Z0-9_@./-]{1,64}");

    private static final int FORMAT = 1;
    private static final int LARGEST = 16 << 20;
    private static final Pattern HASH = Pattern.compile("[0-9a-f]{64}");
    private static final List<String> KEYS =
            List.of("release", "name", "image", "fileSha256", "fileSize", "imageHash", "version", "board", "publicKey");

    /**
     * Reads the text of a release.yaml.
     *
     * @throws FotaException CONFIGURATION
     */
    static ReleaseNotes parse(TextFile text) throws FotaException {
        YamlSection notes = YamlSection.of(YamlReader.parse(text), "a release", KEYS);
        notes.require("release", notes.number("release", FORMAT, FORMAT));
        // Other names would be paths that lead out of the folder.
        notes.require("image", notes.text("image", Pattern.compile(Pattern.quote(IMAGE)), IMAGE));
        Optional<String> key = notes.text("publicKey", Pattern.compile(Pattern.quote(KEY)), KEY);
        return new ReleaseNotes(
                notes.require("name", notes.text("name", NAME, NAME_WORDS)),
                hash(notes, "fileSha256"),
                notes.require("fileSize", notes.number("fileSize", 1, LARGEST)),
                hash(notes, "imageHash"),
                notes.require("version", notes.text("version")),
                notes.text("board", BOARD, "a board's type"),
                key.isPresent());
    }

    private static String hash(YamlSection notes, String key) throws FotaException {
        return notes.require(key, notes.text(key, HASH, "64 hex digits in small letters"));
    }

    /** {@return the text of the file} */
    byte[] text() {
        StringBuilder text =
                new StringBuilder("# Approved firmware. 'fota-bridge station release verify DIR' checks it.\n");
        line(text, "release", Integer.toString(FORMAT));
        line(text, "name", quoted(name));
        line(text, "image", IMAGE);
        line(text, "fileSha256", fileSha256);
        line(text, "fileSize", Integer.toString(fileSize));
        line(text, "imageHash", imageHash);
        line(text, "version", quoted(version));
        board.ifPresent(type -> line(text, "board", quoted(type)));
        if (signed) {
            line(text, "publicKey", KEY);
        }
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static void line(StringBuilder text, String key, String value) {
        text.append(key).append(": ").append(value).append('\n');
    }

    /** The values have no quotes and no backslashes. */
    private static String quoted(String value) {
        return '"' + value + '"';
    }
}
