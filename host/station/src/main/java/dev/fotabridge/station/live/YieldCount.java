package dev.fotabridge.station.live;

import dev.fotabridge.station.verdict.Verdict;
import java.util.List;
import java.util.Optional;

/**
 * Counts units by the verdicts of their first and last runs. ERROR and ABORTED say nothing about a unit, so that such a run is none here. For
 * one thread at a time.
 */
final class YieldCount {
    private long units;
    private long passedFirst;
    private long passedLast;

    /**
     * A run of a unit has ended.
     *
     * @param verdicts of the unit's runs that are counted, the oldest first, with the one that has ended
     */
    void ended(List<Verdict> verdicts) {
        List<Verdict> ofUnit = verdicts.stream().filter(YieldCount::isOfUnit).toList();
        if (ofUnit.isEmpty() || !isOfUnit(verdicts.get(verdicts.size() - 1))) {
            return;
        }
        int last = ofUnit.size() - 1;
        passedLast += passed(ofUnit.get(last));
        if (last == 0) {
            units++;
            passedFirst += passed(ofUnit.get(0));
        } else {
            passedLast -= passed(ofUnit.get(last - 1));
        }
    }

    private static boolean isOfUnit(Verdict verdict) {
        return verdict == Verdict.PASS || verdict == Verdict.FAIL || verdict == Verdict.UNKNOWN;
    }

    private static int passed(Verdict verdict) {
        return verdict == Verdict.PASS ? 1 : 0;
    }

    /** {@return share of units whose first run ended PASS; empty before the first unit} */
    Optional<Double> first() {
        return share(passedFirst);
    }

    /** {@return share of units whose last run ended PASS; empty before the first unit} */
    Optional<Double> last() {
        return share(passedLast);
    }

    private Optional<Double> share(long passed) {
        return units == 0 ? Optional.empty() : Optional.of((double) passed / units);
    }
}
