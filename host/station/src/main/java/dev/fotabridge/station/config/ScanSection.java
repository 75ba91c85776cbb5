package dev.fotabridge.station.config;

import dev.fotabridge.host.api.FotaException;
import dev.fotabridge.station.bay.ScanRule;
import dev.fotabridge.station.yaml.YamlSection;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** Reads {@code scan: {prefix, length, pattern}}. Tested by StationFileTest. */
final class ScanSection {
    private static final Pattern LENGTH = Pattern.compile("([0-9]{1,3})(?:-([0-9]{1,3}))?");
    private static final int MAX_LENGTH = 200;

    private ScanSection() {}

    /**
     * Returns the rule of labels.
     *
     * @param needed whether labels are scanned if there is no such section, too
     */
    static Optional<ScanRule> of(YamlSection station, boolean needed) throws FotaException {
        Optional<YamlSection> scan = station.section("scan", "scan", List.of("prefix", "length", "pattern"));
        if (scan.isEmpty()) {
            return needed ? Optional.of(ScanRule.ANY) : Optional.empty();
        }
        int[] lengths = lengths(scan.get());
        String prefix = scan.get().text("prefix").orElse("");
        return Optional.of(new ScanRule(prefix, lengths[0], lengths[1], pattern(scan.get())));
    }

    private static int[] lengths(YamlSection scan) throws FotaException {
        Optional<String> text = scan.text("length", LENGTH, "a number of characters, such as 12, or 8-12");
        if (text.isEmpty()) {
            return new int[] {ScanRule.ANY.minLength(), ScanRule.ANY.maxLength()};
        }
        Matcher parts = LENGTH.matcher(text.get());
        parts.matches();
        int least = Integer.parseInt(parts.group(1));
        int most = parts.group(2) == null ? least : Integer.parseInt(parts.group(2));
        if (least < 1 || most < least || most > MAX_LENGTH) {
            throw scan.wrong("length", "is '" + text.get() + "': a label has 1 to " + MAX_LENGTH + " characters");
        }
        return new int[] {least, most};
    }

    private static Pattern pattern(YamlSection scan) throws FotaException {
        Optional<String> text = scan.text("pattern");
        try {
            return text.map(Pattern::compile).orElse(ScanRule.ANY.pattern());
        } catch (PatternSyntaxException e) {
            throw scan.wrong("pattern", "is no regular expression (" + e.getDescription() + ")");
        }
    }
}
