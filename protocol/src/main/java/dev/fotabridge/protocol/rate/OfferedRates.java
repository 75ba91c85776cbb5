package dev.fotabridge.protocol.rate;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The rates that the board offers, and why some of them are not used. Tested by RateLadderTest. */
final class OfferedRates {
    private final int ceiling;
    private final Map<Integer, String> failed = new LinkedHashMap<>();
    private final Set<Integer> bad = new LinkedHashSet<>();
    private Set<Integer> avoided = Set.of();
    private List<Integer> offered = List.of();

    /** @param ceiling the highest rate that may be used */
    OfferedRates(int ceiling) {
        this.ceiling = ceiling;
    }

    void offer(List<Integer> rates) {
        offered = rates;
    }

    /** Excludes rates that failed in an earlier session. */
    void avoid(Set<Integer> rates) {
        avoided = Set.copyOf(rates);
    }

    /**
     * Excludes a rate for the rest of the session.
     *
     * @param why follows the rate in a sentence
     * @param ofTheLine true if the line is the cause, not the board's answer
     */
    void fail(int baud, String why, boolean ofTheLine) {
        failed.put(baud, why);
        if (ofTheLine) {
            bad.add(baud);
        }
    }

    /** Returns the rates that the line did not carry in this session. */
    Set<Integer> bad() {
        return Set.copyOf(bad);
    }

    /** Returns the highest rate above {@code start} and below {@code limit} that may be tried; 0 if there is none. */
    int highestBetween(int start, int limit) {
        return offered.stream()
                .filter(r -> r > start && r < limit && r <= ceiling)
                .filter(r -> !failed.containsKey(r) && !avoided.contains(r))
                .reduce(0, Math::max);
    }

    /** Returns one sentence: the rate in use, and why it is no higher. */
    String explain(int rate) {
        List<String> reasons = new ArrayList<>();
        offered.stream()
                .filter(r -> r > rate && r <= ceiling)
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
}
