package dev.fotabridge.protocol.session;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Events that wait for the driver. It is bounded: progress is merged; console lines beyond the limit are counted and dropped.
 * Tested by HostSessionTest.
 */
final class EventQueue {
    static final int MAX_LINES = 256;

    private final Deque<SessionEvent> events = new ArrayDeque<>();
    private int lines;
    private long droppedLines;

    void add(SessionEvent event) {
        if (event instanceof SessionEvent.ConsoleLine) {
            if (lines == MAX_LINES) {
                droppedLines++;
                return;
            }
            lines++;
        } else if (event instanceof SessionEvent.Progress && events.peekLast() instanceof SessionEvent.Progress) {
            events.removeLast();
        }
        events.addLast(event);
    }

    SessionEvent poll() {
        SessionEvent event = events.pollFirst();
        if (event instanceof SessionEvent.ConsoleLine) {
            lines--;
        }
        return event;
    }

    boolean holdsFailure() {
        return events.stream().anyMatch(SessionEvent.Failed.class::isInstance);
    }

    long droppedLines() {
        return droppedLines;
    }
}
