package dev.fotabridge.host.agent;

import dev.fotabridge.host.api.BayEvent;
import dev.fotabridge.host.bay.EventSink;
import dev.fotabridge.host.link.BoardLink;
import dev.fotabridge.host.link.LinkEvent;
import dev.fotabridge.protocol.session.SessionEvent;
import dev.fotabridge.protocol.time.Deadline;
import java.util.concurrent.TimeUnit;

/**
 * The board between two jobs: its console is listened to, and a port that vanished is looked for.
 * Tested by SequenceSweepSimTest.
 */
final class IdleBoard {
    private static final long PORT_RETRY_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final BoardLink link;
    private final EventSink sink;
    private long retryNanos = Deadline.NEVER;

    IdleBoard(BoardLink link, EventSink sink) {
        this.link = link;
        this.sink = sink;
    }

    /** When the port is looked for again; {@link Deadline#NEVER} while it is there. */
    long retryNanos() {
        return retryNanos;
    }

    /** Returns whether the board was heard. */
    boolean listen(long now) {
        link.step(now);
        boolean heard = false;
        for (LinkEvent event = link.poll(); event != null; event = link.poll()) {
            heard |= handle(event, now);
        }
        if (now >= retryNanos) {
            retryNanos = Deadline.NEVER;
            link.listen(now);
        }
        return heard;
    }

    private boolean handle(LinkEvent event, long now) {
        if (event instanceof LinkEvent.PortFailed failed) {
            if (retryNanos == Deadline.NEVER) {
                sink.event(new BayEvent.BoardGone(failed.cause().getMessage()));
            }
            retryNanos = now + PORT_RETRY_NANOS;
        } else if (((LinkEvent.Session) event).event() instanceof SessionEvent.ConsoleLine line) {
            sink.event(new BayEvent.Log(line.text(), true));
            return true;
        }
        return false;
    }
}
