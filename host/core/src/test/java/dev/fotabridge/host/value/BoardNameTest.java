package dev.fotabridge.host.value;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which texts of a document are held against the board; how they compare is in {@link ImageBoardCheckTest}. */
final class BoardNameTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "nrf9160dk_nrf9160_ns",
                "nrf9160dk@0.14.0/nrf9160/ns",
                "my_board",
                "circuitdojo_feather_nrf9160_ns",
                "9160DK",
                "Thingy91",
                "Thingy:91",
                "PCA10090",
                "mps2/an521/cpu0"
            })
    void aBoardTypeOrAnotherNameOfOneIsCompared(String text) {
        assertTrue(BoardName.isBoard(text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "any", "ALL", "Rig 7, bay 3", "42", "production", "v1.0.2", "https://a/x", "Tracker_2"})
    void aTextThatNamesNoBoardIsNot(String text) {
        assertFalse(BoardName.isBoard(text));
    }
}
