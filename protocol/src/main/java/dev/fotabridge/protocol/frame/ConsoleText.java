package dev.fotabridge.protocol.frame;

/** Tells console text from the remains of a frame; SPEC.md section 2. Tested by FrameDecoderTest. */
final class ConsoleText {
    /** One byte in four may be neither text nor part of a UTF-8 character: Latin-1, or what the line has damaged. */
    private static final int BYTES_FOR_ONE_ODD = 4;

    /** Where text is expected, a short line may have more such bytes: a glitch at a reset. */
    private static final int ODD_IN_A_LINE = 2;

    private ConsoleText() {}

    /** Whether all of {@code bytes[from..to)} are printable ASCII, TAB, CR, LF or ESC. */
    static boolean isPrintable(byte[] bytes, int from, int to) {
        for (int i = from; i < to; i++) {
            byte b = bytes[i];
            if (!(b >= 0x20 && b <= 0x7E || b == '\t' || b == '\r' || b == '\n' || b == 0x1B)) {
                return false;
            }
        }
        return true;
    }

    /**
     * Whether {@code bytes[from..to)} may be what a console printed: at least three quarters of the bytes are printable ASCII,
     * the control characters BEL to CR and ESC, or belong to well-formed UTF-8. Of random bytes less than half do.
     */
    static boolean isLikely(byte[] bytes, int from, int to) {
        return oddBytes(bytes, from, to) * BYTES_FOR_ONE_ODD <= to - from;
    }

    /** The same for a line where text is expected. */
    static boolean isLine(byte[] bytes, int from, int to) {
        return oddBytes(bytes, from, to) <= ODD_IN_A_LINE || isLikely(bytes, from, to);
    }

    private static int oddBytes(byte[] bytes, int from, int to) {
        int odd = 0;
        for (int at = from; at < to; ) {
            int length = characterLength(bytes, at, to);
            odd += length == 0 ? 1 : 0;
            at += Math.max(1, length);
        }
        return odd;
    }

    /** Returns the bytes of the character at an index, or 0 if none begins there. */
    private static int characterLength(byte[] bytes, int at, int to) {
        int first = bytes[at] & 0xFF;
        if (first < 0x80) {
            boolean control = first < 0x20 && (first < 0x07 || first > 0x0D) && first != 0x1B;
            return control || first == 0x7F ? 0 : 1;
        }
        int length = sequenceLength(first);
        for (int i = 1; i < length; i++) {
            if (at + i >= to || (bytes[at + i] & 0xC0) != 0x80) {
                return 0;
            }
        }
        return length;
    }

    /** By UTF-8's first byte (RFC 3629); 0 for one that begins no character. */
    private static int sequenceLength(int first) {
        if (first < 0xC2 || first > 0xF4) {
            return 0;
        }
        return first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
    }
}
