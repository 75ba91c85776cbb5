package dev.fotabridge.station.bay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class SharedProbeRuleTest {
    private static final Set<String> SHARED = Set.of("960");

    private static UnitIdentity board(String unit, String probe) {
        return new UnitIdentity(unit, probe, "");
    }

    private static Optional<String> refusal(UnitIdentity one, UnitIdentity other) {
        return SharedProbeRule.refusal(1, Map.of(1, one, 2, other), SHARED);
    }

    @Test
    void differentUnitIdsTellTwoBoardsApart() {
        assertEquals(Optional.empty(), refusal(board("a", "960"), board("b", "960")));
    }

    @Test
    void aBoardWithoutAUnitIdDoesNotRun() {
        assertTrue(refusal(board("", "960"), board("b", "960")).orElseThrow().contains("CONFIG_HWINFO"));
    }

    @Test
    void aBoardWithAUnitIdRunsBesideOneThatIsNotKnown() {
        assertEquals(Optional.empty(), refusal(board("a", "960"), board("", "960")));
    }

    @Test
    void oneUnitIdTwiceDoesNotRun() {
        assertTrue(refusal(board("a", "960"), board("a", "960")).orElseThrow().contains("bay 2"));
    }

    @Test
    void aSerialNumberOfOneDebuggerStopsNobody() {
        assertEquals(Optional.empty(), refusal(board("", "961"), board("", "962")));
        assertEquals(Optional.empty(), refusal(board("a", "961"), board("a", "962")));
    }

    /** The others stand at no bay. */
    @Test
    void withoutAUnitIdItIsOneOfSeveralWhereverTheOthersAre() {
        assertTrue(
                SharedProbeRule.refusal(1, Map.of(1, board("", "960")), SHARED).isPresent());
        assertEquals(Optional.empty(), SharedProbeRule.refusal(1, Map.of(1, board("a", "960")), SHARED));
    }

    @Test
    void withoutADebuggerNothingIsShared() {
        assertEquals(Optional.empty(), refusal(board("", ""), board("", "")));
    }
}
