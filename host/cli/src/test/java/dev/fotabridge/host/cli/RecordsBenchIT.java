package dev.fotabridge.host.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fotabridge.fixtures.bench.RecordsBench;
import dev.fotabridge.fixtures.bench.RecordsFigures;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** {@code bench records} with few records: what it finds counts, and no time. */
@Tag("real")
@Timeout(300)
final class RecordsBenchIT {
    private static final int ROWS = 12_000;

    @Test
    void everyAnswerIsRight() throws Exception {
        // A wrong answer ends it.
        RecordsFigures figures = RecordsBench.run(ROWS, 2);
        assertEquals(ROWS, figures.rows());
        assertEquals(
                Set.of(
                        "first_page",
                        "deep_page",
                        "last_page",
                        "unit",
                        "scan",
                        "thing",
                        "job",
                        "all",
                        "none",
                        "bay",
                        "bay_none"),
                figures.answerMillis().keySet());
        assertTrue(figures.exportMib() > 1, () -> figures.toString());
        assertTrue(figures.bareSeconds() < figures.openSeconds(), () -> figures.toString());
        assertTrue(figures.readSeconds() < figures.exportSeconds(), () -> figures.toString());
    }
}
