package dev.fotabridge.station.http;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What one page has not got yet: of each bay the newest tile, and of the bay that it looks at the last lines. A page that reads slowly
 * costs no more than that, and delays nobody. Tested by StreamHubTest.
 */
final class StreamClient {
    /** Lines that wait; older ones are left out, and the numbers of the lines show it. */
    static final int MOST_LINES = 500;

    private final Optional<Integer> bay;
    private final Map<Integer, StreamMessage> tiles = new LinkedHashMap<>();
    private final Deque<StreamMessage> lines = new ArrayDeque<>();
    private boolean closed;

    /**
     * Makes one that has got everything.
     *
     * @param bay the only bay that it looks at, with its lines; empty for all bays without lines
     */
    StreamClient(Optional<Integer> bay) {
        this.bay = bay;
    }

    /** {@return whether this client wants what is about a bay} */
    boolean wants(int of) {
        return bay.isEmpty() || of == StreamHub.STATION || bay.get() == of;
    }

    /** {@return whether this client wants the lines of a bay} */
    boolean wantsLines(int of) {
        return bay.isPresent() && bay.get() == of;
    }

    /** Takes a tile in place of the one of the same bay that waits. The order of the numbers is kept. */
    synchronized void offerTile(int of, StreamMessage message) {
        tiles.remove(of);
        tiles.put(of, message);
        notifyAll();
    }

    synchronized void offerLine(StreamMessage message) {
        if (lines.size() == MOST_LINES) {
            lines.remove();
        }
        lines.add(message);
        notifyAll();
    }

    /** Waits for something to send, at most so long; returns all that waits, or nothing after that time or {@link #close}. */
    synchronized List<StreamMessage> take(long millis) throws InterruptedException {
        long end = System.nanoTime() + millis * StreamHub.NANOS_A_MILLI;
        for (long left = millis; isEmpty() && !closed && left > 0; ) {
            wait(left);
            left = (end - System.nanoTime()) / StreamHub.NANOS_A_MILLI;
        }
        List<StreamMessage> all = new ArrayList<>(tiles.values());
        all.addAll(lines);
        tiles.clear();
        lines.clear();
        return all;
    }

    private boolean isEmpty() {
        return tiles.isEmpty() && lines.isEmpty();
    }

    synchronized void close() {
        closed = true;
        notifyAll();
    }

    synchronized boolean isClosed() {
        return closed;
    }
}
