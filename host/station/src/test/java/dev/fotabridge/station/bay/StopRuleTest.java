package dev.fotabridge.station.bay;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.fotabridge.host.api.Reason;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class StopRuleTest {
    @ParameterizedTest
    @CsvSource({
        "3, '', false",
        "3, a=REVERTED b=REVERTED, false",
        "3, a=REVERTED b=NOT_VERIFIED c=REVERTED, true",
        "3, a=REVERTED a=REVERTED a=REVERTED, false",
        "3, a=REVERTED b=REVERTED d=SUCCEEDED c=REVERTED, false",
        "3, a=REVERTED b=REVERTED d=LINK_LOST c=REVERTED, false",
        "3, =REVERTED =REVERTED =REVERTED, true",
        "3, a=REVERTED b=REVERTED c=REVERTED d=SUCCEEDED, true",
        "0, a=REVERTED b=REVERTED c=REVERTED, false"
    })
    void stopsAfterSoManyUnitsInARow(int stopAfter, String ends, boolean stops) {
        List<StopRule.End> list = Arrays.stream(ends.split(" "))
                .filter(word -> !word.isEmpty())
                .map(word -> word.split("="))
                .map(parts -> new StopRule.End(parts[0], Reason.valueOf(parts[1])))
                .toList();
        assertEquals(stops, new StopRule(stopAfter).stops(list));
    }
}
