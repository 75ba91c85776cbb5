package dev.fotabridge.junit;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A line of a console that is waited for. Immutable. Tested by ConsoleRecorderTest.
 *
 * <pre>{@code line("Application (.*) started").orFail("FATAL|assert")}</pre>
 */
public final class ExpectedLine {
    private final Pattern wanted;
    private final Optional<Pattern> unwanted;

    private ExpectedLine(Pattern wanted, Optional<Pattern> unwanted) {
        this.wanted = wanted;
        this.unwanted = unwanted;
    }

    /**
     * Names the line that is waited for.
     *
     * @param regex regular expression of {@link Pattern}, found anywhere in a line; {@code ^} and {@code $} are the line's ends
     * @return what {@link BoardConsole#await} takes
     */
    public static ExpectedLine line(String regex) {
        return new ExpectedLine(Pattern.compile(regex), Optional.empty());
    }

    /**
     * Adds what ends the wait at once as a failure. A line that both expressions find is a failure.
     *
     * @param regex regular expression, as for {@link #line}
     * @return the same line with this condition, in place of an earlier one
     */
    public ExpectedLine orFail(String regex) {
        return new ExpectedLine(wanted, Optional.of(Pattern.compile(regex)));
    }

    boolean isUnwanted(String line) {
        return unwanted.isPresent() && unwanted.get().matcher(line).find();
    }

    Optional<Matcher> find(String line) {
        Matcher matcher = wanted.matcher(line);
        return matcher.find() ? Optional.of(matcher) : Optional.empty();
    }

    /** Returns the expressions as a failure shows them. */
    @Override
    public String toString() {
        return "a line with \"" + wanted + "\""
                + unwanted.map(u -> " and none with \"" + u + "\" before it").orElse("");
    }
}
