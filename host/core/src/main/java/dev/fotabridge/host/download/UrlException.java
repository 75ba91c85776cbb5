package dev.fotabridge.host.download;

/**
 * A URL, or a part of one, that cannot be used. The message says why, shows what was given, and never a query or a password.
 * Tested by JobDocumentTest.
 */
public final class UrlException extends IllegalArgumentException {
    private static final long serialVersionUID = 1;

    private static final int MAX_SHOWN = 80;

    private final Part part;

    /** What is wrong: the protocol, the host with its port, or what follows. */
    public enum Part {
        PROTOCOL,
        HOST,
        PATH
    }

    UrlException(Part part, String sentence) {
        super(sentence);
        this.part = part;
    }

    /** The part that is to be corrected. */
    public Part part() {
        return part;
    }

    /** Text from outside, quoted: without query, fragment and user, cut, and with a "?" for what is not printable ASCII. */
    static String quoted(String text) {
        String open = text.replaceFirst("(?s)[?#].*", "").replaceFirst("(?s)^([^/]*//)?[^/]*@", "$1...@");
        String cut = open.length() > MAX_SHOWN ? open.substring(0, MAX_SHOWN) + "..." : open;
        return '"' + cut.replaceAll("[^ -~]|\"", "?") + '"';
    }
}
