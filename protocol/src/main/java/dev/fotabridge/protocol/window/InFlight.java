package dev.fotabridge.protocol.window;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * The frames that the other side has not answered for yet: their wire bytes and when they left; SPEC.md section 6.3.
 * Tested by WindowTest.
 */
public final class InFlight {
    private record Sent(int number, int wireBytes, long atNanos) {}

    private final Deque<Sent> frames = new ArrayDeque<>();
    private long bytes;

    /** A frame has left. Numbers ascend by one. */
    public void sent(int number, int wireBytes, long nowNanos) {
        frames.addLast(new Sent(number, wireBytes, nowNanos));
        bytes += wireBytes;
    }

    /**
     * Everything up to {@code lastNumber} has arrived or is lost.
     *
     * @return the time since that very frame left, or -1 if it was covered before
     */
    public long cover(int lastNumber, long nowNanos) {
        long roundTrip = -1;
        while (!frames.isEmpty() && FrameNumber.atOrBefore(frames.getFirst().number, lastNumber)) {
            Sent covered = frames.removeFirst();
            bytes -= covered.wireBytes;
            roundTrip = covered.number == lastNumber ? nowNanos - covered.atNanos : -1;
        }
        return roundTrip;
    }

    /** Wire bytes of the frames that are not covered. */
    public long bytes() {
        return bytes;
    }
}
