package dev.fotabridge.station.bay;

import dev.fotabridge.station.DocTable;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** The tables of a bay in {@code docs/station.md} are those of the code. */
final class BayDocTest {
    @Test
    void theBaysTableIsTheMachines() throws IOException {
        DocTable.holds("bay", BayTable.markdown());
    }

    @Test
    void theChecksOfAStartAreTheGates() throws IOException {
        DocTable.holds("start", StartGate.markdown());
    }
}
