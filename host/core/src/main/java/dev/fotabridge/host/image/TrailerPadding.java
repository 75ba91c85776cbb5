package dev.fotabridge.host.image;

import dev.fotabridge.host.api.FotaException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;

/**
 * What imgtool puts behind an image by {@code --pad} and {@code --confirm}: erased bytes up to the slot's end and MCUboot's
 * trailer with its magic. What counts as erased is one value in a file, 0xFF or 0x00 (imgtool {@code --erased-val}; other tools
 * fill up with zeros). It is left out of what is sent: written as it stands it would make the image pending, or even
 * permanent, before anything has been verified. Any other bytes behind an image are refused, since nobody can say what
 * they are and MCUboot's signature does not cover them.
 * Tested by ImageInspectorTest.
 */
final class TrailerPadding {
    private static final int MAGIC_LENGTH = 16;
    private static final byte[] MAGIC_ALIGN_8 = HexFormat.of().parseHex("77c295f360d2ef7f3552500f2cb67980");
    /** Behind two bytes of alignment, for alignments other than 8. */
    private static final byte[] MAGIC_TAIL = HexFormat.of().parseHex("2de15d29410b8d77679c110f1f8a");

    private TrailerPadding() {}

    /** A warning if there is padding, empty if there is nothing behind the image. */
    static Optional<String> examine(ByteBuffer rest) throws FotaException {
        int length = rest.remaining();
        if (length == 0) {
            return Optional.empty();
        }
        byte[] bytes = new byte[length];
        rest.duplicate().get(bytes);
        boolean magic = hasMagic(bytes);
        int erasedEnd = magic ? length - MAGIC_LENGTH : length;
        byte erased = bytes[0] == 0 ? 0 : (byte) 0xFF;
        int marks = countNotErased(bytes, erasedEnd, erased);
        if (marks == 0) {
            return Optional.of(sentence(length, magic ? "a trailer (imgtool --pad)" : "padding"));
        }
        if (magic && marks == 1 && imageOkIsSet(bytes, erasedEnd, erased)) {
            return Optional.of(sentence(length, "a trailer that asks for a permanent swap (imgtool --confirm)"));
        }
        throw Refusal.format("There are " + length + " bytes behind the image that are neither padding nor a trailer.");
    }

    private static String sentence(int length, String what) {
        return "Left out: the last " + length + " bytes of the file, " + what
                + "; the image is marked pending only after it has been verified.";
    }

    private static boolean hasMagic(byte[] bytes) {
        int length = bytes.length;
        if (length < MAGIC_LENGTH) {
            return false;
        }
        return Arrays.equals(bytes, length - MAGIC_LENGTH, length, MAGIC_ALIGN_8, 0, MAGIC_LENGTH)
                || Arrays.equals(bytes, length - MAGIC_TAIL.length, length, MAGIC_TAIL, 0, MAGIC_TAIL.length);
    }

    private static int countNotErased(byte[] bytes, int end, byte erased) {
        int count = 0;
        for (int i = 0; i < end; i++) {
            count += bytes[i] == erased ? 0 : 1;
        }
        return count;
    }

    /** image_ok lies one alignment (8, 16 or 32 bytes) before the magic, which is itself aligned. */
    private static boolean imageOkIsSet(byte[] bytes, int erasedEnd, byte erased) {
        int at = erasedEnd - 1;
        while (at >= 0 && bytes[at] == erased) {
            at--;
        }
        int distance = erasedEnd - at;
        return at >= 0 && bytes[at] == 0x01 && (distance == 8 || distance == 16 || distance == 48);
    }
}
