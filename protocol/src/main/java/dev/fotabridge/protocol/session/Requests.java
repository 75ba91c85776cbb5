package dev.fotabridge.protocol.session;

import dev.fotabridge.protocol.board.BoardInfo;
import dev.fotabridge.protocol.message.MessageType;
import dev.fotabridge.protocol.message.Reply;
import dev.fotabridge.protocol.message.Request;
import dev.fotabridge.protocol.message.Status;
import dev.fotabridge.protocol.session.Timers.Timer;
import dev.fotabridge.protocol.window.RoundTripEstimator;
import java.util.HexFormat;

/**
 * Asks the board one thing at a time, and knows how long an answer may take; SPEC.md sections 5 and 8. It owns the timers ANSWER, SILENCE
 * and WORK_LIMIT.
 * Tested by HostSessionTest.
 */
final class Requests {
    private static final long MILLIS = 1_000_000L;
    private static final long WORK_LIMIT = 60_000 * MILLIS;
    /** A block is 178 ms at 115 200 baud; the modem needs longer for some, most of all at each 8 KiB. */
    private static final long MODEM_STALL = 1_000 * MILLIS;

    private final Sender sender;
    private final PendingRequest pending;
    private final Timers timers;
    private final Transitions transitions;
    private final long silenceLimit;
    private final RoundTripEstimator roundTrip = new RoundTripEstimator();
    private byte[] bootId;
    private long stall;
    private int lastTag;
    private int attempt;

    Requests(Sender sender, Timers timers, Transitions transitions, long silenceLimitNanos) {
        this.sender = sender;
        this.pending = sender.request();
        this.timers = timers;
        this.transitions = transitions;
        this.silenceLimit = silenceLimitNanos;
    }

    /** WELCOME answered HELLO, which was frame 0. The time between is a sample only if one HELLO was sent. */
    void welcomed(BoardInfo board) {
        bootId = HexFormat.of().parseHex(board.identity().bootId());
        stall = board.link().stallMaxMs() * MILLIS;
        long sample = cover(0);
        if (sender.hellosSent() == 1) {
            roundTrip.sample(sample);
        }
    }

    // Asking.

    int nextTag() {
        lastTag = (lastTag + 1) & 0xFF;
        return lastTag;
    }

    /** The board's boot id, 8 bytes; some requests carry it. */
    byte[] bootId() {
        return bootId;
    }

    /** Makes this the outstanding request. */
    void ask(Request fresh) {
        pending.put(fresh);
        restartWorkLimit();
        watchForAnswer();
    }

    /** Drops a RATE request that has no use any more. */
    void dropRate() {
        if (isOutstanding(MessageType.RATE)) {
            pending.clear();
        }
    }

    boolean isOutstanding() {
        return pending.isOutstanding();
    }

    boolean isOutstanding(MessageType type) {
        return pending.is(type);
    }

    boolean hasTag(int tag) {
        return pending.hasTag(tag);
    }

    // Waiting.

    /** Sets the timer ANSWER for what the board has still to answer, or cancels it. */
    void watchForAnswer() {
        if (isOutstanding() || transitions.is(SessionState.SENDING)) {
            long longest = stall + (transitions.is(SessionState.MODEM) ? MODEM_STALL : 0);
            timers.armAfter(Timer.ANSWER, roundTrip.timeout(longest, attempt));
        } else {
            timers.cancel(Timer.ANSWER);
        }
    }

    /** The board made progress with what it was asked for. */
    void restartWorkLimit() {
        timers.armAfter(Timer.WORK_LIMIT, WORK_LIMIT);
    }

    /** No answer came in time: the next wait is longer. */
    void lengthenWait() {
        attempt++;
    }

    /** Sends the request again. */
    void repeat() {
        sender.askAgain();
        watchForAnswer();
    }

    /** Nanoseconds that an answer may take before the request is sent again for the first time. */
    long firstTimeout() {
        return roundTrip.timeout(stall, 0);
    }

    /** Nanoseconds; 0 before the first sample. */
    long smoothedRoundTrip() {
        return roundTrip.smoothed();
    }

    // What was heard.

    /** The board was heard. Only its own answer ends the wait for a request: each STATUS of a keep-alive would prolong it on a slow line. */
    void heard() {
        attempt = 0;
        timers.armAfter(Timer.SILENCE, silenceLimit);
        if (!isOutstanding()) {
            watchForAnswer();
        }
    }

    boolean hasSent(int frameNumber) {
        return sender.hasSent(frameNumber);
    }

    /** STATUS names the newest frame that the board has received. */
    void received(Status status) {
        long sample = cover(status.lastNumber());
        if (sample >= 0) {
            roundTrip.sample(sample);
        }
        if (pending.isWorkedOn(status)) {
            watchForAnswer();
        }
    }

    boolean isAnsweredBy(Reply reply) {
        return pending.isAnsweredBy(reply);
    }

    /** The request has its answer. @return what was asked */
    MessageType settle() {
        MessageType type = pending.type();
        cover(pending.firstNumber());
        pending.clear();
        timers.cancel(Timer.WORK_LIMIT);
        return type;
    }

    private long cover(int frameNumber) {
        return sender.inFlight().cover(frameNumber, timers.now());
    }

    @Override
    public String toString() {
        return pending.toString();
    }
}
