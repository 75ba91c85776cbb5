package dev.fotabridge.station.bay;

import dev.fotabridge.station.verdict.Verdict;
import java.util.List;
import java.util.Optional;

/**
 * Whether a unit may run once more with the same file: a unit that fails is not tried until it passes. ERROR and ABORTED say nothing
 * about the unit, and do not count.
 *
 * @param runs most runs of a unit and a file, at least 1
 */
public record RetestRule(int runs) {
    /**
     * Returns why a start is refused, in one sentence; empty if it is not.
     *
     * @param before verdicts of the unit's runs with this file, the oldest first
     * @param isEngineer whether an engineer asks
     */
    public Optional<String> refusal(List<Verdict> before, boolean isEngineer) {
        long counted = before.stream()
                .filter(verdict -> verdict != Verdict.ERROR && verdict != Verdict.ABORTED)
                .count();
        if (counted >= runs) {
            return Optional.of("This unit has had " + counted + " runs with this file, and " + runs + " are allowed.");
        } else if (before.contains(Verdict.PASS) && !isEngineer) {
            return Optional.of("This unit has passed with this file: only an engineer starts it again.");
        }
        return Optional.empty();
    }
}
