package dev.fotabridge.protocol.rate;

import dev.fotabridge.protocol.time.Deadline;
import java.util.List;
import java.util.Set;

/**
 * Climbs to the highest rate that the line carries, and steps down again; the host's half of SPEC.md section 10. It knows neither frames
 * nor the driver: {@link #take} returns what to send, one action at a time, and {@link #rate} what the line must run at.
 *
 * <pre>
 *            ask             OK               line is there     20 ms           all probes           OK
 *   REST ----------> ASKING ------> CHANGING ----------> SETTLING ---> PROBING ----------> COMMITTING ----> REST
 *    | ^               | refused,                                        | some lost, twice    | no answer
 *    | |               | no answer                                       v                     v
 *    | +---------------+        +--------------------------------- RETURNING <-----------------+
 *    | nothing heard for 2 s    | line is there
 *    +-----> RETURNING          v
 *                            LISTENING: PING until something is heard, then REST, and the next lower rate
 * </pre>
 */
final class RateLadder {
    /** One node of the diagram above. */
    enum Step {
        REST,
        ASKING,
        CHANGING,
        SETTLING,
        PROBING,
        COMMITTING,
        RETURNING,
        LISTENING
    }

    static final int PROBES = 16;
    static final int PROBE_WIRE_BYTES = 272;

    private static final long MILLIS = 1_000_000L;
    /** Time for UART, USB bridge and driver to change, and for the last bytes at the old rate to pass. */
    private static final long SETTLE = 20 * MILLIS;
    /** Well below T, after which the board leaves the rate, and above the keep-alive's second and its answer. Nanoseconds. */
    static final long SILENT = 2_000 * MILLIS;

    private static final long PING_EVERY = 250 * MILLIS;
    private static final int ASKS = 3;
    private static final int BURSTS = 2;
    /** A climb may fail, so it must save this many times what it costs. */
    private static final int WORTH = 2;

    private final LineRates allowed;
    private final OfferedRates rates;
    private boolean welcomed;
    private int start;
    private int rate;
    private int lineAt;

    private Step step = Step.REST;
    private RateAction action = RateAction.NONE;
    private long deadline = Deadline.NEVER;
    private long heardAt;

    private boolean committed;
    private int target;
    private long timeout;
    private int asks;
    private int burst;
    private int probesSent;
    private long probed;
    private boolean heardProbed;
    private boolean damaged;

    RateLadder(LineRates allowed) {
        this.allowed = allowed;
        this.rates = new OfferedRates(allowed.ceiling());
        this.rate = allowed.now();
        this.lineAt = allowed.now();
        this.start = allowed.start();
    }

    // The rate.

    Step step() {
        return step;
    }

    /** Returns true while the rate changes or is on trial; the upload waits for that. */
    boolean isBusy() {
        return step != Step.REST;
    }

    /** Returns the rate that the line must have; 0 if the session does not change it. */
    int rate() {
        return rate;
    }

    /** Returns true until the driver has changed the line; nothing may go out meanwhile. */
    boolean awaitsLine() {
        return rate != lineAt;
    }

    /** Returns the rate that {@link RateAction#ASK} is about. */
    int target() {
        return target;
    }

    /** Returns the rates that the line did not carry in this session. */
    Set<Integer> bad() {
        return rates.bad();
    }

    /** Returns the time at which {@link #tick} is next useful. */
    long deadline() {
        return step == Step.REST && welcomed && rate != start ? heardAt + SILENT : deadline;
    }

    /** Returns the next action; each is returned once. */
    RateAction take() {
        RateAction taken = action;
        action = RateAction.NONE;
        return taken;
    }

    // The session's beginning.

    /** The next HELLO goes out at this rate. */
    void helloAt(int baud) {
        rate = baud;
    }

    /** @param boardRates the rates that the board offers, its starting rate first; empty if it has only one */
    void welcomed(List<Integer> boardRates, long now) {
        if (!allowed.areFixed()) {
            welcomed = true;
            rates.offer(boardRates);
            start = boardRates.isEmpty() ? rate : boardRates.get(0);
            heardAt = now;
        }
    }

    /** Excludes rates that failed in an earlier session. */
    void avoid(Set<Integer> excluded) {
        rates.avoid(excluded);
    }

    // Up and down.

    /**
     * Begins to climb to the highest rate that has not failed, if that saves time. If not, and the board was found at a raised rate,
     * commits that rate: it may still be on trial.
     *
     * @param bytes that are still to be sent
     * @param roundTripNanos of a request
     * @param timeoutNanos how long an answer may take
     * @return true if something was begun, so that the upload waits
     */
    boolean climb(long bytes, long roundTripNanos, long timeoutNanos, long now) {
        int best = rates.highestBetween(start, Integer.MAX_VALUE);
        if (allowed.areFixed() || isBusy()) {
            return false;
        }
        timeout = timeoutNanos;
        if (best > rate && isWorth(best, bytes, roundTripNanos)) {
            ask(best);
        } else if (rate != start && !committed) {
            target = rate;
            asks = 1;
            become(Step.COMMITTING, RateAction.ASK, Deadline.NEVER);
        }
        return isBusy();
    }

    private boolean isWorth(int to, long bytes, long roundTripNanos) {
        double saved = bytes * 1e10 / rate - bytes * 1e10 / to;
        double cost = SETTLE + burstNanos(to) + 3.0 * roundTripNanos;
        return saved > WORTH * cost;
    }

    private static long burstNanos(int baud) {
        return PROBES * PROBE_WIRE_BYTES * 10_000_000_000L / baud;
    }

    /**
     * The line loses too much: begins to change to the next lower rate.
     *
     * @return false at the starting rate, and while a change is under way
     */
    boolean stepDown(long timeoutNanos) {
        if (isBusy() || rate == start) {
            return false;
        }
        timeout = timeoutNanos;
        rates.fail(rate, "loses too much", true);
        ask(Math.max(start, rates.highestBetween(start, rate)));
        return true;
    }

    private void ask(int baud) {
        target = baud;
        asks = 1;
        become(Step.ASKING, RateAction.ASK, Deadline.NEVER);
    }

    private void become(Step next, RateAction then, long until) {
        step = next;
        action = then;
        deadline = until;
    }

    private void rest(long now) {
        heardAt = now;
        become(Step.REST, RateAction.GO_ON, Deadline.NEVER);
    }

    private void giveUp(String why, boolean ofTheLine) {
        rates.fail(target, why, ofTheLine);
        returnToStart();
    }

    private void returnToStart() {
        rate = start;
        become(Step.RETURNING, RateAction.NONE, Deadline.NEVER);
    }

    /** A more urgent command came: leaves a rate that is on trial. */
    void cancel() {
        switch (step) {
            case ASKING -> become(Step.REST, RateAction.NONE, Deadline.NEVER);
            case CHANGING, SETTLING, PROBING, COMMITTING -> returnToStart();
            case REST, RETURNING, LISTENING -> {}
        }
    }

    // What comes in.

    /** The board answered RATE. */
    void answered(boolean ok, long now) {
        if (step == Step.COMMITTING && ok) {
            committed = true;
            rest(now);
        } else if (step == Step.COMMITTING) {
            giveUp("is refused by the board", false);
        } else if (step == Step.ASKING && ok) {
            rate = target;
            committed = false;
            become(Step.CHANGING, RateAction.NONE, Deadline.NEVER);
        } else if (step == Step.ASKING) {
            rates.fail(target, "is refused by the board", false);
            rest(now);
        }
    }

    /** RATE had no answer in time. If the board took it, it stays at the new rate for half a second, and then returns. */
    void unanswered(long now) {
        if (asks < ASKS) {
            asks++;
            action = RateAction.ASK;
        } else if (step == Step.ASKING && rate == start) {
            rates.fail(target, "brought no answer", false);
            rest(now);
        } else {
            giveUp("brought no answer", step == Step.COMMITTING);
        }
    }

    /** The driver changed the line to this rate. */
    void lineIs(int baud, long now) {
        lineAt = baud;
        if (awaitsLine()) {
            return;
        }
        if (step == Step.CHANGING && rate == start) {
            rest(now);
        } else if (step == Step.CHANGING) {
            become(Step.SETTLING, RateAction.NONE, now + SETTLE);
        } else if (step == Step.RETURNING) {
            become(Step.LISTENING, RateAction.PING, now + PING_EVERY);
        }
    }

    /** Returns the index of the next probe, or -1 if all of the burst was sent. */
    int nextProbe() {
        return step == Step.PROBING && probesSent < PROBES ? burst * PROBES + probesSent : -1;
    }

    void probeSent(long now) {
        probesSent++;
        expectProbed(now);
    }

    private void expectProbed(long now) {
        deadline = now + timeout + burstNanos(rate);
    }

    /** @param probes one bit for each probe that the board received */
    void probed(long baud, long probes, long now) {
        if (step != Step.PROBING || baud != rate) {
            return;
        }
        if (!heardProbed) {
            // The board sent this while the line still changed.
            damaged = false;
        }
        heardProbed = true;
        if (probes != probed) {
            expectProbed(now);
        }
        probed = probes;
        long wanted = 0xFFFFL << burst * PROBES;
        if ((probes & wanted) == wanted) {
            burstIsThrough(now);
        }
    }

    private void burstIsThrough(long now) {
        if (damaged) {
            anotherBurst(now);
        } else {
            asks = 1;
            become(Step.COMMITTING, RateAction.ASK, Deadline.NEVER);
        }
    }

    private void anotherBurst(long now) {
        burst++;
        if (burst == BURSTS || !heardProbed) {
            giveUp("does not carry its probes", true);
        } else {
            beginBurst(now);
        }
    }

    private void beginBurst(long now) {
        probesSent = 0;
        damaged = false;
        become(Step.PROBING, RateAction.NONE, Deadline.NEVER);
        expectProbed(now);
    }

    /** A chunk from the board was neither a frame nor text. */
    void damaged() {
        damaged = true;
    }

    /** The board was heard: a frame without a fault came. */
    void heard(long now) {
        heardAt = now;
        if (step == Step.LISTENING) {
            rest(now);
        }
    }

    /** Does what is due. */
    void tick(long now) {
        if (now < deadline()) {
            return;
        }
        switch (step) {
            case REST -> {
                if (committed) {
                    rates.fail(rate, "fell silent", false);
                }
                returnToStart();
            }
            case SETTLING -> {
                burst = 0;
                probed = 0;
                heardProbed = false;
                beginBurst(now);
            }
            case PROBING -> anotherBurst(now);
            case LISTENING -> become(Step.LISTENING, RateAction.PING, now + PING_EVERY);
            case ASKING, CHANGING, COMMITTING, RETURNING -> {}
        }
    }

    /** Returns one sentence: the rate, and why it is no higher. */
    String explanation() {
        return rates.explain(rate);
    }

    @Override
    public String toString() {
        return step + " rate=" + rate + " lineAt=" + lineAt + " target=" + target;
    }
}
