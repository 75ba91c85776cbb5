package dev.fotabridge.host.jobs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StatusDetailsTest {
    @Test
    void holdsWhatWasPut() {
        StatusDetails details = StatusDetails.builder()
                .phase("TRANSFER")
                .progress(40)
                .bytes(4, 10)
                .rate(95_000)
                .from("1.0.0")
                .to("1.1.0")
                .reason("LINK_LOST")
                .message("The link is gone.")
                .build();
        assertEquals(
                Map.of(
                        "phase",
                        "TRANSFER",
                        "progress",
                        "40",
                        "bytes",
                        "4/10",
                        "rate",
                        "95000",
                        "from",
                        "1.0.0",
                        "to",
                        "1.1.0",
                        "reason",
                        "LINK_LOST",
                        "message",
                        "The link is gone."),
                details.entries());
    }

    @Test
    void keepsToAwssRules() {
        StatusDetails.Builder builder = StatusDetails.builder();
        builder.put("key with ä".repeat(40), "line\none\ttwo\u0000\u2028\u202e\ud800" + "x".repeat(2_000));
        builder.put("empty", "").put("blank", " \n ").put("", "value");
        Map<String, String> entries = builder.build().entries();
        assertEquals(1, entries.size());
        entries.forEach((key, value) -> {
            assertTrue(key.matches("[A-Za-z0-9:_-]{1,128}"), key);
            assertEquals(StatusDetails.MAX_VALUE_LENGTH, value.length());
            assertTrue(value.startsWith("line one two"), value);
            assertTrue(value.codePoints().noneMatch(Character::isISOControl));
        });
    }

    @Test
    void neverCutsACharacterInTwo() {
        String value = "x".repeat(1_023) + "\ud83d\ude00";
        String kept = StatusDetails.builder().message(value).build().entries().get("message");
        assertEquals(1_023, kept.length());
    }

    @Test
    void staysSmallWithTheSessionThatIsAdded() {
        StatusDetails.Builder builder = StatusDetails.builder();
        for (int i = 0; i < 20; i++) {
            builder.put("key" + i, "value");
        }
        builder.put("key0", "later");
        Map<String, String> entries = builder.build().entries();
        assertEquals(9, entries.size());
        assertEquals("later", entries.get("key0"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"DOWNLOAD", "TRANSFER"})
    void pacesByPhasePercentAndTime(String phase) {
        ReportPacer pacer = new ReportPacer();
        assertTrue(pacer.isDue(phase, 0, 0));
        assertFalse(pacer.isDue(phase, 0, 100_000_000_000L), "nothing new");
        assertFalse(pacer.isDue(phase, 9, 1));
        assertTrue(pacer.isDue(phase, 10, 2));
        assertFalse(pacer.isDue(phase, 11, 15_000_000_001L));
        assertTrue(pacer.isDue(phase, 11, 15_000_000_002L));
        assertTrue(pacer.isDue("NEXT", 11, 15_000_000_003L));
    }
}
