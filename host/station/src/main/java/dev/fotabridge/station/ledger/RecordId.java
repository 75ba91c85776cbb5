package dev.fotabridge.station.ledger;

import java.util.Locale;
import java.util.random.RandomGenerator;

/**
 * Ids of runs and attempts: UUID version 7 (RFC 9562, 5.7), unique over stations. They name a row and say nothing about its order: a
 * clock may be wrong.
 */
public final class RecordId {
    private static final int RANDOM_A_BITS = 12;
    private static final long VERSION = 0x7000;
    private static final long VARIANT = 0x8000_0000_0000_0000L;
    private static final long RANDOM_B = 0x3FFF_FFFF_FFFF_FFFFL;

    private RecordId() {}

    /**
     * Makes an id.
     *
     * @param millis Unix time, of which 48 bits are used
     * @param random a secure one, unless for a test
     */
    public static String of(long millis, RandomGenerator random) {
        long high = millis << 16 | VERSION | random.nextInt(1 << RANDOM_A_BITS);
        long low = random.nextLong() & RANDOM_B | VARIANT;
        String digits = String.format(Locale.ROOT, "%016x%016x", high, low);
        return digits.substring(0, 8)
                + "-" + digits.substring(8, 12)
                + "-" + digits.substring(12, 16)
                + "-" + digits.substring(16, 20)
                + "-" + digits.substring(20);
    }
}
