package dev.fotabridge.protocol.rate;

import dev.fotabridge.protocol.message.Probe;
import dev.fotabridge.protocol.message.Probed;
import dev.fotabridge.protocol.rate.RateLadder.Step;
import dev.fotabridge.protocol.time.Deadline;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Owns the rate of the line for one session; SPEC.md section 10. It chooses the rate of each HELLO, climbs and steps down with a {@link
 * RateLadder}, and says which frames may go out meanwhile. It sends nothing: the session carries out what {@link #take} returns.
 */
public final class RateControl {
    /** Which frames may start now. */
    public enum Outgoing {
        EVERYTHING,
        EVERYTHING_BUT_DATA,
        REQUEST_ONLY,
        PROBES_ONLY,
        NOTHING
    }

    private static final long MILLIS = 1_000_000L;
    private static final long HELLO_FIRST = 250 * MILLIS;
    private static final long HELLO_LAST = 1_000 * MILLIS;
    /** A board that hears a HELLO at once has answered by then, latencies of a USB bridge included. */
    private static final long OTHER_WINDOW = 130 * MILLIS;

    private static final byte[] FILL = fill();

    private final LineRates allowed;
    private final RateLadder ladder;
    private final LossMeter losses = new LossMeter();
    private final int[] probeNumbers = new int[Probe.MAX];
    private long helloInterval = HELLO_FIRST;
    private boolean atOther = true;
    private long otherFrom = Deadline.NEVER;
    private RateReport reported;

    public RateControl(LineRates allowed) {
        this.allowed = allowed;
        this.ladder = new RateLadder(allowed);
    }

    /** Zeros and ones in runs of every length: a rate that is slightly wrong damages these first. */
    private static byte[] fill() {
        byte[] fill = new byte[255];
        byte[] pattern = {0x55, (byte) 0xFF, 0x10, 0x00};
        for (int i = 0; i < fill.length; i++) {
            fill[i] = pattern[i % pattern.length];
        }
        return fill;
    }

    // The rate.

    /** The rate that the line must have, bits a second; 0 if the session does not change it. */
    public int rate() {
        return ladder.rate();
    }

    /** The rate that {@link RateAction#ASK} is about. */
    public int target() {
        return ladder.target();
    }

    /** True while the rate changes or is on trial; the upload waits for that. */
    public boolean isBusy() {
        return ladder.isBusy();
    }

    /** Time at which {@link #tick} is next useful. */
    public long deadline() {
        return ladder.deadline();
    }

    /** Returns the session's next action; each is returned once. The byte counts are those of the session so far. */
    public RateAction take(long sentBytes, long retransmittedBytes) {
        RateAction action = ladder.take();
        if (action == RateAction.GO_ON) {
            losses.restart(sentBytes, retransmittedBytes);
        }
        return action;
    }

    /** Returns the rate and why it is no higher, if that changed since the last call. Empty for a fixed line. */
    public Optional<RateReport> report() {
        RateReport report = new RateReport(ladder.rate(), ladder.bad(), ladder.explanation());
        boolean known = allowed.areFixed() || report.equals(reported);
        reported = report;
        return known ? Optional.empty() : Optional.of(report);
    }

    // The session's beginning.

    /**
     * A HELLO is due: chooses the rate for it.
     *
     * @return nanoseconds until the next HELLO
     */
    public long nextHello(long now) {
        boolean both = allowed.other() != 0 && otherIsDue(now);
        if (both) {
            atOther = !atOther;
            ladder.helloAt(atOther ? allowed.other() : allowed.start());
        } else if (!allowed.areFixed()) {
            ladder.helloAt(allowed.start());
        }
        boolean lastOfTurn = atOther || !both;
        long wait = !both ? helloInterval : atOther ? OTHER_WINDOW : helloInterval - OTHER_WINDOW;
        if (lastOfTurn) {
            helloInterval = Math.min(HELLO_LAST, 2 * helloInterval);
        }
        return wait;
    }

    private boolean otherIsDue(long now) {
        if (otherFrom == Deadline.NEVER) {
            otherFrom = now + allowed.otherAfterNanos();
        }
        return now >= otherFrom;
    }

    /** WELCOME came. @param offered the board's rates, its starting rate first; empty if it has only one */
    public void welcomed(List<Integer> offered, long now) {
        ladder.welcomed(offered, now);
    }

    /** Excludes rates that failed in an earlier session. */
    public void avoid(Set<Integer> rates) {
        ladder.avoid(rates);
    }

    // What goes out.

    /** Which frames may start now. */
    public Outgoing outgoing() {
        if (ladder.awaitsLine()) {
            return Outgoing.NOTHING;
        }
        return switch (ladder.step()) {
            case REST -> Outgoing.EVERYTHING;
            case LISTENING -> Outgoing.EVERYTHING_BUT_DATA;
            case ASKING, COMMITTING -> Outgoing.REQUEST_ONLY;
            case PROBING -> Outgoing.PROBES_ONLY;
            case CHANGING, SETTLING, RETURNING -> Outgoing.NOTHING;
        };
    }

    /** Returns the next probe of the burst, or null if all of it was sent. */
    public Probe nextProbe() {
        int index = ladder.nextProbe();
        return index < 0 ? null : new Probe(index, FILL);
    }

    /** The probe left in the frame of this number. */
    public void probeSent(Probe probe, int frameNumber, long now) {
        probeNumbers[probe.index()] = frameNumber;
        ladder.probeSent(now);
    }

    // What comes in.

    /**
     * Takes PROBED.
     *
     * @return the newest frame that PROBED acknowledges, or -1 for none
     */
    public int probed(Probed probed, long now) {
        int acknowledged = -1;
        if (ladder.step() == Step.PROBING && probed.probes() != 0) {
            acknowledged = probeNumbers[63 - Long.numberOfLeadingZeros(probed.probes())];
        }
        ladder.probed(probed.rate(), probed.probes(), now);
        return acknowledged;
    }

    /** The board answered RATE. */
    public void answered(boolean ok, long now) {
        ladder.answered(ok, now);
    }

    /** RATE had no answer within the time-out. */
    public void unanswered(long now) {
        ladder.unanswered(now);
    }

    /** The board was heard. */
    public void heard(long now) {
        ladder.heard(now);
    }

    /** A chunk from the board was neither a frame nor text. */
    public void damaged() {
        ladder.damaged();
    }

    /** The driver changed the line to this rate. */
    public void lineIs(int baud, long now) {
        ladder.lineIs(baud, now);
    }

    /** Does what is due. */
    public void tick(long now) {
        ladder.tick(now);
    }

    // Up and down.

    /** Begins to climb if that saves time; see {@link RateLadder#climb}. */
    public boolean climb(long bytes, long roundTripNanos, long timeoutNanos, long now) {
        return ladder.climb(bytes, roundTripNanos, timeoutNanos, now);
    }

    /** Begins to change to a lower rate if the line loses too much at this one. */
    public boolean stepDown(long sentBytes, long retransmittedBytes, long timeoutNanos) {
        return losses.losesTooMuch(sentBytes, retransmittedBytes) && ladder.stepDown(timeoutNanos);
    }

    /** A more urgent command came: returns to the starting rate if another one is on trial. */
    public void cancel() {
        ladder.cancel();
    }

    /** True if a RATE request still has a use. */
    public boolean wantsAnswer() {
        Step step = ladder.step();
        return step == Step.ASKING || step == Step.COMMITTING;
    }
}
