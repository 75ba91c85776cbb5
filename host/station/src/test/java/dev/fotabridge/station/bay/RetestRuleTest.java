package dev.fotabridge.station.bay;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.fotabridge.station.verdict.Verdict;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class RetestRuleTest {
    @ParameterizedTest
    @CsvSource({
        "'', false, false",
        "FAIL, false, false",
        "FAIL FAIL, false, false",
        "FAIL FAIL UNKNOWN, false, true",
        "FAIL FAIL UNKNOWN, true, true",
        "PASS, false, true",
        "PASS, true, false",
        "PASS FAIL, false, true",
        "PASS PASS PASS, true, true",
        "ERROR ABORTED ERROR ABORTED, false, false",
        "FAIL ERROR FAIL ABORTED, false, false"
    })
    void refuses(String before, boolean isEngineer, boolean refused) {
        List<Verdict> verdicts = Arrays.stream(before.split(" "))
                .filter(word -> !word.isEmpty())
                .map(Verdict::valueOf)
                .toList();
        assertEquals(refused, new RetestRule(3).refusal(verdicts, isEngineer).isPresent());
    }
}
