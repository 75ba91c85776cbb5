package dev.fotabridge.protocol.upload;

import java.util.Objects;

/**
 * What the host uses to choose the fastest form for a page; SPEC.md section 6.2. A wrong value costs time; it never damages a
 * page.
 * Tested by RecordPackerTest.
 *
 * @param lineBytesPerSecond bytes that the line carries in one direction, a tenth of the bit rate
 * @param runningImage the file that the board runs, or an empty array if the host does not have it; not copied
 */
public record Packing(double lineBytesPerSecond, byte[] runningImage) {
    /** Sends every page as it is. */
    public static final Packing NONE = new Packing(Double.POSITIVE_INFINITY, new byte[0]);

    public Packing {
        Objects.requireNonNull(runningImage, "runningImage");
        if (!(lineBytesPerSecond > 0)) {
            throw new IllegalArgumentException("a line of " + lineBytesPerSecond + " bytes a second");
        }
    }

    /** For a line of this bit rate, 8N1. */
    public static Packing at(int baud, byte[] runningImage) {
        return new Packing(baud / 10.0, runningImage);
    }
}
