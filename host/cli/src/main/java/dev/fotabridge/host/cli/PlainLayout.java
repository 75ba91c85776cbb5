package dev.fotabridge.host.cli;

import ch.qos.logback.classic.PatternLayout;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import dev.fotabridge.host.value.PlainText;
import java.util.stream.Collectors;

/**
 * A line for each event of the log, whoever's words are in it; a stack goes below it, each line of it indented, so that none
 * can be taken for one of ours.
 * Tested by EventsTest.
 */
final class PlainLayout extends PatternLayout {
    /** Without the stack, which the pattern would put at the margin. */
    private static final String PATTERN = "%d{HH:mm:ss.SSS} %-5level %logger{0} [%thread] %msg%nopex";

    PlainLayout() {
        setPattern(PATTERN);
    }

    @Override
    public String doLayout(ILoggingEvent event) {
        String line = PlainText.line(super.doLayout(event)) + System.lineSeparator();
        return event.getThrowableProxy() == null
                ? line
                : line + indented(ThrowableProxyUtil.asString(event.getThrowableProxy()));
    }

    /** The lines of a stack. */
    static String indented(String stack) {
        return stack.lines()
                .map(line -> "    " + PlainText.line(line) + System.lineSeparator())
                .collect(Collectors.joining());
    }
}
