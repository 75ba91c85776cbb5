package dev.fotabridge.station.text;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class RecordCsvTest {
    /** Cells of each kind. */
    public record Row(String text, boolean isFinal, Optional<Double> seconds, Map<String, Double> phases) {}

    private static String line(String text) {
        return RecordCsv.line(new Row(text, false, Optional.of(-1.5), Map.of()));
    }

    @Test
    void theHeaderNamesEveryComponent() {
        assertEquals("text,final,seconds,phases\r\n", RecordCsv.header(Row.class));
    }

    @Test
    void aNumberStaysANumberAndWhatIsNotKnownIsEmpty() {
        assertEquals("a,false,-1.5,\r\n", line("a"));
        assertEquals(",true,,\r\n", RecordCsv.line(new Row("", true, Optional.empty(), Map.of())));
    }

    @Test
    void aMapIsJsonInItsCell() {
        assertEquals(
                "a,true,,\"{\"\"SWAP\"\":2.5}\"\r\n",
                RecordCsv.line(new Row("a", true, Optional.empty(), Map.of("SWAP", 2.5))));
    }

    /** A cell that begins like a formula is one for a spreadsheet, and the text may come from a board or a label. */
    @ParameterizedTest
    @CsvSource({"=1+1,'''=1+1'", "+49,'''+49'", "-5,'''-5'", "@SUM(A1),'''@SUM(A1)'", "a=1,a=1"})
    void aFormulaIsMadeHarmless(String text, String cell) {
        assertEquals(cell + ",false,-1.5,\r\n", line(text));
    }

    @Test
    void separatorsQuotesAndLineEndsStayInTheirCell() {
        assertEquals("\"a,b\",false,-1.5,\r\n", line("a,b"));
        assertEquals("\"say \"\"hi\"\"\",false,-1.5,\r\n", line("say \"hi\""));
        assertEquals("\"one\r\ntwo\",false,-1.5,\r\n", line("one\r\ntwo"));
        assertEquals("\"'\tx\ny\",false,-1.5,\r\n", line("\tx\ny"));
    }
}
