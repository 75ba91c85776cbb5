package dev.fotabridge.protocol.rate;

import dev.fotabridge.protocol.time.Deadline;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The host's half of SPEC.md section 10: which rate the line is to have, and what has to be said for it. Pure: it knows neither frames nor
 * the driver; what is to be done comes out as an {@link RateAction}, one at a time, and when the line must change as {@link #rate()}.
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
    /** Where it stands. */
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
    /** A UART, a USB bridge and a driver need a moment; what the board still had to say at the old rate passes. */
    private static final long SETTLE = 20 * MILLIS;
    /** Well below T, after which the board leaves the rate, and above the keep-alive's second and its answer. */
    static final long SILENT = 2_000 * MILLIS;

    private static final long PING_EVERY = 250 * MILLIS;
    private static final int ASKS = 3;
    private static final int BURSTS = 2;
    /** A climb is begun when it saves that many times what it costs, since it may fail. */
    private static final int WORTH = 2;

    private final LineRates allowed;
    private final Map<Integer, String> failed = new LinkedHashMap<>();
    private final Set<Integer> bad = new LinkedHashSet<>();
    private Set<Integer> avoided = Set.of();
    private List<Integer> offered = List.of();
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
    private long patience;
    private int asks;
    private int burst;
    private int probesSent;
    private long probed;
    private boolean heardProbed;
    private boolean damaged;

    RateLadder(LineRates allowed) {
        this.allowed = allowed;
        this.rate = allowed.now();
        this.lineAt = allowed.now();
        this.start = allowed.start();
    }

    // What others see.

    Step step() {
        return step;
    }

    /** Something is going on that the upload has to wait for. */
    boolean isBusy() {
        return step != Step.REST;
    }

    /** What the line is to have; 0 if nobody changes it. */
    int rate() {
        return rate;
    }

    /** Nothing may go out before the driver has changed the line. */
    boolean awaitsLine() {
        return rate != lineAt;
    }

    /** The rate that an ASK is about. */
    int target() {
        return target;
    }

    /** Rates that the line has been found not to carry, in this session. */
    Set<Integer> bad() {
        return Set.copyOf(bad);
    }

    /** When {@link #tick} is next useful. */
    long deadline() {
        return step == Step.REST && welcomed && rate != start ? heardAt + SILENT : deadline;
    }

    /** What is to be done; asked once for each. */
    RateAction take() {
        RateAction taken = action;
        action = RateAction.NONE;
        return taken;
    }

    // The session's beginning.

    /** The next HELLO goes out at this rate. */
    void greetAt(int baud) {
        rate = baud;
    }

    /** @param boardRates those that the board offers, its starting rate first; empty if there is no other */
    void welcomed(List<Integer> boardRates, long now) {
        if (!allowed.areFixed()) {
            welcomed = true;
            offered = boardRates;
            start = boardRates.isEmpty() ? rate : boardRates.get(0);
            heardAt = now;
        }
    }

    /** Rates that are not to be tried, since they have failed before. */
    void avoid(Set<Integer> rates) {
        avoided = Set.copyOf(rates);
    }

    // Up and down.

    /**
     * Begins to climb to the highest rate that has not failed, if that is worth it. A raised rate at which the board was found may be on
     * trial still, and is committed first.
     *
     * @param bytes that are still to be sent
     * @param roundTripNanos of a request
     * @param patienceNanos how long an answer may take
     */
    boolean climb(long bytes, long roundTripNanos, long patienceNanos, long now) {
        int best = highestBelow(Integer.MAX_VALUE);
        if (allowed.areFixed() || isBusy()) {
            return false;
        }
        patience = patienceNanos;
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

    /** The rate in use loses too much: begins to change to the next lower one, if there is any. */
    boolean stepDown(long patienceNanos) {
        if (isBusy() || rate == start) {
            return false;
        }
        patience = patienceNanos;
        fail(rate, "loses too much", true);
        ask(Math.max(start, highestBelow(rate)));
        return true;
    }

    /** 0 if there is none. */
    private int highestBelow(int limit) {
        return offered.stream()
                .filter(r -> r < limit && r <= allowed.ceiling() && r > start)
                .filter(r -> !failed.containsKey(r) && !avoided.contains(r))
                .reduce(0, Math::max);
    }

    private void fail(int baud, String why, boolean ofTheLine) {
        failed.put(baud, why);
        if (ofTheLine) {
            bad.add(baud);
        }
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
        fail(target, why, ofTheLine);
        returnToStart();
    }

    private void returnToStart() {
        rate = start;
        become(Step.RETURNING, RateAction.NONE, Deadline.NEVER);
    }

    /** Something else is more urgent; a rate that is on trial is left. */
    void cancel() {
        switch (step) {
            case ASKING -> become(Step.REST, RateAction.NONE, Deadline.NEVER);
            case CHANGING, SETTLING, PROBING, COMMITTING -> returnToStart();
            case REST, RETURNING, LISTENING -> {}
        }
    }

    // What comes in.

    /** RATE has its answer. */
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
            fail(target, "is refused by the board", false);
            rest(now);
        }
    }

    /** RATE had no answer in time: the board may be at the new rate for half a second, and then back. */
    void unanswered(long now) {
        if (asks < ASKS) {
            asks++;
            action = RateAction.ASK;
        } else if (step == Step.ASKING && rate == start) {
            fail(target, "brought no answer", false);
            rest(now);
        } else {
            giveUp("brought no answer", step == Step.COMMITTING);
        }
    }

    /** The driver has changed the line. */
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

    /** The index of the probe that goes out next, or -1. */
    int nextProbe() {
        return step == Step.PROBING && probesSent < PROBES ? burst * PROBES + probesSent : -1;
    }

    void probeSent(long now) {
        probesSent++;
        expectProbed(now);
    }

    private void expectProbed(long now) {
        deadline = now + patience + burstNanos(rate);
    }

    /** @param probes a bit for each that came */
    void probed(long baud, long probes, long now) {
        if (step != Step.PROBING || baud != rate) {
            return;
        }
        if (!heardProbed) {
            // What was damaged before was said while the line changed.
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

    /** A chunk from the board was neither frame nor text. */
    void damaged() {
        damaged = true;
    }

    /** Something right was heard from the board. */
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
                    fail(rate, "fell silent", false);
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

    /** One sentence: the rate that the line has, and why it is no higher. */
    String explanation() {
        List<String> reasons = new ArrayList<>();
        offered.stream()
                .filter(r -> r > rate && r <= allowed.ceiling())
                .sorted(Comparator.reverseOrder())
                .forEach(r -> reasons.add(r + " " + whyNot(r)));
        if (offered.isEmpty()) {
            reasons.add("the board offers no other");
        } else if (reasons.isEmpty() && offered.stream().anyMatch(r -> r > rate)) {
            reasons.add("a higher rate is not allowed");
        }
        String why = reasons.isEmpty() ? "" : ": " + String.join(", ", reasons);
        return "The line runs at " + rate + " baud" + why + ".";
    }

    private String whyNot(int baud) {
        return failed.getOrDefault(baud, avoided.contains(baud) ? "failed not long ago" : "is not worth the climb");
    }

    @Override
    public String toString() {
        return step + " rate=" + rate + " lineAt=" + lineAt + " target=" + target;
    }
}
