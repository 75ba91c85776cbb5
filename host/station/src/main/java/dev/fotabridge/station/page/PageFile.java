package dev.fotabridge.station.page;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * A file that a browser gets. Tested by PageFilesTest.
 *
 * @param contentType for the browser
 * @param text what it holds
 * @param etag changes with the text
 */
public record PageFile(String contentType, String text, String etag) {
    private static final int ETAG_BYTES = 16;

    static PageFile of(String contentType, String text) {
        byte[] hash = sha256().digest(text.getBytes(StandardCharsets.UTF_8));
        return new PageFile(contentType, text, '"' + HexFormat.of().formatHex(hash, 0, ETAG_BYTES) + '"');
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
