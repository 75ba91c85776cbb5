package dev.fotabridge.protocol.session;

import dev.fotabridge.protocol.message.MalformedMessageException;
import dev.fotabridge.protocol.message.Range;
import dev.fotabridge.protocol.message.Status;

/**
 * Checks that a STATUS is possible after the one before and after what was sent; SPEC.md section 6.3.
 * Tested by HostileBoardTest.
 */
final class StatusCheck {
    private final int streamCapacity;
    private long received;
    private long credit;
    private int durable;
    private int refused;
    private int erased;

    StatusCheck(int streamCapacity) {
        this.streamCapacity = streamCapacity;
    }

    /**
     * @param sent bytes of the stream that were sent so far
     * @throws MalformedMessageException if a position goes back or lies beyond what was sent
     */
    void accept(Status status, long sent) throws MalformedMessageException {
        check(status.state() <= Status.RESETTING, "STATUS has state " + status.state());
        check(status.received() >= received, "received went back from " + received + " to " + status.received());
        check(status.received() <= sent, "received is " + status.received() + ", but only " + sent + " were sent");
        check(status.credit() >= credit, "credit went back from " + credit + " to " + status.credit());
        check(
                status.credit() >= status.received() && status.credit() - status.received() <= streamCapacity,
                "credit is " + status.credit() + " at " + status.received() + " received");
        check(status.durable() >= durable, "durable went back from " + durable + " to " + status.durable());
        check(status.refused() >= refused, "refused went back from " + refused + " to " + status.refused());
        check(status.erased() >= erased, "erased went back from " + erased + " to " + status.erased());
        checkRanges(status, sent);
        received = status.received();
        credit = status.credit();
        durable = status.durable();
        refused = status.refused();
        erased = status.erased();
    }

    /**
     * Returns whether the board has forgotten an upload: it has started anew, and a HELLO that was late on the line gave it the
     * session back. BOOTED and WELCOME, which would say so, may be lost.
     */
    boolean isOfNewStart(Status status) {
        return credit > 0
                && status.credit() == 0
                && status.received() == 0
                && status.durable() == 0
                && status.refused() == 0
                && status.erased() == 0;
    }

    private static void checkRanges(Status status, long sent) throws MalformedMessageException {
        long behind = status.received();
        for (Range range : status.ranges()) {
            boolean ordered = range.start() > behind && range.end() > range.start() && range.end() <= sent;
            check(ordered, "range " + range.start() + " to " + range.end() + " is impossible behind " + behind);
            behind = range.end();
        }
    }

    int erased() {
        return erased;
    }

    private static void check(boolean holds, String sentence) throws MalformedMessageException {
        if (!holds) {
            throw new MalformedMessageException(sentence);
        }
    }
}
