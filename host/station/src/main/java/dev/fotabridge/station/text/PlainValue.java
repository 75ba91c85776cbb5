package dev.fotabridge.station.text;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Scalar values as JSON and CSV show them. Tested by RecordJsonTest. */
final class PlainValue {
    private static final double THOUSANDTHS = 1000.0;

    private PlainValue() {}

    /** {@return a number of seconds with at most three decimals} */
    static double rounded(double number) {
        return Math.round(number * THOUSANDTHS) / THOUSANDTHS;
    }

    /**
     * {@return a value as text}
     *
     * @param value a text, number, boolean, enum or time
     * @throws IllegalArgumentException if it is something else, whose text would be accidental
     */
    static String text(Object value) {
        if (value instanceof Instant time) {
            return time.truncatedTo(ChronoUnit.MILLIS).toString();
        } else if (value instanceof Double number) {
            return Double.toString(rounded(number));
        } else if (value instanceof CharSequence
                || value instanceof Number
                || value instanceof Boolean
                || value instanceof Enum<?>) {
            return value.toString();
        }
        throw new IllegalArgumentException("no scalar: " + value.getClass().getName());
    }
}
