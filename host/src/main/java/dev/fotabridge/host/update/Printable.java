package dev.fotabridge.host.update;

/** Makes text from outside fit to be shown in a sentence. */
final class Printable {
    private static final int MAX_LENGTH = 64;

    private Printable() {}

    static String of(String text) {
        String cut = text.length() > MAX_LENGTH ? text.substring(0, MAX_LENGTH) + "…" : text;
        return cut.replaceAll("\\p{C}", "?");
    }
}
