package dev.fotabridge.host.image;

import dev.fotabridge.host.value.BoardProfile;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/** Recognises the files that people give by mistake, so that the refusal can say which one is meant. */
final class ForeignFormat {
    /** The file that belongs to an update: its name with a parent image and with sysbuild. */
    private static final String SIGNED = "take the signed binary (app_update.bin, or zephyr.signed.bin with sysbuild)";

    /** The largest header that MCUboot leaves room for in Zephyr's builds: CONFIG_ROM_START_OFFSET. */
    private static final int LARGEST_HEADER = 0x1000;

    private static final int MAGIC_UF2 = 0x0A324655;
    private static final int MAGIC_ELF = 0x464C457F;
    private static final int MAGIC_ZIP = 0x04034B50;
    private static final int MAGIC_GZIP = 0x8B1F;
    /** "BZh". */
    private static final int MAGIC_BZIP2 = 0x685A42;

    private static final int MAGIC_XZ = 0x587A37FD;
    private static final int MAGIC_7Z = 0xAFBC7A37;
    private static final int MAGIC_ZSTD = 0xFD2FB528;
    /** "usta", in the first header of a tar file (POSIX, pax). */
    private static final int MAGIC_TAR = 0x61747375;

    private static final int MAGIC_TAR_OFFSET = 257;
    /** In UTF-8; some editors write it in front of a text. */
    private static final String BYTE_ORDER_MARK = "\u00ef\u00bb\u00bf";

    /** The same in UTF-16, as a shell of Windows writes a file. */
    private static final String WIDE_LITTLE_ENDIAN = "\u00ff\u00fe";

    private static final String WIDE_BIG_ENDIAN = "\u00fe\u00ff";

    /** Enough for the comments that a tool writes in front of the first record. */
    private static final int TEXT_BYTES = 4_096;

    /** Lines of comment or without text. */
    private static final String COMMENTS = "(?:[ \\t]*(?:[#;/][^\\r\\n]*)?[\\r\\n]+)*+[ \\t]*";

    /** A colon and pairs of hex digits; a file that was cut may end within the first record. */
    private static final Pattern INTEL_HEX = Pattern.compile(COMMENTS + ":(?:[0-9A-Fa-f]{2,}|[0-9A-Fa-f]?$)");

    private static final Pattern S_RECORDS = Pattern.compile(COMMENTS + "S[0-9][0-9A-Fa-f]{2,}");

    /**
     * MCUboot's magic number behind a byte order mark, its bytes written as letters of UTF-8, or the mark that stands there for a byte that is
     * no letter.
     */
    private static final Pattern IMAGE_AS_TEXT =
            Pattern.compile("=(?:\u00b8\u00f3\u0096|\u00c2\u00b8\u00c3\u00b3|\u00ef\u00bf\u00bd)");

    private ForeignFormat() {}

    /**
     * Something to follow "no MCUboot image", beginning with a colon, or nothing.
     *
     * @param bytes little-endian, at least one
     */
    static String guess(ByteBuffer bytes) {
        String known = magic(word(bytes, 0));
        return known.isEmpty() ? guessByContent(bytes) : known;
    }

    private static String magic(int first) {
        return switch (first) {
            case McubootImage.MAGIC_V1 -> ": it is one of MCUboot's first format, which is not in use any more";
            case MAGIC_ELF -> ": it is an ELF file; " + SIGNED;
            case MAGIC_UF2 -> ": it is a UF2 file; " + SIGNED;
            case MAGIC_ZIP -> ": it is a ZIP file; unpack it and take the binary in it";
            case MAGIC_XZ, MAGIC_7Z, MAGIC_ZSTD -> ": it is a compressed file; unpack it and take the binary in it";
            default ->
                (first & 0xFFFF) == MAGIC_GZIP || (first & 0xFFFFFF) == MAGIC_BZIP2
                        ? ": it is a gzip or bzip2 file; unpack it and take the binary in it"
                        : "";
        };
    }

    private static String guessByContent(ByteBuffer bytes) {
        String text = text(bytes);
        if (IMAGE_AS_TEXT.matcher(text).lookingAt()) {
            return ": it was an image, until a program wrote it as text; copy it as a binary file";
        }
        if (word(bytes, 0) == Integer.reverseBytes(McubootImage.MAGIC)) {
            return ": it is an image with the bytes of each word in reverse order";
        }
        if (INTEL_HEX.matcher(text).lookingAt()) {
            return ": it is an Intel HEX file; " + SIGNED;
        }
        if (S_RECORDS.matcher(text).lookingAt()) {
            return ": it is a file of Motorola S-records; " + SIGNED;
        }
        if (word(bytes, MAGIC_TAR_OFFSET) == MAGIC_TAR) {
            return ": it is a tar file; unpack it and take the binary in it";
        }
        if (text.startsWith("version https://git-lfs")) {
            return ": it stands for a file in Git LFS; fetch that with git lfs pull";
        }
        if (text.startsWith("<") || text.startsWith("{") || start(text).matches("[ -~\\s]{16,}")) {
            return ": it is text, perhaps the server's error page";
        }
        if (isBlank(bytes)) {
            return ": all its bytes are the same, as in a dump of erased flash";
        }
        if (holdsVectorTable(bytes)) {
            return ": it looks like an application that is not signed (zephyr.bin); " + SIGNED;
        }
        return "";
    }

    /** The beginning as text: without a byte order mark, and without the zeros that are every second byte of UTF-16. */
    private static String text(ByteBuffer bytes) {
        byte[] start = new byte[Math.min(bytes.limit(), TEXT_BYTES)];
        bytes.get(0, start);
        String text = new String(start, StandardCharsets.ISO_8859_1);
        boolean wide = text.startsWith(WIDE_LITTLE_ENDIAN) || text.startsWith(WIDE_BIG_ENDIAN);
        return (wide ? text.substring(2).replace("\0", "") : text.replace(BYTE_ORDER_MARK, "")).strip();
    }

    /** A text may have letters outside of ASCII further behind. */
    private static String start(String text) {
        return text.substring(0, Math.min(text.length(), 64));
    }

    private static boolean isBlank(ByteBuffer bytes) {
        for (int i = 1; i < bytes.limit(); i++) {
            if (bytes.get(i) != bytes.get(0)) {
                return false;
            }
        }
        return bytes.limit() > Integer.BYTES;
    }

    /** At the start, or behind the room that a build leaves for MCUboot's header: zeros, or erased flash. */
    private static boolean holdsVectorTable(ByteBuffer bytes) {
        int at = 0;
        while (at <= LARGEST_HEADER && (word(bytes, at) == 0 || word(bytes, at) == -1)) {
            at += Integer.BYTES;
        }
        return looksLikeVectorTable(word(bytes, at), word(bytes, at + Integer.BYTES));
    }

    /** A stack in the board's RAM and a Thumb reset vector in its flash. */
    private static boolean looksLikeVectorTable(int stack, int reset) {
        BoardProfile board = BoardProfile.NRF9160_DK;
        return board.isStack(stack) && (reset & 1) == 1 && reset > 0 && reset < board.flashBytes();
    }

    /** The word at an offset; where the file ends before, its missing bytes are 0. */
    private static int word(ByteBuffer bytes, int at) {
        int word = 0;
        for (int i = Math.min(Integer.BYTES, bytes.limit() - at) - 1; i >= 0; i--) {
            word = word << 8 | bytes.get(at + i) & 0xFF;
        }
        return word;
    }
}
