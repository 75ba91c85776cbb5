package dev.fotabridge.station.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class JsonBodyTest {
    private static final Set<String> KNOWN = Set.of("text", "bay");

    @Test
    void valuesAreReadByTheirType() {
        JsonBody body = JsonBody.of("{\"text\":\"A-1\",\"bay\":7}", KNOWN);
        assertEquals("A-1", body.text("text", 3));
        assertEquals(Optional.of(7), body.optionalNumber("bay"));
    }

    @Test
    void nothingAndNullAreTold() {
        JsonBody body = JsonBody.of("{\"text\":null}", KNOWN);
        assertEquals(Optional.of(""), body.optionalText("text", 3));
        assertEquals(Optional.empty(), body.optionalNumber("bay"));
        assertEquals(Optional.empty(), JsonBody.of("", KNOWN).optionalText("text", 3));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[1] | must be a JSON object",
                "{\"text\":\"a\" | no JSON",
                "{\"text\":\"a\"} x | no JSON",
                "{\"text\":\"a\",\"text\":\"b\"} | Duplicate",
                "{\"text\":[[[[[1]]]]]} | is nested too deep",
                "{\"txet\":\"a\"} | unknown key 'txet'",
                "{\"text\":1} | 'text' must be a text",
                "{\"text\":\"four\"} | at most 3 characters",
                "{\"text\":\"\"} | lacks 'text'",
                "{} | lacks 'text'"
            })
    void whatElseComesIsRefusedByItsName(String text, String words) {
        ApiProblem problem =
                assertThrows(ApiProblem.class, () -> JsonBody.of(text, KNOWN).text("text", 3));
        assertEquals(400, problem.answer().status());
        assertTrue(problem.getMessage().contains(words), problem::getMessage);
    }

    @ParameterizedTest
    @CsvSource({"1.5", "\"1\"", "9999999999", "true"})
    void onlyAWholeNumberIsANumber(String value) {
        JsonBody body = JsonBody.of("{\"bay\":" + value + "}", KNOWN);
        assertThrows(ApiProblem.class, () -> body.optionalNumber("bay"));
    }
}
