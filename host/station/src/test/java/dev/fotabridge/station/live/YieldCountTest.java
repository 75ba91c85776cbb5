package dev.fotabridge.station.live;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.fotabridge.station.verdict.Verdict;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class YieldCountTest {
    private final YieldCount yields = new YieldCount();
    private final Map<String, List<Verdict>> runs = new HashMap<>();

    private void ended(String unit, Verdict verdict) {
        runs.computeIfAbsent(unit, u -> new ArrayList<>()).add(verdict);
        yields.ended(runs.get(unit));
    }

    @Test
    void beforeTheFirstUnitThereIsNone() {
        assertEquals(Optional.empty(), yields.first());
        ended("a", Verdict.ERROR);
        ended("b", Verdict.ABORTED);
        assertEquals(Optional.empty(), yields.last());
    }

    @Test
    void aUnitThatPassesAtItsSecondRunCountsInTheFinalYieldAlone() {
        ended("a", Verdict.PASS);
        ended("b", Verdict.FAIL);
        assertEquals(Optional.of(0.5), yields.first());
        assertEquals(Optional.of(0.5), yields.last());
        ended("b", Verdict.PASS);
        assertEquals(Optional.of(0.5), yields.first());
        assertEquals(Optional.of(1.0), yields.last());
    }

    @Test
    void aUnitThatFailsAfterItHadPassedIsNoGoodUnitAnyMore() {
        ended("a", Verdict.PASS);
        ended("a", Verdict.UNKNOWN);
        assertEquals(Optional.of(1.0), yields.first());
        assertEquals(Optional.of(0.0), yields.last());
    }

    @Test
    void whatSaysNothingAboutAUnitIsNoRunOfIt() {
        ended("a", Verdict.ABORTED);
        ended("a", Verdict.PASS);
        ended("a", Verdict.ERROR);
        assertEquals(Optional.of(1.0), yields.first());
        assertEquals(Optional.of(1.0), yields.last());
    }
}
