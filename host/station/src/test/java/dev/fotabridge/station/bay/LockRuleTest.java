package dev.fotabridge.station.bay;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.fotabridge.station.verdict.Verdict;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class LockRuleTest {
    @ParameterizedTest
    @CsvSource({
        "2, '', false",
        "2, FAIL, false",
        "2, FAIL FAIL, true",
        "2, FAIL ERROR, true",
        "2, FAIL PASS FAIL, false",
        "2, FAIL ABORTED UNKNOWN FAIL, true",
        "2, ABORTED ABORTED ABORTED, false",
        "2, FAIL FAIL PASS, true",
        "1, ERROR, true",
        "0, FAIL FAIL FAIL, false"
    })
    void locksAfterSoManyInARow(int lockAfter, String verdicts, boolean locks) {
        List<Verdict> list = Arrays.stream(verdicts.split(" "))
                .filter(word -> !word.isEmpty())
                .map(Verdict::valueOf)
                .toList();
        assertEquals(locks, new LockRule(lockAfter).locks(list));
    }
}
