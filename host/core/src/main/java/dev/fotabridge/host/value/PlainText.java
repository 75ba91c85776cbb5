package dev.fotabridge.host.value;

/**
 * Text of others (a cloud, a server, a board, a file) made fit for one line of a terminal, a log, JSON or a report: no
 * control character can move the cursor or end the line, no bidirectional control can turn the order round.
 * Tested by EventsTest.
 */
public final class PlainText {
    private static final char SUBSTITUTE = '?';
    private static final int MAX_NAME_CHARS = 100;

    private PlainText() {}

    /** Returns the text on one line, with {@code ?} for each character that is not plain but TAB; null stays null. */
    public static String line(String text) {
        if (text == null || text.codePoints().allMatch(PlainText::isPlain)) {
            return text;
        }
        StringBuilder line = new StringBuilder(text.length());
        text.codePoints().map(c -> isPlain(c) || c == '\t' ? c : SUBSTITUTE).forEach(line::appendCodePoint);
        return line.toString();
    }

    /** The same for a name or a code within a sentence: cut behind 100 characters, with {@code …} to show it. */
    public static String name(String text) {
        return line(text.length() > MAX_NAME_CHARS ? text.substring(0, MAX_NAME_CHARS) + "…" : text);
    }

    /** False for Unicode's category C (control, format, surrogate, private use, unassigned) and line separators. */
    public static boolean isPlain(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> false;
            default -> true;
        };
    }
}
