package dev.fotabridge.station.ledger;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;

/** Times as they stand in the ledger: UTC, with milliseconds always, so that the texts sort as the times do. */
public final class LedgerTime {
    private static final int LENGTH = "2026-11-30T12:00:00.000Z".length();
    private static final int NANOS_A_MILLI = 1_000_000;

    private LedgerTime() {}

    static String text(Instant at) {
        String text = Instant.ofEpochMilli(at.toEpochMilli()).toString();
        return text.contains(".") ? text : text.replace("Z", ".000Z");
    }

    /**
     * Reads a time. By its places: {@link Instant#parse} makes a new parser each time.
     *
     * @throws DateTimeException if it is none
     */
    public static Instant parse(String text) {
        if (text.length() != LENGTH || text.charAt(LENGTH - 1) != 'Z') {
            return Instant.parse(text);
        }
        try {
            return LocalDateTime.of(
                            number(text, 0, 4),
                            number(text, 5, 7),
                            number(text, 8, 10),
                            number(text, 11, 13),
                            number(text, 14, 16),
                            number(text, 17, 19),
                            number(text, 20, 23) * NANOS_A_MILLI)
                    .toInstant(ZoneOffset.UTC);
        } catch (NumberFormatException e) {
            throw new DateTimeException("no time: " + text, e);
        }
    }

    private static int number(String text, int from, int to) {
        return Integer.parseInt(text, from, to, 10);
    }
}
