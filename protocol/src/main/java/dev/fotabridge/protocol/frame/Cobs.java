package dev.fotabridge.protocol.frame;

/**
 * Consistent Overhead Byte Stuffing (Cheshire and Baker, 1999): bytes without 0x00.
 *
 * <p>A code byte <i>n</i> stands for the n-1 bytes that follow it and then a 0x00, except that 255 stands for 254 bytes and no
 * 0x00, and that the last 0x00 is not there.
 * Tested by FrameVectorTest.
 */
final class Cobs {
    private static final int FULL = 255;

    private Cobs() {}

    /** The most that {@code length} bytes become. */
    static int maxEncoded(int length) {
        return length + length / (FULL - 1) + 1;
    }

    /** Encodes into {@code to} from {@code at} and returns the index behind the last byte. */
    static int encode(byte[] from, int length, byte[] to, int at) {
        int code = at;
        int out = at + 1;
        for (int i = 0; i < length; i++) {
            if (from[i] != 0) {
                to[out++] = from[i];
            }
            boolean full = out - code == FULL;
            if (from[i] == 0 || (full && i + 1 < length)) {
                to[code] = (byte) (out - code);
                code = out++;
            }
        }
        to[code] = (byte) (out - code);
        return out;
    }

    /** Decodes into {@code to} from 0 and returns the count, or -1 if {@code from} is not COBS. {@code to} is as long as {@code from}. */
    static int decode(byte[] from, int length, byte[] to) {
        int out = 0;
        int in = 0;
        while (in < length) {
            int code = from[in] & 0xFF;
            if (code == 0 || in + code > length) {
                return -1;
            }
            System.arraycopy(from, in + 1, to, out, code - 1);
            out += code - 1;
            in += code;
            if (code != FULL && in < length) {
                to[out++] = 0;
            }
        }
        return out;
    }
}
