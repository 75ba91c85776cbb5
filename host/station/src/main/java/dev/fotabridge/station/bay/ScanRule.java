package dev.fotabridge.station.bay;

import java.util.regex.Pattern;

/**
 * What a scanned label must look like. A scanner adds a line end, or a blank; some send a prefix for the kind of code; two scans in a row
 * may arrive as one text.
 *
 * @param prefix what each label begins with, and is left out of it; may be empty
 * @param minLength fewest characters behind the prefix, at least 1
 * @param maxLength most characters behind the prefix
 * @param pattern what all behind the prefix must match
 */
public record ScanRule(String prefix, int minLength, int maxLength, Pattern pattern) {
    /** Longest label that is looked at; a two-dimensional code may hold kilobytes. */
    static final int LONGEST = 256;

    /** Printable ASCII without blanks. */
    public static final ScanRule ANY = new ScanRule("", 1, 64, Pattern.compile("[!-~]+"));

    /**
     * Reads what a scanner has sent.
     *
     * @return the label
     * @throws IllegalArgumentException with a sentence that says what is wrong with it
     */
    public String read(String text) {
        String label = text.strip();
        require(!label.isEmpty(), "The scan is empty.");
        require(
                label.length() <= LONGEST,
                "The scan has " + label.length() + " characters, more than a label can have.");
        require(
                label.startsWith(prefix),
                "The label does not begin with '" + prefix + "': is it another label of the board?");
        label = label.substring(prefix.length());
        require(!isTwice(label), "The label was scanned twice in a row: scan it once.");
        require(
                label.length() >= minLength && label.length() <= maxLength,
                "The label has " + label.length() + " characters, not " + lengths() + ": scan it again.");
        require(matches(label), "The label does not look like " + pattern + ": is it another label of the board?");
        return label;
    }

    private boolean matches(String label) {
        try {
            return pattern.matcher(new CountedText(label)).matches();
        } catch (IllegalStateException e) {
            throw new IllegalArgumentException("Whether the label looks like " + pattern
                    + " takes too long to find out: write 'pattern' without a repetition in a repetition.");
        }
    }

    /** One text that is too long, and is a shorter one two times, with or without its prefix. */
    private boolean isTwice(String label) {
        String second = prefix + label;
        return label.length() > maxLength && (isDoubled(label) || second.length() % 2 == 0 && isDoubled(second));
    }

    private static boolean isDoubled(String text) {
        String half = text.substring(0, text.length() / 2).strip();
        return text.substring(text.length() / 2).strip().equals(half);
    }

    private String lengths() {
        return minLength == maxLength ? "" + minLength : minLength + " to " + maxLength;
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new IllegalArgumentException(otherwise);
        }
    }
}
