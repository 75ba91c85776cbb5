package dev.fotabridge.station.config;

import dev.fotabridge.station.bay.UnitIdentity;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How a board's thing is named: a text in which {@code {unit}}, {@code {probe}} and {@code {scan}} stand for what is known of the board. A
 * name is never mended: what AWS does not take is refused.
 *
 * @param template the text
 */
public record ThingName(String template) {
    /** AWS IoT, CreateThing: thingName. */
    private static final Pattern AWS = Pattern.compile("[a-zA-Z0-9:_-]{1,128}");

    private static final Pattern TEMPLATE = Pattern.compile("(?:[a-zA-Z0-9:_-]|\\{(?:unit|probe|scan)\\})+");

    private static final Pattern PART = Pattern.compile("\\{(unit|probe|scan)\\}");

    /** {@return whether a text can be a template} */
    static boolean isTemplate(String text) {
        return TEMPLATE.matcher(text).matches();
    }

    /** {@return whether boards get different names} */
    public boolean namesBoards() {
        return template.contains("{");
    }

    /** {@return whether the name needs a board's label} */
    public boolean needsScan() {
        return template.contains("{scan}");
    }

    /** {@return the name of a board's thing; empty while a part of it is not known} */
    public Optional<String> of(UnitIdentity board) {
        Matcher parts = PART.matcher(template);
        return parts.results().anyMatch(part -> value(part, board).isEmpty())
                ? Optional.empty()
                : Optional.of(parts.replaceAll(part -> Matcher.quoteReplacement(value(part, board))));
    }

    private static String value(MatchResult part, UnitIdentity board) {
        return switch (part.group(1)) {
            case "unit" -> board.unit();
            case "probe" -> board.probe();
            default -> board.scan();
        };
    }

    /** {@return whether AWS takes a name} */
    public static boolean isValid(String name) {
        return AWS.matcher(name).matches();
    }
}
