package dev.fotabridge.host.jobs.shared;

import dev.fotabridge.host.api.FotaException;
import dev.fotabridge.protocol.time.Deadline;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Finds the thing that makes AWS close the connection, which it does without a word when a policy does not allow a
 * publish (and may do for a subscription). Pure; times are nanoseconds of one monotonic clock. Not thread-safe.
 *
 * <p>Whatever is unanswered when the connection ends is a suspect. A suspect is tried: done again while nothing else
 * is unanswered, so that the end of the connection can only be meant for it. An answer acquits it, and so does
 * silence on a connection that stays. At the third end its thing is barred for a while; then it is tried again, as
 * policies change.
 */
final class DisconnectSuspects {
    static final int LIMIT = 3;
    static final long BAR_MINUTES = 10;

    private static final long BAR_NANOS = BAR_MINUTES * 60 * 1_000_000_000L;

    /** The end of a connection follows the forbidden action at once; AWS's own device client waits 10 s for a reply. */
    private static final long ACQUIT_NANOS = 5_000_000_000L;

    private record Bar(long until, FotaException cause) {}

    private final Map<PolicyAction, Long> open = new LinkedHashMap<>();
    private final Map<PolicyAction, Integer> strikes = new HashMap<>();
    private final Map<String, Bar> bars = new HashMap<>();

    boolean isSuspect(PolicyAction action) {
        return strikes.containsKey(action);
    }

    /** Whether this may be done now: nothing while a suspect is tried, and a suspect only by itself. */
    boolean admits(PolicyAction action) {
        return isSuspect(action) ? open.isEmpty() : open.keySet().stream().noneMatch(this::isSuspect);
    }

    void done(PolicyAction action, long now) {
        open.put(action, now);
    }

    void answered(PolicyAction action) {
        open.remove(action);
        strikes.remove(action);
    }

    /** The thing has gone: no answer to it will be heard. */
    void forget(String thing) {
        open.keySet().removeIf(action -> action.thing().equals(thing));
    }

    /** The thing is given up: should it come back, it starts anew. */
    void pardon(String thing) {
        strikes.keySet().removeIf(action -> action.thing().equals(thing));
        bars.remove(thing);
    }

    /** The connection has ended by itself. */
    void ended(long now) {
        Optional<PolicyAction> tried =
                open.keySet().stream().filter(this::isSuspect).findFirst();
        tried.ifPresent(action -> open.keySet().retainAll(Set.of(action)));
        for (PolicyAction action : open.keySet()) {
            int count = Math.min(LIMIT, strikes.merge(action, 1, Integer::sum));
            strikes.put(action, count);
            if (count == LIMIT) {
                bars.put(action.thing(), new Bar(now + BAR_NANOS, action.forbidden(BAR_MINUTES)));
            }
        }
        open.clear();
    }

    /** We have ended the connection: that says nothing about anybody. */
    void dropped() {
        open.clear();
    }

    /** Why this thing may not take part now; empty if it may. */
    Optional<FotaException> barred(String thing, long now) {
        return Optional.ofNullable(bars.get(thing))
                .filter(bar -> now < bar.until())
                .map(Bar::cause);
    }

    /** What is unanswered for long has not ended the connection. */
    void tick(long now) {
        for (PolicyAction action : List.copyOf(open.keySet())) {
            if (now - open.get(action) >= ACQUIT_NANOS) {
                answered(action);
            }
        }
    }

    /** When tick is next useful. */
    long deadline() {
        return open.values().stream().mapToLong(at -> at + ACQUIT_NANOS).min().orElse(Deadline.NEVER);
    }

    @Override
    public String toString() {
        return "open " + open.keySet() + ", suspects " + strikes + ", barred " + bars.keySet();
    }
}
