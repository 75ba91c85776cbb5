package dev.fotabridge.host.update;

/** Makes text from outside fit to be shown in a sentence. Tested by ImageBoardCheckTest. */
final class Printable {
    private static final int MAX_LENGTH = 64;

    private Printable() {}

    static String of(String text) {
        String cut = text.length() > MAX_LENGTH ? text.substring(0, MAX_LENGTH) + "…" : text;
        return cut.replaceAll("\\p{C}", "?");
    }

    /** A session's words as a sentence. */
    static String sentence(String text) {
        if (text.isEmpty()) {
            return text;
        }
        String begun = Character.toUpperCase(text.charAt(0)) + text.substring(1);
        return begun.endsWith(".") ? begun : begun + ".";
    }
}
