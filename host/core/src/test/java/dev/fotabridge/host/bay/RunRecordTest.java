package dev.fotabridge.host.bay;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.fotabridge.host.api.Phase;
import dev.fotabridge.host.api.Reason;
import dev.fotabridge.host.api.UpdateRecord;
import dev.fotabridge.host.api.WireTotals;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Where the time went. */
final class RunRecordTest {
    private static final long SECOND = 1_000_000_000L;

    private final RunRecord record = new RunRecord(10 * SECOND);

    private UpdateRecord result(long now) {
        return record.result(Reason.SUCCEEDED, "Done.", WireTotals.NONE, now);
    }

    @Test
    void aPhaseThatComesAgainHasTheSumAndKeepsItsPlace() {
        record.phase(Phase.CONNECT, 11 * SECOND);
        record.phase(Phase.TRANSFER, 13 * SECOND);
        record.phase(Phase.CONNECT, 20 * SECOND);
        UpdateRecord result = result(21 * SECOND);

        assertEquals(Map.of("CONNECT", 3.0, "TRANSFER", 7.0), result.spans());
        assertEquals(List.of("CONNECT", "TRANSFER"), List.copyOf(result.spans().keySet()));
        assertEquals(11.0, result.seconds());
    }

    @Test
    void theLastPhaseEndsOnce() {
        record.phase(Phase.CONFIRM, 10 * SECOND);

        assertEquals(Map.of("CONFIRM", 2.0), result(12 * SECOND).spans());
        assertEquals(Map.of("CONFIRM", 2.0), result(15 * SECOND).spans());
    }

    @Test
    void withoutAPhaseThereIsNoSpan() {
        assertEquals(Map.of(), result(12 * SECOND).spans());
    }
}
