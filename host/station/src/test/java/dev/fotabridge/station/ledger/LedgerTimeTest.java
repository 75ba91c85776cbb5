package dev.fotabridge.station.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.DateTimeException;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Times of the ledger sort as texts, and are read as they were written. */
final class LedgerTimeTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "2026-11-30T12:00:00.000Z",
                "2024-02-29T23:59:59.999Z",
                "1970-01-01T00:00:00.001Z",
                "9999-12-31T23:59:59.010Z"
            })
    void isReadAsItIsWritten(String text) {
        assertEquals(Instant.parse(text), LedgerTime.parse(text));
        assertEquals(text, LedgerTime.text(LedgerTime.parse(text)));
    }

    @Test
    void hasMillisecondsAlways() {
        assertEquals("2026-11-30T12:00:00.000Z", LedgerTime.text(Instant.parse("2026-11-30T12:00:00.000000999Z")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "2026-11-30",
                "2026-02-30T12:00:00.000Z",
                "2026-13-01T12:00:00.000Z",
                "2026-11-3xT12:00:00.000Z",
                "2026-11-30T24:00:00.000Z"
            })
    void anotherTextIsNoTime(String text) {
        assertThrows(DateTimeException.class, () -> LedgerTime.parse(text));
    }

    @Test
    void timesOfAnotherFormAreReadToo() {
        assertEquals(Instant.ofEpochSecond(1), LedgerTime.parse("1970-01-01T00:00:01Z"));
    }
}
