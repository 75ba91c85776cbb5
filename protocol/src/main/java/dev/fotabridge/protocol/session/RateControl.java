package dev.fotabridge.protocol.session;

import dev.fotabridge.protocol.message.MessageType;
import dev.fotabridge.protocol.message.Probe;
import dev.fotabridge.protocol.message.Probed;
import dev.fotabridge.protocol.session.RateLadder.Order;
import java.util.List;
import java.util.Optional;

/**
 * The line's rate in one session: says HELLO at the rates at which a board may listen, lets a {@link RateLadder} climb, and holds
 * back what has to wait for it.
 */
final class RateControl {
    private static final long MILLIS = 1_000_000L;
    private static final long HELLO_FIRST = 250 * MILLIS;
    private static final long HELLO_LAST = 1_000 * MILLIS;
    /** A board that hears a HELLO at once has answered by then, latencies of a USB bridge included. */
    private static final long OTHER_WINDOW = 130 * MILLIS;

    private static final byte[] FILL = fill();

    private final LineRates allowed;
    private final Sender sender;
    private final RateLadder ladder;
    private final LossMeter losses = new LossMeter();
    private final int[] probeNumbers = new int[Probe.MAX];
    private long helloInterval = HELLO_FIRST;
    private boolean atOther = true;
    private long otherFrom = Long.MAX_VALUE;
    private SessionEvent.LineRate told;

    RateControl(LineRates allowed, Sender sender) {
        this.allowed = allowed;
        this.sender = sender;
        this.ladder = new RateLadder(allowed);
    }

    /** Zeros and ones in runs of every length: what a rate that is a little off gets wrong first. */
    private static byte[] fill() {
        byte[] fill = new byte[255];
        byte[] pattern = {0x55, (byte) 0xFF, 0x10, 0x00};
        for (int i = 0; i < fill.length; i++) {
            fill[i] = pattern[i % pattern.length];
        }
        return fill;
    }

    RateLadder ladder() {
        return ladder;
    }

    /** HELLO is due. @return how long to wait until the next */
    long sayHello(long now) {
        sender.sayHello();
        boolean both = allowed.other() != 0 && otherIsDue(now);
        if (both) {
            atOther = !atOther;
            ladder.greetAt(atOther ? allowed.other() : allowed.start());
        } else if (!allowed.areFixed()) {
            ladder.greetAt(allowed.start());
        }
        boolean lastOfTurn = atOther || !both;
        long wait = !both ? helloInterval : atOther ? OTHER_WINDOW : helloInterval - OTHER_WINDOW;
        if (lastOfTurn) {
            helloInterval = Math.min(HELLO_LAST, 2 * helloInterval);
        }
        return wait;
    }

    private boolean otherIsDue(long now) {
        if (otherFrom == Long.MAX_VALUE) {
            otherFrom = now + allowed.otherAfterNanos();
        }
        return now >= otherFrom;
    }

    void welcomed(List<Integer> rates, long now) {
        ladder.welcomed(rates, now);
    }

    /** Starts the most urgent frame that may go out now. */
    MessageType startNext(UploadRun sending, long now) {
        if (ladder.awaitsLine()) {
            return null;
        }
        return switch (ladder.step()) {
            case REST -> sender.startNext(sending, now);
            case LISTENING -> sender.startNext(null, now);
            case ASKING, COMMITTING -> sender.startRequest(now);
            case PROBING -> startProbe(now);
            case CHANGING, SETTLING, RETURNING -> null;
        };
    }

    private MessageType startProbe(long now) {
        int index = ladder.nextProbe();
        int number = index < 0 ? -1 : sender.startProbe(new Probe(index, FILL), now);
        if (number < 0) {
            return null;
        }
        probeNumbers[index] = number;
        ladder.probeSent(now);
        return MessageType.PROBE;
    }

    void probed(Probed probed, long now) {
        if (ladder.step() == RateLadder.Step.PROBING && probed.probes() != 0) {
            int newest = 63 - Long.numberOfLeadingZeros(probed.probes());
            sender.inFlight().cover(probeNumbers[newest], now);
        }
        ladder.probed(probed.rate(), probed.probes(), now);
    }

    /** What has to be done now; a climb that is over counts its losses anew. */
    Order take() {
        Order order = ladder.take();
        if (order == Order.GO_ON) {
            losses.restart(sender.sentBytes(), sender.retransmittedBytes());
        }
        return order;
    }

    /** Begins to change to a lower rate if this one loses too much. */
    boolean stepDown(long patienceNanos) {
        return losses.losesTooMuch(sender.sentBytes(), sender.retransmittedBytes()) && ladder.stepDown(patienceNanos);
    }

    /** Whether the request that is outstanding is RATE. */
    boolean isAsked(PendingRequest request) {
        return request.isOutstanding() && request.type() == MessageType.RATE;
    }

    /** Whether a RATE that is outstanding is of no use any more. */
    boolean wantsNoAnswer() {
        RateLadder.Step step = ladder.step();
        return step != RateLadder.Step.ASKING && step != RateLadder.Step.COMMITTING;
    }

    boolean climb(long bytes, long roundTripNanos, long patienceNanos, long now) {
        return ladder.climb(bytes, roundTripNanos, patienceNanos, now);
    }

    /** How the line stands, if that is another than the last time. */
    Optional<SessionEvent.LineRate> news() {
        SessionEvent.LineRate event = new SessionEvent.LineRate(ladder.rate(), ladder.bad(), ladder.story());
        boolean known = allowed.areFixed() || event.equals(told);
        told = event;
        return known ? Optional.empty() : Optional.of(event);
    }
}
