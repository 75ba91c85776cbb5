package dev.fotabridge.protocol.window;

/** Arithmetic of frame numbers, modulo 65 536; SPEC.md section 6.4. */
public final class FrameNumber {
    private static final int MASK = 0xFFFF;
    private static final int HALF = 0x8000;

    private FrameNumber() {}

    public static int next(int number) {
        return (number + 1) & MASK;
    }

    /** Whether a was sent before b or is b, if they are less than half the numbers apart. */
    public static boolean atOrBefore(int a, int b) {
        return ((b - a) & MASK) < HALF;
    }
}
