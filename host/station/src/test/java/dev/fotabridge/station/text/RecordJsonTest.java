package dev.fotabridge.station.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.fotabridge.station.verdict.Verdict;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class RecordJsonTest {
    /** One component of each kind. */
    public record Sample(
            String text,
            boolean isFinal,
            int count,
            Optional<Long> large,
            Optional<Double> seconds,
            Verdict verdict,
            Instant at,
            List<String> all,
            Map<String, Double> phases) {}

    private static Sample sample(String text, Optional<Long> large, Optional<Double> seconds) {
        Map<String, Double> phases = new LinkedHashMap<>(Map.of("SWAP", 2.0004));
        return new Sample(
                text,
                true,
                3,
                large,
                seconds,
                Verdict.PASS,
                Instant.parse("2026-11-30T08:00:00.123456Z"),
                List.of("a"),
                phases);
    }

    @Test
    void aRecordIsAnObjectWithItsComponents() {
        assertEquals(
                "{\"text\":\"say \\\"hi\\\"\",\"final\":true,\"count\":3,\"large\":9007199254740993,\"seconds\":1.235,"
                        + "\"verdict\":\"PASS\",\"at\":\"2026-11-30T08:00:00.123Z\",\"all\":[\"a\"],\"phases\":{\"SWAP\":2.0}}",
                RecordJson.of(sample("say \"hi\"", Optional.of(9_007_199_254_740_993L), Optional.of(1.23456))));
    }

    @Test
    void whatIsNotKnownIsNull() {
        String json = RecordJson.of(sample("", Optional.empty(), Optional.empty()));
        assertEquals(
                "{\"text\":null,\"final\":true,\"count\":3,\"large\":null,\"seconds\":null",
                json.substring(0, json.indexOf(",\"verdict\"")));
    }

    @Test
    void aValueWithoutAFormIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> RecordJson.of(List.of(new Object())));
    }
}
