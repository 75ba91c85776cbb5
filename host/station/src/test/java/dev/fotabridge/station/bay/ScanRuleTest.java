package dev.fotabridge.station.bay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ScanRuleTest {
    private final ScanRule serial = new ScanRule("SN:", 6, 6, Pattern.compile("[A-Z]{2}[0-9]{4}"));

    @ParameterizedTest
    @ValueSource(strings = {"SN:AB1234", "SN:AB1234\r", "SN:AB1234\r\n", " SN:AB1234 ", "SN:AB1234\t"})
    void aScannersEndOfLineIsNoPartOfTheLabel(String text) {
        assertEquals("AB1234", serial.read(text));
    }

    @ParameterizedTest
    @CsvSource({
        "'', empty",
        "'\r\n', empty",
        "AB1234, does not begin with 'SN:'",
        "SN:AB123, 5 characters",
        "SN:AB12345, 7 characters",
        "SN:ab1234, does not look like",
        "SN:AB1234SN:AB1234, twice",
        "'SN:AB1234\r\nSN:AB1234\r\n', twice",
        "SN:AB1234AB1234, twice",
        "SN:AB1234SN:AB9999, 15 characters"
    })
    void aWrongScanSaysWhatIsWrong(String text, String sentence) {
        String said = assertThrows(IllegalArgumentException.class, () -> serial.read(text))
                .getMessage();
        assertTrue(said.contains(sentence), said);
    }

    @Test
    void aLabelThatRepeatsItselfAndFitsIsNoDoubleScan() {
        assertEquals("1212", ScanRule.ANY.read("1212"));
    }

    @Test
    void whatIsTooLongForALabelIsNotLookedAt() {
        String text = "x".repeat(ScanRule.LONGEST + 1);
        assertThrows(IllegalArgumentException.class, () -> ScanRule.ANY.read(text));
    }

    /** Otherwise one wrong label would hold the whole station up for years. */
    @Test
    @Timeout(30)
    void aPatternThatTakesForEverIsGivenUp() {
        ScanRule rule = new ScanRule("", 1, 64, Pattern.compile("([0-9]{1,9}){1,50}x"));
        assertEquals("12x", rule.read("12x"));
        IllegalArgumentException wrong = assertThrows(IllegalArgumentException.class, () -> rule.read("1".repeat(60)));
        assertTrue(wrong.getMessage().contains("takes too long"), wrong.getMessage());
        ScanRule plain = new ScanRule("", 1, ScanRule.LONGEST, Pattern.compile("SN[0-9A-F]*[A-Z]*.*;[^;]+"));
        assertEquals(200, plain.read("SN" + "A".repeat(195) + ";12").length());
    }

    @ParameterizedTest
    @ValueSource(strings = {"A B", "A\u0007", "\u00e4"})
    void withoutAPatternPrintableAsciiIsTaken(String text) {
        assertThrows(IllegalArgumentException.class, () -> ScanRule.ANY.read(text));
    }
}
