package dev.fotabridge.protocol.upload;

import dev.fotabridge.protocol.message.PayloadWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The preset dictionary of one record: stretches of the board's memory with what the host believes they hold; SPEC.md section 6.2.
 * Tested by RecordPackerTest.
 */
final class Dictionary {
    static final int WINDOW = 32_768;
    static final int MAX_SEGMENTS = 4;

    private record Segment(long address, int length) {}

    private final List<Segment> segments = new ArrayList<>();
    private byte[] bytes = new byte[0];

    /** Adds a stretch if there is room for it. */
    void add(long address, byte[] from, int start, int end) {
        if (end > start && segments.size() < MAX_SEGMENTS && bytes.length + end - start <= WINDOW) {
            segments.add(new Segment(address, end - start));
            bytes = Arrays.copyOf(bytes, bytes.length + end - start);
            System.arraycopy(from, start, bytes, bytes.length - (end - start), end - start);
        }
    }

    boolean isEmpty() {
        return segments.isEmpty();
    }

    /** Returns the bytes by which a record names this dictionary. */
    byte[] header() {
        PayloadWriter out = new PayloadWriter().u8(segments.size());
        for (Segment segment : segments) {
            out.u32(segment.address()).u16(segment.length());
        }
        return out.toBytes();
    }

    byte[] bytes() {
        return bytes;
    }
}
