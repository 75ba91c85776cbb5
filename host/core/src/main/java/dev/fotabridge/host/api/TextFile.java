package dev.fotabridge.host.api;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/**
 * A file of text that a user has named, such as a configuration. Tested by TextFileTest.
 *
 * @param path as the user wrote it
 * @param text all of it, without a byte order mark
 */
public record TextFile(Path path, String text) {
    private static final char BYTE_ORDER_MARK = '\ufeff';

    /**
     * Reads a file. Blocks for as long as the disk takes, and 15 s at most for a pipe.
     *
     * @param path as the user wrote it, which a sentence repeats
     * @param what the file is to people, as in "The WHAT PATH does not exist."
     * @param limit bytes, 0 to 1 GiB
     * @param reason of the exception
     * @return the file
     * @throws FotaException with that reason, if the file cannot be read, is larger, or is no UTF-8
     */
    public static TextFile read(Path path, String what, int limit, Reason reason) throws FotaException {
        byte[] bytes = FotaBridge.read(path, what, limit, reason);
        String subject = "The " + what + " " + path + " ";
        if (bytes.length > limit) {
            throw new FotaException(reason, subject + "has more than " + limit + " bytes.");
        }
        ByteBuffer in = ByteBuffer.wrap(bytes);
        CharBuffer out = CharBuffer.allocate(bytes.length);
        CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
        if (decoder.decode(in, out, true).isError() || decoder.flush(out).isError()) {
            throw new FotaException(reason, subject + whyNoText(bytes, in.position()) + ": save it as UTF-8.");
        }
        String text = out.flip().toString();
        boolean marked = !text.isEmpty() && text.charAt(0) == BYTE_ORDER_MARK;
        return new TextFile(path, marked ? text.substring(1) : text);
    }

    private static String whyNoText(byte[] bytes, int wrongAt) {
        int first = bytes.length < 2 ? 0 : ByteBuffer.wrap(bytes).getChar();
        if (first == 0xFEFF || first == 0xFFFE) {
            return "is written in UTF-16";
        }
        long line = new String(bytes, 0, wrongAt, StandardCharsets.ISO_8859_1)
                        .chars()
                        .filter(c -> c == '\n')
                        .count()
                + 1;
        return "has a byte in line " + line + " that is no UTF-8";
    }

    /**
     * {@return that a line is no YAML, and why if that can be told; the rest of a sentence, without a full stop}
     *
     * @param line from 1, as the parser of the text named it; a line behind the end will do
     */
    public String noYaml(int line) {
        String said = "line " + line + " is no YAML";
        // The parser may name the line before, in which the value begins.
        List<String> near = text.lines().skip(Math.max(0, line - 1L)).limit(2).toList();
        for (int i = 0; i < near.size(); i++) {
            if (near.get(i).contains("\t")) {
                return said + ": line " + (Math.max(1, line) + i) + " has a tab, where YAML takes spaces";
            }
        }
        return said;
    }
}
