package dev.fotabridge.host.tls;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The blocks of a PEM file, found as OpenSSL finds them: a byte order mark, text around the blocks and blocks of other kinds
 * are passed over; BEGIN and END stand at the beginning of lines of their own. The one reader for certificates, keys and CA
 * files. Pure; where nothing is found, {@link #why} names the cause.
 */
public final class PemText {
    private static final Pattern BEGIN = Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----\\s*");
    private static final String MARK = "\u00EF\u00BB\u00BF";

    private final byte[] bytes;
    private final String text;
    private final List<Block> blocks = new ArrayList<>();
    private String unfinished = "";

    /**
     * One block.
     *
     * @param type e.g. {@code CERTIFICATE}
     * @param text all of it, BEGIN and END included; a line feed ends each line
     */
    public record Block(String type, String text) {
        /**
         * The bytes within; still encrypted if they are.
         *
         * @throws IllegalArgumentException if this is no Base64
         */
        public byte[] der() {
            String body = text.substring(text.indexOf('\n') + 1, text.lastIndexOf("-----END "));
            // Headers, as of an encrypted key (RFC 1421, 4.6), end with an empty line.
            int headers = body.contains(":") ? body.indexOf("\n\n") : -1;
            return Base64.getDecoder().decode(body.substring(headers + 1).replaceAll("\\s", ""));
        }

        /** Whether a password is needed. */
        boolean isEncrypted() {
            return type.startsWith("ENCRYPTED") || text.contains("\nProc-Type: 4,ENCRYPTED");
        }
    }

    /** Reads a whole file's bytes. */
    public PemText(byte[] bytes) {
        this.bytes = bytes;
        String all = new String(bytes, StandardCharsets.ISO_8859_1);
        text = all.startsWith(MARK) ? all.substring(MARK.length()) : all;
        find();
    }

    private void find() {
        StringBuilder block = new StringBuilder();
        String type = "";
        for (String line : text.split("\r\n|\n|\r")) {
            Matcher begin = BEGIN.matcher(line);
            if (begin.matches()) {
                type = begin.group(1);
                block.setLength(0);
            }
            block.append(line.stripTrailing()).append('\n');
            if (!type.isEmpty() && line.stripTrailing().equals("-----END " + type + "-----")) {
                blocks.add(new Block(type, block.toString()));
                type = "";
            }
        }
        unfinished = type;
    }

    /** The blocks of these types, in the file's order. */
    public List<Block> blocks(Predicate<String> types) {
        return blocks.stream().filter(block -> types.test(block.type())).toList();
    }

    /** Whether the file is ASN.1 in its binary form (DER), as that of some certificates is. */
    boolean isBinary() {
        return bytes.length > 1 && bytes[0] == 0x30 && !text.contains("-----BEGIN ");
    }

    /**
     * Why the file holds no block of the wanted kind, or a damaged one; goes on behind the file's name.
     *
     * @param wanted to people, e.g. {@code private key}
     */
    public String why(String wanted) {
        String cause = cause();
        if (!cause.isEmpty()) {
            return cause;
        }
        if (blocks.isEmpty()) {
            return "is no PEM file: it holds no " + wanted + " (-----BEGIN …-----).";
        }
        String held = blocks.stream().map(Block::type).distinct().collect(Collectors.joining(", "));
        return "holds no " + wanted + ", but " + held + ".";
    }

    /** A form near to PEM, which OpenSSL refuses as well; empty if it is none of them. */
    String cause() {
        if (text.isBlank()) {
            return "is empty: it holds no PEM block.";
        }
        if (isUtf16()) {
            return "is written in UTF-16: save it as ASCII or UTF-8.";
        }
        if (isBinary()) {
            return "is in binary form (DER or PKCS#12): convert it to PEM with openssl.";
        }
        if (text.contains("-----\\n") || text.contains("-----\\r\\n")) {
            return "has the two characters \\n where its lines should end: put line ends in their place.";
        }
        if (text.matches("(?s).*-----END [A-Z0-9 ]+-----[ \t]*-----BEGIN .*")) {
            return "has an END and a BEGIN on one line: put a line end between them.";
        }
        return lines();
    }

    private String lines() {
        if (text.matches("(?s).*-----BEGIN [A-Z0-9 ]+-----[^\r\n]+-----END .*")) {
            return "has BEGIN, data and END on one line: each must be on a line of its own.";
        }
        if (Pattern.compile("(?m)^[ \t]+-----BEGIN ").matcher(text).find()) {
            return "has lines that are indented: BEGIN, END and the data between must start at the margin.";
        }
        if (!unfinished.isEmpty()) {
            return "is cut off or damaged: its BEGIN " + unfinished + " has no END on a line of its own.";
        }
        return blocks.isEmpty() && text.contains("-----BEGIN ")
                ? "has a BEGIN that does not stand on a line of its own."
                : "";
    }

    private boolean isUtf16() {
        boolean marked = text.startsWith("\u00FF\u00FE") || text.startsWith("\u00FE\u00FF");
        return marked || text.contains("-\0-\0-\0-");
    }
}
