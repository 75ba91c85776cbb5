package dev.fotabridge.station.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fotabridge.station.control.RecordQuery;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class QueryValuesTest {
    private static final Set<String> KNOWN = Set.of("search", "bay", "before", "limit");

    @Test
    void withoutParametersTheNewestRecordsAreMeant() {
        assertEquals(RecordQuery.NEWEST, new QueryValues(Map.of(), KNOWN).records());
        // A form sends its empty fields too.
        Map<String, List<String>> empty = Map.of("search", List.of(""), "bay", List.of(""));
        assertEquals(RecordQuery.NEWEST, new QueryValues(empty, KNOWN).records());
    }

    @Test
    void everyParameterCounts() {
        Map<String, List<String>> values = Map.of(
                "search", List.of("A-"),
                "bay", List.of("3"),
                "before", List.of("1000"),
                "limit", List.of("500"));
        assertEquals(new RecordQuery("A-", Optional.of(3), 1000, 500), new QueryValues(values, KNOWN).records());
    }

    @ParameterizedTest
    @CsvSource({
        "limit, 0, from 1 to 500",
        "limit, 501, from 1 to 500",
        "limit, ten, whole number",
        "before, 0, whole number",
        "before, 99999999999999999999, whole number",
        "bay, -1, whole number",
        "serach, A, parameter 'serach'"
    })
    void whatIsWrongIsNamed(String name, String value, String words) {
        ApiProblem problem =
                assertThrows(ApiProblem.class, () -> new QueryValues(Map.of(name, List.of(value)), KNOWN).records());
        assertEquals(400, problem.answer().status());
        assertTrue(problem.getMessage().contains(words), problem::getMessage);
    }

    @Test
    void aParameterThatComesTwiceAndALongSearchAreRefused() {
        assertThrows(ApiProblem.class, () -> new QueryValues(Map.of("bay", List.of("1", "2")), KNOWN));
        QueryValues longer = new QueryValues(Map.of("search", List.of("a".repeat(129))), KNOWN);
        assertThrows(ApiProblem.class, longer::records);
    }
}
