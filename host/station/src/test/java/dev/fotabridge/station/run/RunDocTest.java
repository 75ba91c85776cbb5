package dev.fotabridge.station.run;

import dev.fotabridge.station.DocTable;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** The ledger's order in {@code docs/station.md} is that of the code. */
final class RunDocTest {
    @Test
    void theStepsAreThoseOfARun() throws IOException {
        DocTable.holds("order", RunStep.markdown());
    }
}
