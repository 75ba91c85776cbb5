package dev.fotabridge.host.cli;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * {@code 90}, {@code 90s}, {@code 1500ms}, {@code 5m}, {@code 2h}: from 1 ms to 7 days.
 * Tested by ConfigDefaultsTest.
 */
final class DurationConverter implements ITypeConverter<Duration> {
    private static final Pattern FORM = Pattern.compile("([0-9]{1,9})(ms|s|m|h|)");
    private static final Duration MAX = Duration.ofDays(7);

    @Override
    public Duration convert(String text) {
        Matcher form = FORM.matcher(text.strip());
        if (!form.matches()) {
            throw new TypeConversionException("'" + text + "' is no time such as 90s, 1500ms or 5m");
        }
        long count = Long.parseLong(form.group(1));
        Duration time = switch (form.group(2)) {
            case "ms" -> Duration.ofMillis(count);
            case "m" -> Duration.ofMinutes(count);
            case "h" -> Duration.ofHours(count);
            default -> Duration.ofSeconds(count);
        };
        if (time.isZero() || time.compareTo(MAX) > 0) {
            throw new TypeConversionException("'" + text + "' is not between 1 ms and 7 days");
        }
        return time;
    }
}
